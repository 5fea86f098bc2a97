/** Whether prices of orders and positions lie on their side of the market, and not too near it. */
import type { Failure } from '../errors.ts';
import type { Side, WorkingOrder } from '../broker/book.ts';
import type { Instrument, Quote } from '../broker/instrument.ts';
import type { OrderTicket } from '../broker/request.ts';
import { checkNumbers, checkPrices, wrong } from './number-check.ts';

export interface TicketCheck {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  readonly ticket: OrderTicket;
  readonly nowMs: number;
}

export interface PositionLevels {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  readonly side: Side;
  readonly sl: number | null;
  readonly tp: number | null;
}

/** Whether a position can be given these levels; null where it can. */
export function checkPositionLevels(levels: PositionLevels): Failure | null {
  const { instrument, quote, side, sl, tp } = levels;
  const numbers = checkPrices(instrument, { stop: sl, target: tp });
  if (numbers || quote === null) return numbers;
  const closing = side === 'buy' ? quote.bid : quote.ask;
  return checkSides(instrument, { side, from: closing, sl, tp });
}

export interface OrderChange {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  readonly order: Pick<WorkingOrder, 'side' | 'kind' | 'price'>;
  readonly change: Pick<OrderTicket, 'limitPrice' | 'sl' | 'tp' | 'lastsUntilMs'> & {
    readonly price: number;
  };
  readonly nowMs: number;
}

/** Whether a working order can be given this; null where it can. */
export function checkOrderChange(given: OrderChange): Failure | null {
  const { instrument, quote, order, change, nowMs } = given;
  const { side, kind } = order;
  const volumeLots = instrument.volumeMinLots;
  const unused = { deviationPoints: 0, worstPrice: null };
  const ticket = { symbol: instrument.symbol, side, kind, volumeLots, ...unused, ...change };
  return (
    checkFrozen(given) ??
    checkNumbers(instrument, ticket) ??
    checkLifetime({ ticket, nowMs }) ??
    checkEntry({ instrument, quote, ticket, nowMs }) ??
    checkProtection({ instrument, quote, ticket, nowMs })
  );
}

/** A pending order must have some time left to wait in. */
export function checkLifetime({
  ticket,
  nowMs,
}: Pick<TicketCheck, 'ticket' | 'nowMs'>): Failure | null {
  const { kind, lastsUntilMs } = ticket;
  if (
    lastsUntilMs === null ||
    (kind !== 'market' && Number.isSafeInteger(lastsUntilMs) && lastsUntilMs > nowMs)
  )
    return null;
  return wrong('trade.time-past', 'It would be over before it begins.');
}

/** A market order at no worse than asked, a pending one on the side of the market it is meant for. */
export function checkEntry({ instrument, quote, ticket }: TicketCheck): Failure | null {
  if (quote === null) return null;
  const { side, kind, price, limitPrice, worstPrice } = ticket;
  const direction = side === 'buy' ? 1 : -1;
  const market = side === 'buy' ? quote.ask : quote.bid;
  if (kind === 'market') {
    const isWorse = worstPrice !== null && (market - worstPrice) * direction > 0;
    if (!isWorse) return null;
    const figures = { value: market, limit: worstPrice };
    return wrong('trade.price-moved', 'The price is worse than allowed.', figures);
  }
  if (price === null) return null;
  // A limit waits for a better price, a stop for a worse one.
  const away = (price - market) * direction * (kind === 'limit' ? -1 : 1);
  const least = levelsOf(instrument).stops;
  if (!(away > 0)) {
    const figures = { field: 'price', value: price, price: market };
    return wrong('trade.price-side', 'The price is on the wrong side.', figures);
  }
  if (away < least) return tooNear(instrument, { field: 'price', value: price, from: market });
  if (limitPrice === null || (price - limitPrice) * direction >= 0) return null;
  const figures = { field: 'limit price', value: limitPrice, price };
  return wrong('trade.price-side', 'The limit is on the wrong side of the stop.', figures);
}

/** Stop and target of an order are measured from where it opens. */
export function checkProtection({ instrument, quote, ticket }: TicketCheck): Failure | null {
  const { side, kind, price, limitPrice, sl, tp } = ticket;
  const closing = quote === null ? null : side === 'buy' ? quote.bid : quote.ask;
  const from = kind === 'market' ? closing : kind === 'stop-limit' ? limitPrice : price;
  return from === null ? null : checkSides(instrument, { side, from, sl, tp });
}

interface Sides {
  readonly side: Side;
  readonly from: number;
  readonly sl: number | null;
  readonly tp: number | null;
}

function checkSides(instrument: Instrument, { side, from, sl, tp }: Sides): Failure | null {
  const direction = side === 'buy' ? 1 : -1;
  const levels = [
    ['stop', sl, -direction, 'trade.stop-side'],
    ['target', tp, direction, 'trade.target-side'],
  ] as const;
  for (const [field, value, towards, code] of levels) {
    if (value === null) continue;
    const away = (value - from) * towards;
    if (!(away > 0))
      return wrong(code, `The ${field} is on the wrong side.`, { value, price: from });
    if (away < levelsOf(instrument).stops) return tooNear(instrument, { field, value, from });
  }
  return null;
}

/** In price, less the dust that subtracting prices leaves. */
function levelsOf({ stopsLevelPoints, freezeLevelPoints, pointSize, tickSize }: Instrument) {
  const least = (points: number) => points * pointSize - tickSize * 1e-3;
  return { stops: least(stopsLevelPoints), freeze: least(freezeLevelPoints) };
}

function tooNear(
  { stopsLevelPoints }: Instrument,
  { field, value, from }: { readonly field: string; readonly value: number; readonly from: number },
): Failure {
  const figures = { field, value, price: from, limit: stopsLevelPoints };
  return wrong('trade.level-too-near', `The ${field} is too near to the price.`, figures);
}

function checkFrozen({ instrument, quote, order }: OrderChange): Failure | null {
  const { freezeLevelPoints } = instrument;
  if (quote === null || !(freezeLevelPoints > 0)) return null;
  const market = order.side === 'buy' ? quote.ask : quote.bid;
  if (Math.abs(order.price - market) >= levelsOf(instrument).freeze) return null;
  const figures = { value: order.price, price: market, limit: freezeLevelPoints };
  return wrong('trade.frozen', 'The order is about to be filled.', figures);
}
