/** The tables behind the drawings of a report: rows, columns, and their words. */
import type { EntryGroup } from '#core/statistics/entry-times.ts';
import type { Histogram } from '#core/statistics/histogram.ts';
import type { ReportExcursions, ReportRolling } from '#core/statistics/report.ts';
import type { Column } from '#lib/ui/table.ts';
import { numberText, signedText } from '#lib/words/numbers.ts';
import { timeText } from '#lib/words/times.ts';
import { say } from '../words/language.ts';

export const hourNames = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

const tone = (value: number | null) =>
  value === null || value === 0 ? undefined : value > 0 ? 'up' : 'down';

/** Enough decimals to tell the largest of the values from zero: a pip is 0.01 %. */
export function fineDigits(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest >= 1 || largest === 0 ? 2 : largest >= 0.1 ? 3 : 4;
}

export interface GroupRow extends EntryGroup {
  readonly name: string;
  readonly place: number;
}

/** Only groups with a round trip: markets have hours and days without any. */
export function groupRows(
  names: readonly string[],
  groups: readonly EntryGroup[],
): readonly GroupRow[] {
  return groups
    .map((group, place) => ({ ...group, place, name: names[place]! }))
    .filter(({ count }) => count > 0);
}

export function groupColumns(label: string, digits: number): readonly Column<GroupRow>[] {
  const number = true;
  return [
    { id: 'name', label, value: ({ place }) => place, text: ({ name }) => name },
    { id: 'count', label: say`Round trips`, number, value: ({ count }) => count },
    {
      id: 'winRate',
      label: say`Wins`,
      unit: '%',
      number,
      value: ({ winRatePct }) => winRatePct,
      text: ({ winRatePct }) => numberText(winRatePct, 1),
    },
    {
      id: 'average',
      label: say`Average return`,
      unit: '%',
      number,
      value: ({ avgReturnPct }) => avgReturnPct,
      text: ({ avgReturnPct }) => signedText(avgReturnPct, digits),
      tone: ({ avgReturnPct }) => tone(avgReturnPct),
    },
    {
      id: 'profit',
      label: say`Profit`,
      number,
      amount: true,
      value: ({ profit }) => profit,
      text: ({ profit }) => signedText(profit, 2),
      tone: ({ profit }) => tone(profit),
    },
  ];
}

export interface BinRow {
  readonly fromPct: number;
  readonly toPct: number;
  readonly count: number;
}

export function binRows({ from, width, counts }: Histogram): readonly BinRow[] {
  return counts.map((count, i) => ({
    fromPct: from + i * width,
    toPct: from + (i + 1) * width,
    count,
  }));
}

const binDigits = (width: number) => Math.max(0, Math.min(4, Math.ceil(-Math.log10(width))));

export const binText = (value: number, width: number) => signedText(value, binDigits(width));

export function binColumns(width: number): readonly Column<BinRow>[] {
  const edge = (value: number) => binText(value, width);
  const number = true;
  return [
    {
      id: 'from',
      label: say`Return from`,
      unit: '%',
      number,
      value: ({ fromPct }) => fromPct,
      text: ({ fromPct }) => edge(fromPct),
    },
    {
      id: 'to',
      label: say`to below`,
      unit: '%',
      number,
      value: ({ toPct }) => toPct,
      text: ({ toPct }) => edge(toPct),
    },
    { id: 'count', label: say`Round trips`, number, value: ({ count }) => count },
  ];
}

export interface RollingRow {
  readonly ms: number;
  readonly sharpe: number | null;
  readonly returnPct: number | null;
}

export function rollingRows({
  timesMs,
  sharpe,
  returnRatio,
}: ReportRolling): readonly RollingRow[] {
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return Array.from(timesMs, (ms, i) => ({
    ms,
    sharpe: known(sharpe[i]!),
    returnPct: known(returnRatio[i]! * 100),
  }));
}

export const rollingColumns: readonly Column<RollingRow>[] = [
  {
    id: 'day',
    label: say`Day`,
    unit: 'UTC',
    value: ({ ms }) => ms,
    text: ({ ms }) => timeText(ms, 'utc', { dateOnly: true }),
  },
  {
    id: 'sharpe',
    label: say`Sharpe`,
    number: true,
    value: ({ sharpe }) => sharpe,
    text: ({ sharpe }) => numberText(sharpe, 2),
  },
  {
    id: 'return',
    label: say`Return`,
    unit: '%',
    number: true,
    value: ({ returnPct }) => returnPct,
    text: ({ returnPct }) => signedText(returnPct, 2),
    tone: ({ returnPct }) => tone(returnPct),
  },
];

export interface ExcursionRow {
  readonly number: number;
  readonly maePct: number;
  readonly mfePct: number;
  readonly returnPct: number;
}

export function excursionRows(shown: ReportExcursions): readonly ExcursionRow[] {
  return Array.from(shown.number, (number, i) => ({
    number,
    maePct: shown.maePct[i]!,
    mfePct: shown.mfePct[i]!,
    returnPct: shown.returnPct[i]!,
  }));
}

export const excursionColumns = (digits: number): readonly Column<ExcursionRow>[] => [
  { id: 'number', label: '#', number: true, width: '1px', value: ({ number }) => number },
  {
    id: 'mae',
    label: 'MAE',
    unit: '%',
    number: true,
    value: ({ maePct }) => maePct,
    text: ({ maePct }) => numberText(maePct, digits),
  },
  {
    id: 'mfe',
    label: 'MFE',
    unit: '%',
    number: true,
    value: ({ mfePct }) => mfePct,
    text: ({ mfePct }) => numberText(mfePct, digits),
  },
  {
    id: 'return',
    label: say`Return`,
    unit: '%',
    number: true,
    value: ({ returnPct }) => returnPct,
    text: ({ returnPct }) => signedText(returnPct, digits),
    tone: ({ returnPct }) => tone(returnPct),
  },
];
