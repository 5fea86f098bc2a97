/**
 * The bars that a frame of a plan is computed on, and when each of them is known.
 *
 * A value is known from the close of its bar, and a bar of a longer timeframe closes with the
 * first bar of the run whose own close is at or past its end. Nothing is ever taken back.
 */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import type { Bars } from '../market/bars.ts';
import { fail, ok, type Result } from '../result.ts';
import { closeTimes } from './close-times.ts';
import { ownFrame, type Frame } from './plan.ts';
import { resample } from './resample.ts';
import { longestMs } from './spans.ts';

export interface FrameBars {
  readonly bars: Bars;
  /** One time a bar, never falling, comparable between frames. */
  readonly knownMs: Float64Array;
}

/** The frames of a plan over one run's bars. */
export interface Frames {
  barsOf(frame: number): Bars;
  /** For each bar of `to` the last bar of `from` that is known when it closes, -1 before the first. */
  alignment(from: number, to: number): Int32Array;
}

/** Bars of other symbols by name. */
export type Companions = ReadonlyMap<string, Bars>;

/**
 * The frames at `wanted`.
 *
 * Errors: `run.symbol-missing`, `run.timeframe-too-short` for one shorter than the bars there are.
 */
export function frameBars(
  frames: readonly Frame[],
  wanted: ReadonlySet<number>,
  own: Bars,
  companions: Companions,
): Result<Frames, Failure> {
  const made = new Map<number, FrameBars>();
  const sources = new Map<string | null, Source>();
  // Most rules read the run's own bars alone, and need not know when those close.
  const alone = wanted.size === 1 && wanted.has(ownFrame);
  for (const index of alone ? [] : new Set([ownFrame, ...wanted])) {
    const { symbol, timeframe, zone } = frames[index]!;
    let source = sources.get(symbol);
    if (!source) {
      const bars = symbol === null ? own : companions.get(symbol);
      if (!bars) return fail(missingSymbol(symbol!));
      source = { bars, ...closesOf(bars, symbol) };
      sources.set(symbol, source);
    }
    if (timeframe !== null && longestMs(timeframe) < source.lengthMs) {
      return fail(tooShort(timeframe));
    }
    made.set(index, timeframe === null ? source : resample(source, timeframe, zone ?? 'UTC'));
  }
  return ok(placed(made, own));
}

interface Source extends FrameBars {
  /** As early as each bar may close. */
  readonly closesMs: Float64Array;
  readonly lengthMs: number;
}

/** Where the length is not known yet, own bars are looked at early and those of others late. */
function closesOf(bars: Bars, symbol: string | null): Omit<Source, 'bars'> {
  const { closesMs, settled, lengthMs } = closeTimes(bars.timesMs);
  if (symbol === null) return { closesMs, knownMs: closesMs, lengthMs };
  const knownMs = closesMs.slice().fill(closesMs[settled] ?? Infinity, 0, settled);
  return { closesMs, knownMs, lengthMs };
}

function missingSymbol(symbol: string): Failure {
  const detail = `The rules read ${symbol}, of which there are no bars.`;
  return { code: 'run.symbol-missing', detail, figures: { symbol } };
}

function tooShort(timeframe: string): Failure {
  const detail = `The rules read ${timeframe}, which is shorter than the bars of the run.`;
  return { code: 'run.timeframe-too-short', detail, figures: { timeframe } };
}

/** Alignments are made once and kept, for conditions and series ask for the same ones. */
function placed(made: ReadonlyMap<number, FrameBars>, own: Bars): Frames {
  const known = new Map<string, Int32Array>();
  return {
    barsOf: (frame) => made.get(frame)?.bars ?? own,
    alignment(from, to) {
      const key = `${from} ${to}`;
      const found = known.get(key) ?? align(made.get(from)!, made.get(to)!);
      known.set(key, found);
      return found;
    },
  };
}

function align(from: FrameBars, to: FrameBars): Int32Array {
  assert(from !== to, 'a column needs no aligning to its own frame');
  const out = new Int32Array(to.bars.length);
  let last = -1;
  for (let i = 0; i < out.length; i++) {
    while (last + 1 < from.knownMs.length && from.knownMs[last + 1]! <= to.knownMs[i]!) last++;
    out[i] = last;
  }
  return out;
}

/** Every bar has the value of the source's bar at its index: NaN or 0 where that is -1. */
export function alignColumn(
  column: Float64Array | Uint8Array,
  at: Int32Array,
): Float64Array | Uint8Array {
  const none = column instanceof Float64Array ? NaN : 0;
  const out =
    column instanceof Float64Array ? new Float64Array(at.length) : new Uint8Array(at.length);
  for (let i = 0; i < out.length; i++) out[i] = at[i]! < 0 ? none : column[at[i]!]!;
  return out;
}
