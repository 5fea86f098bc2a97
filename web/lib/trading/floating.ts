/** What a position would make if it were closed now, in account money without swap. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { Position } from '#core/broker/book.ts';
import { moneyOfMove, wayFor } from '#core/risk/move.ts';

/** By the price it would be closed at; what the terminal last said where there is none. */
export function floatingProfit(
  position: Pick<Position, 'side' | 'openPrice' | 'volumeLots' | 'profit'>,
  instrument: Instrument | undefined,
  quote: Quote | undefined,
): number {
  if (!instrument || !quote || instrument.tickSize <= 0) return position.profit;
  const { side, openPrice, volumeLots } = position;
  return moneyOfMove(wayFor(side, openPrice, closingPrice(side, quote)), volumeLots, instrument);
}

/** The price a position is closed at. */
export function closingPrice(side: Position['side'], quote: Quote): number {
  return side === 'buy' ? quote.bid : quote.ask;
}
