/** How often a signal was right on the bars there are: counted, never assumed. */
import { wilsonInterval } from './wilson.ts';

export interface PastHits {
  /** How often it began to point there and enough bars came after; none overlaps another. */
  readonly cases: number;
  /** Of these, how often the close so many bars later was on its side. */
  readonly hits: number;
  /** Null without a case. */
  readonly ratio: number | null;
  /** Of 95 %; null without a case. */
  readonly lowRatio: number | null;
  readonly highRatio: number | null;
  /** How often any bar was followed by such a move: what knowing nothing gives. Null without one. */
  readonly anyRatio: number | null;
}

export interface HitsAsked {
  readonly side: 1 | -1;
  readonly sides: Int8Array;
  readonly closes: Float64Array;
  readonly horizonBars: number;
}

/**
 * A close that is the same later is no hit. A signal that goes on is one case, and the next begins
 * after the horizon of the last, so that no move is counted twice.
 */
export function pastHits({ side, sides, closes, horizonBars }: HitsAsked): PastHits {
  const isRight = (i: number) => side * (closes[i + horizonBars]! - closes[i]!) > 0;
  const judged = Math.max(0, closes.length - horizonBars);
  let cases = 0;
  let hits = 0;
  let any = 0;
  let freeFrom = 0;
  for (let i = 0; i < judged; i++) {
    const right = isRight(i);
    if (right) any++;
    const begins = sides[i] === side && (i === 0 || sides[i - 1] !== side);
    if (!begins || i < freeFrom) continue;
    cases++;
    if (right) hits++;
    freeFrom = i + horizonBars;
  }
  const between = wilsonInterval(hits, cases);
  return {
    cases,
    hits,
    ratio: cases === 0 ? null : hits / cases,
    lowRatio: between?.lowRatio ?? null,
    highRatio: between?.highRatio ?? null,
    anyRatio: judged === 0 ? null : any / judged,
  };
}
