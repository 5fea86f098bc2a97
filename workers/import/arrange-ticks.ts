/** Rows of quotes as they stood in the file → ticks: in UTC, never falling, in the file's order. */
import type { Failure } from '#core/errors.ts';
import type { PriceColumn } from '#core/market/bars.ts';
import { canonicalTicks, type Ticks } from '#core/market/ticks.ts';
import type { Zone } from '#core/market/zone.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { readZone, utcText } from './arrange.ts';
import type { Problems } from './problems.ts';
import { scaleOf, type RowColumns } from './rows.ts';

/**
 * The ticks of `rows`, alike ones included.
 *
 * `zone` is null where rows state UTC themselves. Error: `import.no-valid-rows`.
 */
export function arrangeTicks(
  rows: RowColumns,
  zone: Zone | null,
  problems: Problems,
): Result<Ticks, Failure> {
  const wallMs = rows.timesMs.subarray(0, rows.count);
  const timesMs =
    zone === null ? wallMs : readZone(wallMs, zone, rows, problems, { equalTimes: true });
  const order = isInOrder(timesMs) ? null : orderOf(timesMs, rows, problems);
  const length = order === null ? rows.count : order.length;
  if (length === 0) {
    return fail({ code: 'import.no-valid-rows', detail: 'No row of the file is a tick.' });
  }
  const pick = <A extends Float64Array | Int32Array>(column: A): A => {
    const out = column.slice(0, length) as A;
    if (order === null) return out;
    for (let i = 0; i < order.length; i++) out[i] = column[order[i]!]!;
    return out;
  };
  const prices = (column: PriceColumn): PriceColumn =>
    column instanceof Int32Array ? pick(column) : pick(column);
  const [bid, ask] = rows.prices;
  return ok(
    canonicalTicks({
      length,
      timesMs: pick(timesMs),
      scale: scaleOf(rows),
      digits: rows.digits,
      bid: prices(bid!),
      ask: ask ? prices(ask) : null,
      volume: rows.volume && pick(rows.volume),
    }),
  );
}

/** False also where a time is NaN, which compares with nothing. */
function isInOrder(timesMs: Float64Array): boolean {
  let before = -Infinity;
  for (let i = 0; i < timesMs.length; i++) {
    const time = timesMs[i]!;
    if (!(time >= before)) return false;
    before = time;
  }
  return true;
}

/** The rows that have a time, earliest first; those of one time as the file has them. */
function orderOf(timesMs: Float64Array, rows: RowColumns, problems: Problems): Uint32Array {
  const kept = Uint32Array.from(timesMs.keys()).filter((i) => !Number.isNaN(timesMs[i]!));
  const falls = kept.filter((row, k) => k > 0 && timesMs[row]! < timesMs[kept[k - 1]!]!);
  if (falls.length === 0) return kept;
  const rises = kept.some((row, k) => k > 0 && timesMs[row]! > timesMs[kept[k - 1]!]!);
  if (!rises) {
    problems.add('out-of-order', rows.lines[kept[0]!]!, () => 'the file runs newest first: turned');
    return kept.reverse();
  }
  let latestMs = -Infinity;
  for (const row of kept) {
    const timeMs = timesMs[row]!;
    if (timeMs < latestMs) {
      const say = () => `${utcText(timeMs)} after ${utcText(latestMs)}: sorted`;
      problems.add('out-of-order', rows.lines[row]!, say);
    } else latestMs = timeMs;
  }
  return kept.sort((a, b) => timesMs[a]! - timesMs[b]! || a - b);
}
