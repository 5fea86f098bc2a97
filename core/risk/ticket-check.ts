/**
 * Whether an order, or a change of one, is such that a broker could take it: volumes and prices on
 * their grids, levels on their sides and not too near, the symbol open to it, the quote fresh.
 *
 * Numbers come from outside and may be anything that a number can be.
 */
import type { Failure } from '../errors.ts';
import type { Side } from '../broker/book.ts';
import type { Instrument } from '../broker/instrument.ts';
import type { OrderTicket } from '../broker/request.ts';
import { fail, ok, type Result } from '../result.ts';
import { checkEntry, checkLifetime, checkProtection, type TicketCheck } from './level-check.ts';
import { checkNumbers, checkVolume, plain, wrong } from './number-check.ts';

/** A market order at a price that nobody has seen for so long is an order at any price. */
export const staleQuoteMs = 15_000;

export type { TicketCheck } from './level-check.ts';
export { checkVolume } from './number-check.ts';

/** The ticket as it came. The volume of a ticket that is yet to be sized is `checkVolume`'s. */
export function checkTicket(check: TicketCheck): Result<OrderTicket, Failure> {
  const { instrument, ticket } = check;
  const failure =
    checkInstrument(instrument) ??
    checkMode(instrument, ticket.side) ??
    checkVolume(instrument, ticket.volumeLots) ??
    checkNumbers(instrument, ticket) ??
    checkLifetime(check) ??
    checkAge(check) ??
    checkEntry(check) ??
    checkProtection(check);
  return failure ? fail(failure) : ok(ticket);
}

function checkInstrument(instrument: Instrument): Failure | null {
  const { symbol, tickSize, pointSize, tickValue, volumeStepLots, marginPerLot } = instrument;
  const sizes = [tickSize, pointSize, tickValue, volumeStepLots];
  const isKnown = sizes.every((size) => size > 0 && Number.isFinite(size)) && marginPerLot >= 0;
  return isKnown ? null : wrong('trade.symbol-unpriced', 'Its tick is worth nothing.', { symbol });
}

function checkMode({ symbol, tradeMode }: Instrument, side: Side): Failure | null {
  const allowed = { full: true, 'long-only': side === 'buy', 'short-only': side === 'sell' };
  const isAllowed = tradeMode in allowed && allowed[tradeMode as keyof typeof allowed];
  return isAllowed
    ? null
    : wrong('trade.symbol-closed', 'The broker takes no such order.', { symbol, mode: tradeMode });
}

function checkAge({ quote, ticket, nowMs }: TicketCheck): Failure | null {
  const { kind, symbol } = ticket;
  if (kind !== 'market') return null;
  const isPriced = quote !== null && [quote.bid, quote.ask].every(isPrice);
  if (!isPriced) return wrong('trade.quote-missing', 'There is no price.', { symbol });
  const ageMs = nowMs - quote.timeMs;
  if (ageMs <= staleQuoteMs) return null;
  const figures = { symbol, ageMs: plain(ageMs), limitMs: staleQuoteMs };
  return wrong('trade.quote-stale', 'The price is too old.', figures);
}

const isPrice = (price: number): boolean => price > 0 && Number.isFinite(price);
