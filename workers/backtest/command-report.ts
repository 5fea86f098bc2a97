/** A finished run as the command line prints it: a table for people, JSON for machines. */
import type { Statistic } from '#core/statistics/statistic.ts';
import { statistics } from '#core/statistics/registry.ts';
import type { FinishedRun } from './engine.ts';

/** What a run has of only some runs stands in it where it has it; see `docs/command-line.md`. */
export function jsonReport(run: FinishedRun, symbols: readonly string[]): string {
  const { hash, stats, outcome, band, inner } = run;
  const { entryBar, exitBar, entryPrice, exitPrice, units, profit, count } = outcome.roundTrips;
  const others = new Map(band.trips.map(({ trip, otherProfit }) => [trip, otherProfit]));
  const roundTrips = Array.from({ length: count }, (_, k) => ({
    entryBar: entryBar[k],
    exitBar: exitBar[k],
    entryPrice: entryPrice[k],
    exitPrice: exitPrice[k],
    units: units[k],
    profit: profit[k],
    ...(symbols.length > 1 && { symbol: symbols[outcome.roundTrips.market?.[k] ?? 0] }),
    ...(others.has(k) && { otherProfit: others.get(k) }),
  }));
  const { trips, bestEquity, worstEquity } = band;
  const answer = {
    hash,
    bars: run.bars.length,
    stats,
    roundTrips,
    ...(trips.length > 0 && { band: { trips: trips.length, bestEquity, worstEquity } }),
    ...(inner && { inner }),
  };
  return `${JSON.stringify(answer)}\n`;
}

export function tableReport(run: FinishedRun, symbols: readonly string[]): string {
  const { band, inner, outcome, stats } = run;
  const money = (figure: number) => formatFigure('money', figure);
  const rows: readonly (readonly [string, string])[] = [
    ['Bars', String(run.bars.length)],
    ...(symbols.length > 1 ? [['Instruments', String(symbols.length)] as const] : []),
    ...(inner ? [['Bars with prices inside', `${inner.covered} of ${inner.bars}`] as const] : []),
    ...statistics.map(({ label, unit, key }) => [label, formatFigure(unit, stats[key])] as const),
    ...(outcome.droppedEntries > 0
      ? [['Entries not made', String(outcome.droppedEntries)] as const]
      : []),
    ...(band.trips.length > 0
      ? [
          ['Round trips in doubt', String(band.trips.length)] as const,
          ['Equity, all of them worse', money(band.worstEquity)] as const,
          ['Equity, all of them better', money(band.bestEquity)] as const,
        ]
      : []),
  ];
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const figureWidth = Math.max(...rows.map(([, figure]) => figure.length));
  const lines = rows.map(
    ([label, figure]) => `${label.padEnd(labelWidth)}  ${figure.padStart(figureWidth)}`,
  );
  return `${[...lines, '', `Hash  ${run.hash}`].join('\n')}\n`;
}

function formatFigure(unit: Statistic['unit'], figure: number | null): string {
  if (figure === null) return '–';
  switch (unit) {
    case 'count':
      return String(figure);
    case 'money':
      return figure.toFixed(2);
    case 'percent':
      return `${figure.toFixed(2)} %`;
    case 'ratio':
      return figure.toFixed(4);
    case 'durationMs':
      return formatDuration(figure);
  }
}

/** The two largest of days, hours, minutes and seconds that are not zero. */
function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ') || '0 s';
}
