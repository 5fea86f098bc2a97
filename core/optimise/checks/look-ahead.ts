/**
 * Whether a strategy knows more than it could have: what it asks for up to a bar must be the same
 * when the prices end there.
 *
 * Cuts are made right after bars on which something is signalled, where a look of one bar ahead
 * shows, and evenly over all prices.
 */
import type { Signals } from '../../execution/signals.ts';
import { sliceBars, type Bars } from '../../market/bars.ts';
import { signalColumns } from './signal-columns.ts';

/** null where the strategy cannot run on the bars: too few for its warm-up. */
export type Evaluate = (bars: Bars) => Signals | null;

export interface Leak {
  /** The first bar that is asked for something else once later bars are gone. */
  readonly bar: number;
  readonly timeMs: number;
  /** What differs, as the signals name it. */
  readonly column: string;
  /** With all prices, and with those up to the cut alone. */
  readonly whole: number;
  readonly cut: number;
  /** Bars that were left. */
  readonly barsLeft: number;
}

export interface LookAhead {
  /** How many cuts could be compared. */
  readonly cuts: number;
  /** Bars on which something is asked for. */
  readonly signals: number;
  readonly leak: Leak | null;
}

/** Cuts of either kind, at most. */
const CUTS = 30;

/** Yields the finished part, 0 … 1. */
export function* findLookAhead(evaluate: Evaluate, bars: Bars): Generator<number, LookAhead> {
  const whole = evaluate(bars);
  if (!whole) return { cuts: 0, signals: 0, leak: null };
  const signalled = signalBars(whole);
  const ends = cutPoints(signalled, whole.warmupBars + 2, bars.length);
  let leak: Leak | null = null;
  let cuts = 0;
  for (const [done, barsLeft] of ends.entries()) {
    const part = evaluate(sliceBars(bars, 0, barsLeft));
    if (part) {
      cuts++;
      const found = firstDifference(whole, part, bars.timesMs);
      if (found && (!leak || found.bar < leak.bar)) leak = found;
    }
    yield (done + 1) / ends.length;
  }
  return { cuts, signals: signalled.length, leak };
}

function signalBars({ entry, exit, length }: Signals): readonly number[] {
  const bars: number[] = [];
  for (let i = 0; i < length; i++) if (entry[i] !== 0 || exit[i] !== 0) bars.push(i);
  return bars;
}

/** Numbers of bars left, rising: never so few that nothing could be signalled. */
function cutPoints(signalled: readonly number[], least: number, all: number): readonly number[] {
  const points = new Set<number>();
  const some = Math.min(CUTS, signalled.length);
  for (let k = 0; k < some; k++) {
    points.add(signalled[Math.floor((k * signalled.length) / some)]! + 1);
  }
  for (let k = 1; k <= CUTS; k++) {
    points.add(least + Math.floor((k * (all - least)) / (CUTS + 1)));
  }
  return [...points].filter((at) => at >= least && at < all).sort((a, b) => a - b);
}

function firstDifference(whole: Signals, part: Signals, timesMs: Float64Array): Leak | null {
  const columns = new Map(signalColumns(part).map(({ name, values }) => [name, values]));
  let first: Leak | null = null;
  for (const { name, values } of signalColumns(whole)) {
    const cut = columns.get(name);
    const end = Math.min(part.length, first?.bar ?? part.length);
    for (let bar = 0; bar < end; bar++) {
      const other = cut?.[bar] ?? NaN;
      if (Object.is(values[bar]! + 0, other + 0)) continue;
      const timeMs = timesMs[bar]!;
      first = { bar, timeMs, column: name, whole: values[bar]!, cut: other, barsLeft: part.length };
      break;
    }
  }
  return first;
}
