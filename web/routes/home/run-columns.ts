/** The columns of the latest runs: enough to tell a good one from a bad one. */
import type { Run } from '#core/collections/run.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText, signedText } from '#lib/words/numbers.ts';
import { agoText, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export function runColumns(nowMs: number, times: TimeDisplay): readonly Column<Run>[] {
  const stat = (key: 'returnPct' | 'maxDrawdownPct') => (row: Run) => row.stats[key];
  return [
    { id: 'strategy', label: say`Strategy`, value: (row) => row.strategyName },
    {
      id: 'series',
      label: say`Prices`,
      minor: true,
      value: (row) => row.seriesId,
      text: (row) => row.seriesId.replace('.', ' '),
    },
    {
      id: 'return',
      label: say`Return`,
      unit: '%',
      number: true,
      value: stat('returnPct'),
      text: (row) => signedText(row.stats['returnPct'], 2),
      tone: (row) => ((row.stats['returnPct'] ?? 0) < 0 ? 'down' : 'up'),
    },
    {
      id: 'drawdown',
      label: say`Deepest fall`,
      unit: '%',
      about: say`The largest drawdown of equity`,
      number: true,
      value: stat('maxDrawdownPct'),
      text: (row) => numberText(row.stats['maxDrawdownPct'], 2),
    },
    {
      id: 'roundTrips',
      label: say`Round trips`,
      number: true,
      minor: true,
      value: (row) => row.roundTrips,
      text: (row) => numberText(row.roundTrips),
    },
    {
      id: 'created',
      label: say`Run`,
      minor: true,
      value: (row) => row.createdMs,
      text: (row) => agoText(row.createdMs, nowMs, times),
    },
  ];
}
