/** How far a round trip was under water and ahead, and what a later exit would have brought. */
import type { Bars } from '../market/bars.ts';
import { firstAtOrAfter } from '../market/months.ts';
import type { RoundTrip } from './round-trip.ts';

export interface Excursion {
  /** Ways in price, ≥ 0: at the worst against the trade, at the best for it. */
  readonly mae: number;
  readonly mfe: number;
  /** The best price at which it could have been closed while it was open, and the bar of it. */
  readonly bestPrice: number;
  readonly bestMs: number;
  /** Bars that lie whole within the trade; 0: only entry and exit are known. */
  readonly bars: number;
}

/** What an exit so long after the real one would have been made at. */
export interface LaterExit {
  readonly afterMs: number;
  readonly price: number;
  /** Way in price from the real exit, > 0 where later was better. */
  readonly gain: number;
}

export type ClosedTrip = RoundTrip & {
  readonly closedMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
};

export function isClosed(trip: RoundTrip): trip is ClosedTrip {
  return trip.closedMs !== null && trip.entryPrice !== null && trip.exitPrice !== null;
}

/** 1 where a rising price earns, −1 where a falling one does. */
export const direction = ({ side }: Pick<RoundTrip, 'side'>): 1 | -1 => (side === 'buy' ? 1 : -1);

/** What would close it: the bid for a long, the ask, where it is known, for a short. */
function quotesOf(trip: RoundTrip, bars: Bars) {
  return trip.side === 'buy' ? bars.bid : (bars.ask ?? bars.bid);
}

/**
 * From bars of `barMs` each. Of a bar that begins before the entry or ends after the exit nothing
 * counts: where in it the trade was open is not known, so the figure is the least that is sure.
 * Null where the bars do not reach over the whole of the trade. Source: Sweeney 1996, Maximum
 * Adverse Excursion.
 */
export function excursionOf(trip: ClosedTrip, bars: Bars, barMs: number): Excursion | null {
  const first = bars.timesMs[0];
  const last = bars.timesMs.at(-1);
  if (first === undefined || last === undefined) return null;
  if (trip.openedMs < first || trip.closedMs > last + barMs) return null;
  const from = firstAtOrAfter(bars.timesMs, trip.openedMs);
  const to = firstAtOrAfter(bars.timesMs, trip.closedMs - barMs + 1, from);
  const { high, low } = quotesOf(trip, bars);
  const way = direction(trip);
  const [best, worst] = way === 1 ? [high, low] : [low, high];
  let [bestPrice, bestMs] = [trip.exitPrice, trip.closedMs];
  let worstPrice = trip.exitPrice;
  for (let i = from; i < to; i++) {
    const ahead = best[i]! / bars.scale;
    const behind = worst[i]! / bars.scale;
    if ((ahead - bestPrice) * way > 0) [bestPrice, bestMs] = [ahead, bars.timesMs[i]!];
    if ((behind - worstPrice) * way < 0) worstPrice = behind;
  }
  return {
    mae: Math.max(0, (trip.entryPrice - worstPrice) * way),
    mfe: Math.max(0, (bestPrice - trip.entryPrice) * way),
    bestPrice,
    bestMs,
    bars: Math.max(0, to - from),
  };
}

/**
 * Exits at the open of the first bar that begins so long after the real one, or later where the
 * market was closed; missing where the bars end before.
 */
export function laterExits(
  trip: ClosedTrip,
  bars: Bars,
  aftersMs: readonly number[],
): readonly LaterExit[] {
  const { open } = quotesOf(trip, bars);
  const first = bars.timesMs[0];
  if (first === undefined || first > trip.closedMs) return [];
  return aftersMs.flatMap((afterMs) => {
    const at = firstAtOrAfter(bars.timesMs, trip.closedMs + afterMs);
    if (at >= bars.length) return [];
    const price = open[at]! / bars.scale;
    return [{ afterMs, price, gain: (price - trip.exitPrice) * direction(trip) }];
  });
}
