/** Rows as they stood in the file → bars: in UTC, rising, each time once; all else is reported. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Bars, PriceColumn, PriceColumns } from '#core/market/bars.ts';
import { canonicalBars } from '#core/market/canonical.ts';
import { findGaps } from '#core/market/gaps.ts';
import { inferTimeframe, timeframeFits, timeframeMs } from '#core/market/timeframe.ts';
import { wallToUtc, type Zone } from '#core/market/zone.ts';
import type { Problems } from './problems.ts';
import { scaleOf, type RowColumns } from './rows.ts';

export interface ArrangedBars {
  readonly bars: Bars;
  /** One-based line of each bar. */
  readonly lines: Uint32Array;
  readonly timeframe: string;
}

export interface TimeframeWish {
  /** By the person importing; null = told by the distances between bars. */
  readonly stated: string | null;
  /** By the name of the file. */
  readonly guessed: string | null;
  /** When neither tells: days, where no row has a time of day. */
  readonly lastResort: string | null;
}

/**
 * The bars of `rows`.
 *
 * `zone` is null where rows state UTC themselves.
 * Errors: `import.no-valid-rows`, `import.timeframe-mismatch`.
 */
export function arrange(
  rows: RowColumns,
  zone: Zone | null,
  timeframe: TimeframeWish,
  problems: Problems,
): Result<ArrangedBars, Failure> {
  const wallMs = rows.timesMs.subarray(0, rows.count);
  const timesMs = zone === null ? wallMs : readZone(wallMs, zone, rows, problems);
  const order = orderOf(timesMs, rows, problems);
  const arranged = order === null ? take(rows, timesMs) : pick(rows, timesMs, order);
  if (arranged.bars.length === 0) {
    return fail({ code: 'import.no-valid-rows', detail: 'No row of the file is a bar.' });
  }
  const decided = decideTimeframe(arranged.bars.timesMs, timeframe);
  const fault = faultOfTimeframe(arranged.bars.timesMs, decided, timeframe.stated);
  if (fault !== null) return fail(fault);
  for (const gap of findGaps(arranged.bars.timesMs, decided!)) {
    const beforeMs = arranged.bars.timesMs[gap.index - 1]!;
    const missing = `${gap.missing} ${gap.missing === 1 ? 'bar' : 'bars'} missing`;
    problems.add('gap', arranged.lines[gap.index]!, () => `${missing} after ${utcText(beforeMs)}`);
  }
  return ok({ ...arranged, timeframe: decided! });
}

/** A few bars, over a weekend say, tell less than the name of their file. */
const FEW_BARS = 20;

function decideTimeframe(timesMs: Float64Array, wish: TimeframeWish): string | null {
  const { stated, guessed, lastResort } = wish;
  if (stated !== null) return stated;
  const inferred = inferTimeframe(timesMs);
  const few = inferred === null || timesMs.length < FEW_BARS;
  return few && guessed !== null && timeframeFits(timesMs, guessed)
    ? guessed
    : (inferred ?? lastResort);
}

function faultOfTimeframe(
  timesMs: Float64Array,
  decided: string | null,
  stated: string | null,
): Failure | null {
  const mismatch = (detail: string): Failure => ({ code: 'import.timeframe-mismatch', detail });
  if (decided === null) {
    return mismatch(`The timeframe cannot be told from ${timesMs.length} bars: name it.`);
  }
  if (stated === null) return null;
  if (timeframeMs(stated) === null) return mismatch(`"${stated}" is no timeframe.`);
  if (timeframeFits(timesMs, stated)) return null;
  return mismatch(`The bars are not ${stated} but ${inferTimeframe(timesMs) ?? 'irregular'}.`);
}

/** UTC of each row; what the clocks of the zone skipped or repeated is reported. */
export function readZone(
  wallMs: Float64Array,
  zone: Zone,
  rows: RowColumns,
  problems: Problems,
  options: { readonly equalTimes?: boolean } = {},
): Float64Array {
  const reading = wallToUtc(wallMs, zone, options);
  for (const i of reading.skipped) {
    problems.add(
      'skipped-hour',
      rows.lines[i]!,
      () => `${wallText(wallMs[i]!)} was never in ${zone.id}: left out`,
    );
  }
  for (const i of reading.repeated) {
    problems.add(
      'repeated-hour',
      rows.lines[i]!,
      () =>
        `${wallText(wallMs[i]!)} was twice in ${zone.id}: read as ${utcText(reading.utcMs[i]!)}`,
    );
  }
  return reading.utcMs;
}

/** The rows to keep, in rising time; null when they already are, every one. */
function orderOf(timesMs: Float64Array, rows: RowColumns, problems: Problems): Uint32Array | null {
  if (isRising(timesMs)) return null;
  const kept = Uint32Array.from(timesMs.keys()).filter((i) => !Number.isNaN(timesMs[i]!));
  reportDisorder(kept, timesMs, rows, problems);
  kept.sort((a, b) => timesMs[a]! - timesMs[b]! || a - b);
  return dropDuplicates(kept, timesMs, rows, problems);
}

/** False also where a time is NaN, which compares with nothing. */
function isRising(timesMs: Float64Array): boolean {
  let before = -Infinity;
  for (let i = 0; i < timesMs.length; i++) {
    const time = timesMs[i]!;
    if (!(time > before)) return false;
    before = time;
  }
  return true;
}

function reportDisorder(
  kept: Uint32Array,
  timesMs: Float64Array,
  rows: RowColumns,
  problems: Problems,
): void {
  const newestFirst = kept.every((row, k) => k === 0 || timesMs[row]! <= timesMs[kept[k - 1]!]!);
  if (newestFirst && kept.length > 1 && timesMs[kept.at(-1)!]! < timesMs[kept[0]!]!) {
    problems.add('out-of-order', rows.lines[kept[0]!]!, () => 'the file runs newest first: turned');
    return;
  }
  let latest = -Infinity;
  for (const row of kept) {
    const time = timesMs[row]!;
    if (time < latest) {
      problems.add(
        'out-of-order',
        rows.lines[row]!,
        () => `${utcText(time)} after ${utcText(latest)}: sorted`,
      );
    } else latest = time;
  }
}

/** `2017-12-22 21:00 UTC`, with seconds where there are any. */
export function utcText(timeMs: number): string {
  return `${wallText(timeMs)} UTC`;
}

function wallText(timeMs: number): string {
  return new Date(timeMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/(:00)?\.000Z$|Z$/, '');
}

function dropDuplicates(
  sorted: Uint32Array,
  timesMs: Float64Array,
  rows: RowColumns,
  problems: Problems,
): Uint32Array {
  let count = 0;
  for (const row of sorted) {
    const first = count > 0 ? sorted[count - 1]! : -1;
    if (first < 0 || timesMs[row] !== timesMs[first]) {
      sorted[count++] = row;
      continue;
    }
    const same = valueColumns(rows).every((column) => column[row] === column[first]);
    const where = `${utcText(timesMs[row]!)} is on line ${rows.lines[first]!} already`;
    problems.add('duplicate', rows.lines[row]!, () =>
      same ? where : `${where}, with other values: the first is kept`,
    );
  }
  return sorted.slice(0, count);
}

function valueColumns(rows: RowColumns): PriceColumn[] {
  const others = [rows.volume, rows.tickVolume, rows.spreadPoints];
  return [...rows.prices, ...others.filter((column) => column !== null)];
}

/** A little room left over is not worth a copy. */
function fitted<A extends Float64Array | Int32Array | Uint32Array>(column: A, count: number): A {
  return (count >= column.length * 0.95 ? column.subarray(0, count) : column.slice(0, count)) as A;
}

function take(rows: RowColumns, timesMs: Float64Array): Omit<ArrangedBars, 'timeframe'> {
  return build(rows, fitted(timesMs, rows.count), (column) => fitted(column, rows.count));
}

function pick(
  rows: RowColumns,
  timesMs: Float64Array,
  order: Uint32Array,
): Omit<ArrangedBars, 'timeframe'> {
  const permute = <A extends Float64Array | Int32Array | Uint32Array>(column: A): A => {
    const out = column.slice(0, order.length) as A;
    for (let i = 0; i < order.length; i++) out[i] = column[order[i]!]!;
    return out;
  };
  return build(rows, permute(timesMs), permute);
}

type Shape = <A extends Float64Array | Int32Array | Uint32Array>(column: A) => A;

function build(
  rows: RowColumns,
  timesMs: Float64Array,
  shape: Shape,
): Omit<ArrangedBars, 'timeframe'> {
  const shaped = rows.prices.map((column) =>
    column instanceof Int32Array ? shape(column) : shape(column),
  );
  const side = (from: number): PriceColumns => ({
    open: shaped[from]!,
    high: shaped[from + 1]!,
    low: shaped[from + 2]!,
    close: shaped[from + 3]!,
  });
  const scale = scaleOf(rows);
  const volume = volumeOf(rows);
  const bars: Bars = {
    length: timesMs.length,
    timesMs,
    scale,
    digits: rows.digits,
    bid: side(0),
    ask: shaped.length === 8 ? side(4) : null,
    volume: volume && shape(volume),
    spreadPoints: rows.spreadPoints && shape(rows.spreadPoints),
  };
  // A row that was left out may have asked for a finer scale than those that are kept.
  return { bars: canonicalBars(bars), lines: shape(rows.lines) };
}

/** The real volume where the file has any; brokers of currencies write zeros and count ticks. */
function volumeOf(rows: RowColumns): Float64Array | null {
  if (rows.volume === null || rows.tickVolume === null) return rows.volume ?? rows.tickVolume;
  for (let i = 0; i < rows.count; i++) if (rows.volume[i]! > 0) return rows.volume;
  return rows.tickVolume;
}
