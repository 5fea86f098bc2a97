/** Two sets of bars of one series made one; where they disagree, the caller has said who is right. */
import { assert } from '../assert.ts';
import { prices, type Bars, type PriceColumns } from './bars.ts';

export interface MergedBars {
  /** Prices in Float64; `encodeChunk` finds their points again. */
  readonly bars: Bars;
  readonly added: number;
  readonly unchanged: number;
  /** Indices of incoming bars that are stored with other values. */
  readonly conflicts: readonly number[];
}

/** All bars of both; `onConflict` says whether a stored bar keeps its values or takes the new. */
export function mergeBars(
  stored: Bars,
  incoming: Bars,
  onConflict: 'keep' | 'replace',
): MergedBars {
  assert(haveSameColumns(stored, incoming), 'merged bars have the same columns');
  const a = valuesOf(stored);
  const b = valuesOf(incoming);
  /** Which bar comes next: ≥ 0 of the stored, else ~index of the incoming. */
  const picks = new Int32Array(stored.length + incoming.length);
  const conflicts: number[] = [];
  let count = 0;
  let added = 0;
  let unchanged = 0;
  for (let i = 0, j = 0; i < stored.length || j < incoming.length;) {
    const storedMs = i < stored.length ? stored.timesMs[i]! : Infinity;
    const incomingMs = j < incoming.length ? incoming.timesMs[j]! : Infinity;
    if (storedMs < incomingMs) picks[count++] = i++;
    else if (incomingMs < storedMs) {
      picks[count++] = ~j++;
      added++;
    } else {
      const same = a.every((column, k) => column[i] === b[k]![j]);
      if (same) unchanged++;
      else conflicts.push(j);
      picks[count++] = same || onConflict === 'keep' ? i : ~j;
      i++;
      j++;
    }
  }
  const columns = a.map((column, k) => pick(column, b[k]!, picks.subarray(0, count)));
  return { bars: build(stored, columns), added, unchanged, conflicts };
}

function haveSameColumns(a: Bars, b: Bars): boolean {
  return (
    (a.ask === null) === (b.ask === null) &&
    (a.volume === null) === (b.volume === null) &&
    (a.spreadPoints === null) === (b.spreadPoints === null)
  );
}

/** Times, prices, then what else there is, all as doubles. */
function valuesOf(bars: Bars): Float64Array[] {
  const side = (columns: PriceColumns) =>
    (['open', 'high', 'low', 'close'] as const).map((field) => prices(columns, field, bars.scale));
  return [
    bars.timesMs,
    ...side(bars.bid),
    ...(bars.ask ? side(bars.ask) : []),
    ...(bars.volume ? [bars.volume] : []),
    ...(bars.spreadPoints ? [Float64Array.from(bars.spreadPoints)] : []),
  ];
}

function pick(stored: Float64Array, incoming: Float64Array, picks: Int32Array): Float64Array {
  const out = new Float64Array(picks.length);
  for (let i = 0; i < picks.length; i++) {
    const at = picks[i]!;
    out[i] = at >= 0 ? stored[at]! : incoming[~at]!;
  }
  return out;
}

function build(like: Bars, columns: readonly Float64Array[]): Bars {
  let next = 0;
  const take = () => columns[next++]!;
  const side = (): PriceColumns => ({ open: take(), high: take(), low: take(), close: take() });
  const timesMs = take();
  return {
    length: timesMs.length,
    timesMs,
    scale: 1,
    digits: like.digits,
    bid: side(),
    ask: like.ask && side(),
    volume: like.volume && take(),
    spreadPoints: like.spreadPoints && Int32Array.from(take()),
  };
}
