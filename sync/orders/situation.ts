/** What a request is judged by: the account as it is held, its book, and what is under way. */
import type { Failure } from '#core/errors.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { Intent } from '#core/broker/intent.ts';
import { wholeLots } from '#core/broker/lots.ts';
import { staleQuoteMs } from '#core/risk/ticket-check.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { HeldOrder, HeldPosition, TradingAccount } from './order-store.ts';

export interface Situation {
  readonly requestId: string;
  readonly account: TradingAccount;
  readonly positions: readonly HeldPosition[];
  readonly orders: readonly HeldOrder[];
  /** Those whose fate is open. */
  readonly open: readonly Intent[];
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly nowMs: number;
  quoteOf(symbol: string): Quote | null;
}

/** Null where the last price is too old to judge a level by. */
export function freshQuote({ quoteOf, nowMs }: Situation, symbol: string): Quote | null {
  const quote = quoteOf(symbol);
  return quote && nowMs - quote.timeMs <= staleQuoteMs ? quote : null;
}

export function positionOf(
  { positions }: Situation,
  position: string,
): Result<HeldPosition, Failure> {
  const found = positions.find((held) => held.position === position);
  return found
    ? ok(found)
    : fail({ code: 'trade.position-missing', detail: 'There is no such position.' });
}

export function orderOf({ orders }: Situation, order: string): Result<HeldOrder, Failure> {
  const found = orders.find((held) => held.order === order);
  return found
    ? ok(found)
    : fail({ code: 'trade.order-missing', detail: 'There is no such working order.' });
}

/**
 * How much of the position may still be asked to be closed, in lots.
 *
 * What other intents want of it is gone already, filled or not, for as long as their fate is open:
 * on a netting account a lot too many would open the other way.
 */
export function closableLots({ open }: Situation, held: HeldPosition): number {
  const asked = open.reduce((sum, intent) => sum + askedOf(intent, held), 0);
  return Math.max(0, wholeLots(held.volumeLots - held.closedLots - asked));
}

function askedOf({ body, filledLots }: Intent, held: HeldPosition): number {
  if (body.t === 'close-by') {
    return [body.position, body.opposite].includes(held.position) ? held.volumeLots : 0;
  }
  if (body.t !== 'close' || body.position !== held.position) return 0;
  // What it filled is in `closedLots` until the terminal shows it.
  return Math.max(0, wholeLots(body.volumeLots - filledLots));
}
