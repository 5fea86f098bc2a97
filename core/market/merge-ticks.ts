/**
 * Two sets of ticks of one series made one, none of them twice.
 *
 * A tick is the same as another when time, prices and volume are; two alike in one set stay two.
 * Ticks of one millisecond keep the order of the stored set, new ones follow. So a file imported
 * again changes nothing, and files that overlap make the whole.
 */
import { assert } from '../assert.ts';
import type { PriceColumn } from './bars.ts';
import type { Ticks } from './ticks.ts';

export interface MergedTicks {
  /** Prices in Float64; `encodeTicks` finds their points again. */
  readonly ticks: Ticks;
  readonly added: number;
  readonly unchanged: number;
}

export function mergeTicks(stored: Ticks, incoming: Ticks): MergedTicks {
  assert(haveSameColumns(stored, incoming), 'merged ticks have the same columns');
  const a = valuesOf(stored);
  const b = valuesOf(incoming);
  /** Which tick comes next: ≥ 0 of the stored, else ~index of the incoming. */
  const picks = new Int32Array(stored.length + incoming.length);
  let count = 0;
  let unchanged = 0;
  for (let i = 0, j = 0; i < stored.length || j < incoming.length;) {
    const storedMs = i < stored.length ? stored.timesMs[i]! : Infinity;
    const incomingMs = j < incoming.length ? incoming.timesMs[j]! : Infinity;
    const timeMs = Math.min(storedMs, incomingMs);
    const endA = endOf(stored.timesMs, timeMs, i);
    const endB = endOf(incoming.timesMs, timeMs, j);
    const known = i < endA && j < endB ? tally(a, i, endA) : null;
    while (i < endA) picks[count++] = i++;
    for (; j < endB; j++) {
      const key = known && keyOf(b, j);
      const left = key === null ? 0 : (known!.get(key) ?? 0);
      if (left > 0) {
        known!.set(key!, left - 1);
        unchanged++;
      } else picks[count++] = ~j;
    }
  }
  const columns = a.map((column, k) => pick(column, b[k]!, picks.subarray(0, count)));
  return { ticks: build(stored, columns), added: count - stored.length, unchanged };
}

function haveSameColumns(a: Ticks, b: Ticks): boolean {
  return (a.ask === null) === (b.ask === null) && (a.volume === null) === (b.volume === null);
}

/** Index of the first tick from `from` on that is not of `timeMs`. */
function endOf(timesMs: Float64Array, timeMs: number, from: number): number {
  let end = from;
  while (end < timesMs.length && timesMs[end] === timeMs) end++;
  return end;
}

/** How many ticks of each kind there are from `from` to `to`. */
function tally(columns: readonly Float64Array[], from: number, to: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = from; i < to; i++) {
    const key = keyOf(columns, i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf(columns: readonly Float64Array[], i: number): string {
  let key = '';
  for (let k = 1; k < columns.length; k++) key += `${columns[k]![i]!} `;
  return key;
}

/** Times, prices, then volume, all as doubles. */
function valuesOf({ timesMs, bid, ask, volume, scale }: Ticks): Float64Array[] {
  const prices = (column: PriceColumn) => Float64Array.from(column, (points) => points / scale);
  return [timesMs, prices(bid), ...(ask ? [prices(ask)] : []), ...(volume ? [volume] : [])];
}

function pick(stored: Float64Array, incoming: Float64Array, picks: Int32Array): Float64Array {
  const out = new Float64Array(picks.length);
  for (let i = 0; i < picks.length; i++) {
    const at = picks[i]!;
    out[i] = at >= 0 ? stored[at]! : incoming[~at]!;
  }
  return out;
}

function build(like: Ticks, columns: readonly Float64Array[]): Ticks {
  const [timesMs, bid, ...rest] = columns as [Float64Array, Float64Array, ...Float64Array[]];
  const ask = like.ask && rest.shift()!;
  const volume = like.volume && rest.shift()!;
  return { length: timesMs.length, timesMs, scale: 1, digits: like.digits, bid, ask, volume };
}
