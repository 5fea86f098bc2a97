/**
 * Finds a strategy that looks into the future: on fewer bars it must give the very orders that it
 * gave before on all of them, up to the last of those bars.
 *
 * A look one bar ahead shows on the last bar alone, so the bars are cut off right behind bars
 * that have orders.
 */

/** What a strategy asked for on each bar, as numbers; bars without orders are left out. */
export type OrderLog = ReadonlyMap<number, Float64Array>;

export interface Leak {
  /** The first bar on which the orders differ. */
  readonly bar: number;
  /** How many bars there were when they differed. */
  readonly bars: number;
}

const MOST_CUTS = 8;

/** How many of `length` bars to look at again, each time, for orders given on `orderBars`. */
export function leakCuts(length: number, orderBars: readonly number[]): readonly number[] {
  const inside = orderBars.filter((bar) => bar > 0 && bar < length - 1).sort((a, b) => a - b);
  const step = Math.max(1, inside.length / MOST_CUTS);
  const chosen = inside.filter((_, index) => Math.floor(index % step) === 0).slice(0, MOST_CUTS);
  const behind = chosen.map((bar) => bar + 1);
  const half = Math.floor(length / 2);
  return [...new Set(half > 1 ? [...behind, half] : behind)].sort((a, b) => a - b);
}

/** The first difference between the orders on all bars and those on the first `bars` of them. */
export function findLeak(whole: OrderLog, cut: OrderLog, bars: number): Leak | null {
  const asked = [...new Set([...whole.keys(), ...cut.keys()])]
    .filter((bar) => bar < bars)
    .sort((a, b) => a - b);
  const bar = asked.find((each) => !sameOrders(whole.get(each), cut.get(each)));
  return bar === undefined ? null : { bar, bars };
}

function sameOrders(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}
