/** How far a round trip was under water and ahead, and what a later exit would have brought. */
import type { Bars, PriceColumns } from '../market/bars.ts';
import { firstAtOrAfter } from '../market/months.ts';
import type { EditedTrip } from './edited-trips.ts';
import type { RoundTrip } from './round-trip.ts';
import type { TripLeg } from './trip-legs.ts';

export interface Excursion {
  /** Ways in price over all of its volume, ≥ 0: at the worst against the trade, at the best for it. */
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
  /** A mean by volume where it was open several times. */
  readonly price: number;
  /** Way in price from the real exit, > 0 where later was better. */
  readonly gain: number;
  /** The market was closed then: it is the next open. */
  readonly waited: boolean;
}

export interface LaterExits {
  readonly exits: readonly LaterExit[];
  /** So long after the real one, of what was asked, the bars do not tell. */
  readonly tooCoarse: readonly number[];
}

export type ClosedTrip = EditedTrip & {
  readonly closedMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
};

export function isClosed(trip: RoundTrip): trip is ClosedTrip {
  return trip.closedMs !== null && trip.entryPrice !== null && trip.exitPrice !== null;
}

/** 1 where a rising price earns, −1 where a falling one does. */
export const direction = ({ side }: Pick<RoundTrip, 'side'>): 1 | -1 => (side === 'buy' ? 1 : -1);

const legsOf = (trip: ClosedTrip): readonly TripLeg[] => trip.edited?.legs ?? [trip];

/** What would close it: the bid for a long, the ask, where it is known, for a short. */
function quotesOf(trip: RoundTrip, bars: Bars) {
  return trip.side === 'buy' ? bars.bid : (bars.ask ?? bars.bid);
}

/**
 * From bars of `barMs` each. Of a bar that begins before the entry or ends after the exit nothing
 * counts: where in it the trade was open is not known, so the figure is the least that is sure.
 * Where it was open several times, each begins with what those before it brought, and nothing
 * between them counts. Null where the bars do not reach over the whole of the trade. Source: Sweeney
 * 1996, Maximum Adverse Excursion.
 */
export function excursionOf(trip: ClosedTrip, bars: Bars, barMs: number): Excursion | null {
  const first = bars.timesMs[0];
  const last = bars.timesMs.at(-1);
  if (first === undefined || last === undefined) return null;
  if (trip.openedMs < first || trip.closedMs > last + barMs) return null;
  const way = direction(trip);
  let [earned, worst, best, count] = [0, Infinity, -Infinity, 0];
  let [bestPrice, bestMs] = [trip.exitPrice, trip.closedMs];
  for (const leg of legsOf(trip)) {
    const part = leg.volumeLots / trip.volumeLots;
    const before = earned;
    const wayAt = (price: number) => before + part * (price - leg.entryPrice) * way;
    const seen = extremesOf(leg, { quotes: quotesOf(trip, bars), bars, barMs, way });
    if (wayAt(seen.bestPrice) > best) {
      best = wayAt(seen.bestPrice);
      ({ bestPrice, bestMs } = seen);
    }
    worst = Math.min(worst, wayAt(seen.worstPrice));
    count += seen.bars;
    earned = wayAt(leg.exitPrice);
  }
  return { mae: Math.max(0, -worst), mfe: Math.max(0, best), bestPrice, bestMs, bars: count };
}

interface Around {
  readonly bars: Bars;
  readonly quotes: PriceColumns;
  readonly barMs: number;
  readonly way: 1 | -1;
}

/** The best and the worst price of its bars, and of its exit. */
function extremesOf(leg: TripLeg, { bars, quotes, barMs, way }: Around) {
  const from = firstAtOrAfter(bars.timesMs, leg.openedMs);
  const to = firstAtOrAfter(bars.timesMs, leg.closedMs - barMs + 1, from);
  const [best, worst] = way === 1 ? [quotes.high, quotes.low] : [quotes.low, quotes.high];
  let [bestPrice, bestMs] = [leg.exitPrice, leg.closedMs];
  let worstPrice = leg.exitPrice;
  for (let i = from; i < to; i++) {
    const ahead = best[i]! / bars.scale;
    const behind = worst[i]! / bars.scale;
    if ((ahead - bestPrice) * way > 0) [bestPrice, bestMs] = [ahead, bars.timesMs[i]!];
    if ((behind - worstPrice) * way < 0) worstPrice = behind;
  }
  return { bestPrice, bestMs, worstPrice, bars: Math.max(0, to - from) };
}

/** More of the time that was asked for, and the bars are too coarse to tell of it. */
const mostLate = 1 / 4;

/**
 * Exits at the open of the first bar that begins so long after the real one, or later where the
 * market was closed; missing where the bars end before. Where bars of `barMs` would tell of an exit
 * much later than asked, as those of an hour do of five minutes, the time is too coarse for them.
 * What was open several times is left so much later each time.
 */
export function laterExits(
  trip: ClosedTrip,
  bars: Bars,
  barMs: number,
  aftersMs: readonly number[],
): LaterExits {
  const first = bars.timesMs[0];
  const [exits, tooCoarse]: [LaterExit[], number[]] = [[], []];
  if (first === undefined || first > legsOf(trip)[0]!.closedMs) return { exits, tooCoarse };
  for (const afterMs of aftersMs) {
    const exit = laterExit(trip, bars, barMs, afterMs);
    if (exit === 'too coarse') tooCoarse.push(afterMs);
    else if (exit) exits.push(exit);
  }
  return { exits, tooCoarse };
}

function laterExit(
  trip: ClosedTrip,
  bars: Bars,
  barMs: number,
  afterMs: number,
): LaterExit | 'too coarse' | null {
  const { open } = quotesOf(trip, bars);
  let [price, gain, waited] = [0, 0, false];
  for (const leg of legsOf(trip)) {
    const askedMs = leg.closedMs + afterMs;
    const at = firstAtOrAfter(bars.timesMs, askedMs);
    if (at >= bars.length) return null;
    const isLate = bars.timesMs[at]! - askedMs > mostLate * afterMs;
    const wasClosed = bars.timesMs[at - 1]! + barMs <= askedMs;
    if (isLate && !wasClosed) return 'too coarse';
    const part = leg.volumeLots / trip.volumeLots;
    const later = open[at]! / bars.scale;
    price += part * later;
    gain += part * (later - leg.exitPrice) * direction(trip);
    waited ||= isLate;
  }
  return { afterMs, price, gain, waited };
}
