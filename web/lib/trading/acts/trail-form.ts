/** What the form of a trailing stop goes by. */
import type { Position } from '#core/broker/book.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import { profitIn } from '../profit-units.ts';

export { checkTrail, leastTrail, usualTrail } from '#core/risk/trail.ts';

/** The profit of a position in pips; null while no price tells. */
export function pipsNow(
  position: Pick<Position, 'side' | 'openPrice' | 'volumeLots' | 'profit'>,
  instrument: Instrument | undefined,
  quote: Quote | undefined,
): number | null {
  return profitIn('pips', position, { instrument, quote, balance: null, firstStop: null });
}
