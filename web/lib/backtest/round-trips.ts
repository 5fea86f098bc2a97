/** Round trips as rows that can be filtered, shown and exported. */
import { exitReasons, type ExitReason } from '#core/execution/outcome.ts';
import type { RunArrays } from '#workers/store/database.ts';

export interface RoundTripRow {
  /** Place in the order in which they closed, from 1. */
  readonly number: number;
  readonly side: 'long' | 'short';
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryMs: number;
  readonly exitMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Always positive: the side says the rest. */
  readonly units: number;
  /** Index into the markets of the run. */
  readonly market: number;
  /** Money, after both commissions and swap. */
  readonly profit: number;
  readonly commission: number;
  /** Profit ÷ the position's value at entry, in percent. */
  readonly returnPct: number;
  readonly bars: number;
  readonly exitReason: ExitReason;
  readonly ambiguous: boolean;
  /** Money earned (or paid, negative) over nights, within profit. */
  readonly swap: number;
  /** Money that slippage took, ≥ 0. */
  readonly slippage: number;
  /** Profit had the other level of an ambiguous bar come first; null where that is not known. */
  readonly otherProfit: number | null;
}

export interface RoundTripFilter {
  readonly side: 'all' | 'long' | 'short';
  readonly result: 'all' | 'win' | 'loss' | 'doubtful';
}

export function roundTripRows(columns: RunArrays['roundTrips']): readonly RoundTripRow[] {
  const rows: RoundTripRow[] = [];
  for (let i = 0; i < columns.count; i++) {
    const units = columns.units[i]!;
    const entryPrice = columns.entryPrice[i]!;
    const profit = columns.profit[i]!;
    const otherProfit = columns.otherProfit?.[i] ?? NaN;
    rows.push({
      number: i + 1,
      side: units < 0 ? 'short' : 'long',
      entryBar: columns.entryBar[i]!,
      exitBar: columns.exitBar[i]!,
      entryMs: columns.entryMs[i]!,
      exitMs: columns.exitMs[i]!,
      entryPrice,
      exitPrice: columns.exitPrice[i]!,
      units: Math.abs(units),
      profit,
      commission: columns.commission[i]!,
      returnPct: (100 * profit) / (Math.abs(units) * entryPrice),
      bars: columns.exitBar[i]! - columns.entryBar[i]!,
      exitReason: exitReasons[columns.exitReason[i]!] ?? 'rule',
      ambiguous: columns.ambiguous[i] === 1,
      market: columns.market?.[i] ?? 0,
      swap: columns.swap?.[i] ?? 0,
      slippage: columns.slippage?.[i] ?? 0,
      otherProfit: Number.isNaN(otherProfit) ? null : otherProfit,
    });
  }
  return rows;
}

export function filterRows(
  rows: readonly RoundTripRow[],
  filter: RoundTripFilter,
): readonly RoundTripRow[] {
  if (filter.side === 'all' && filter.result === 'all') return rows;
  return rows.filter(
    (row) => (filter.side === 'all' || row.side === filter.side) && hasResult(row, filter.result),
  );
}

function hasResult(row: RoundTripRow, result: RoundTripFilter['result']): boolean {
  switch (result) {
    case 'all':
      return true;
    case 'win':
      return row.profit > 0;
    case 'loss':
      return row.profit <= 0;
    case 'doubtful':
      return row.ambiguous;
  }
}

const header = [
  'number',
  'side',
  'entryTime',
  'entryPrice',
  'exitTime',
  'exitPrice',
  'units',
  'profit',
  'commission',
  'returnPct',
  'bars',
  'exitReason',
  'market',
  'swap',
  'slippage',
  'otherProfit',
] as const;

function cells(row: RoundTripRow): readonly (string | number)[] {
  return [
    row.number,
    row.side,
    new Date(row.entryMs).toISOString(),
    row.entryPrice,
    new Date(row.exitMs).toISOString(),
    row.exitPrice,
    row.units,
    row.profit,
    row.commission,
    row.returnPct,
    row.bars,
    row.exitReason,
    row.market,
    row.swap,
    row.slippage,
    row.otherProfit ?? '',
  ];
}

/** Rows as a CSV file, times in UTC, lines ended as RFC 4180 says. */
export function toCsv(rows: readonly RoundTripRow[]): string {
  const text = (value: string | number) =>
    typeof value === 'number' ? String(value) : safeCell(value);
  const lines = [header, ...rows.map(cells)];
  return lines.map((line) => `${line.map(text).join(',')}\r\n`).join('');
}

/**
 * Text that a spreadsheet shows as text.
 *
 * A cell opening with = + - @ or a control character would run as a formula: an apostrophe
 * disarms it. Source: OWASP, CSV injection.
 */
export function safeCell(text: string): string {
  const disarmed = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\t\r\n]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}
