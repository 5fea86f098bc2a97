/** What a position would make if it were closed now, in account money without swap. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { Position } from '#core/broker/book.ts';

/** By the price it would be closed at; what the terminal last said where there is none. */
export function floatingProfit(
  position: Pick<Position, 'side' | 'openPrice' | 'volumeLots' | 'profit'>,
  instrument: Instrument | undefined,
  quote: Quote | undefined,
): number {
  if (!instrument || !quote || instrument.tickSize <= 0) return position.profit;
  const way =
    position.side === 'buy' ? quote.bid - position.openPrice : position.openPrice - quote.ask;
  return (way / instrument.tickSize) * instrument.tickValue * position.volumeLots;
}

/** The price a position is closed at. */
export function closingPrice(side: Position['side'], quote: Quote): number {
  return side === 'buy' ? quote.bid : quote.ask;
}
