/** What a move of the price is worth: the one place that turns a way of a price into money. */
import type { Instrument } from '../broker/instrument.ts';
import { ticksOf } from './grid.ts';

/**
 * Account money that `lots` make while the price moves by `way`, before costs; negative both ways
 * round where one of them is.
 *
 * A way of whole ticks is one but for the dust of floats, and counts as such. The instrument's
 * tick must have a size: where a broker told none there is no answer.
 */
export function moneyOfMove(
  way: number,
  lots: number,
  instrument: Pick<Instrument, 'tickSize' | 'tickValue'>,
): number {
  return ticksOf(way, instrument) * instrument.tickValue * lots;
}

/** How far the price went in favour of who holds `side`. */
export function wayFor(side: 'buy' | 'sell', from: number, to: number): number {
  return side === 'buy' ? to - from : from - to;
}
