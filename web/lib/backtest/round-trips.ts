/** Round trips as rows that can be filtered, shown and exported. */
import { csvLine } from '#core/csv-line.ts';
import { exitReasons, type ExitReason } from '#core/execution/outcome.ts';
import type { RowSource } from '#lib/ui/row-source.ts';
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

export type RoundTripColumns = RunArrays['roundTrips'];

/** The round trip at an index of the columns. */
export function roundTripAt(columns: RoundTripColumns, i: number): RoundTripRow {
  const units = columns.units[i]!;
  const entryPrice = columns.entryPrice[i]!;
  const profit = columns.profit[i]!;
  const otherProfit = columns.otherProfit?.[i] ?? NaN;
  return {
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
  };
}

/** Indices of the round trips that pass a filter, rising; null = all of them. */
export function filteredPlaces(
  columns: RoundTripColumns,
  { side, result }: RoundTripFilter,
): Uint32Array | null {
  if (side === 'all' && result === 'all') return null;
  const found = new Uint32Array(columns.count);
  let count = 0;
  for (let i = 0; i < columns.count; i++) {
    const isShort = columns.units[i]! < 0;
    if ((side === 'all' || isShort === (side === 'short')) && hasResult(columns, i, result)) {
      found[count++] = i;
    }
  }
  return found.slice(0, count);
}

function hasResult(
  { profit, ambiguous }: RoundTripColumns,
  i: number,
  result: RoundTripFilter['result'],
): boolean {
  switch (result) {
    case 'all':
      return true;
    case 'win':
      return profit[i]! > 0;
    case 'loss':
      return profit[i]! <= 0;
    case 'doubtful':
      return ambiguous[i] === 1;
  }
}

/** The round trips at rising indices, or all where that is null; a row's key is its number. */
export function roundTripSource(
  columns: RoundTripColumns,
  indices: Uint32Array | null,
): RowSource<RoundTripRow> {
  return {
    length: indices ? indices.length : columns.count,
    at: (place) => roundTripAt(columns, indices ? indices[place]! : place),
    placeOf(key) {
      const index = Number(key) - 1;
      return indices ? indices.indexOf(index) : index < columns.count ? index : -1;
    },
  };
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

/**
 * The round trips as a CSV file, times in UTC, lines ended as RFC 4180 says; a part of the text
 * a step, since a million of them may be too long for one string.
 */
export function* csvSteps(columns: RoundTripColumns): Generator<void, readonly string[]> {
  const parts: string[] = [csvLine(header)];
  for (let from = 0; from < columns.count; from += ROWS_A_PART) {
    const to = Math.min(from + ROWS_A_PART, columns.count);
    let part = '';
    for (let i = from; i < to; i++) part += csvLine(cells(roundTripAt(columns, i)));
    parts.push(part);
    yield;
  }
  return parts;
}

const ROWS_A_PART = 500;
