/**
 * What is at stake on an account, and what a ticket would add: margin, loss at the stop, positions.
 *
 * Margin is how size is measured, since leverage is the broker's to give. Whatever may yet come of
 * intents whose fate is open counts as if it had come.
 */
import type { BrokerAccount, Position, WorkingOrder } from '../broker/book.ts';
import type { Instrument, Quote } from '../broker/instrument.ts';
import { noExposure, type Exposure, type Intent } from '../broker/intent.ts';
import type { OrderTicket } from '../broker/request.ts';
import { snapPrice } from './grid.ts';
import type { RiskLimits } from './limits.ts';
import { moneyOfMove } from './move.ts';

export interface RiskFacts {
  readonly limits: RiskLimits;
  readonly broker: BrokerAccount;
  readonly peakEquity: number;
  /** Of the symbols that positions and orders are in, as far as they are known. */
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly positions: readonly Position[];
  readonly orders: readonly WorkingOrder[];
  /** Those whose fate is open. */
  readonly intents: readonly Intent[];
}

export interface Opening extends RiskFacts {
  readonly instrument: Instrument;
  /** A pending order can do without. */
  readonly quote: Quote | null;
  readonly ticket: OrderTicket;
}

/** Of a limit: what multiplying and adding floats may be off. */
const DUST = 1e-9;

/** Whether a value is above its limit; what is no number is. */
export const isBeyond = (value: number, limit: number): boolean =>
  !(value <= limit + Math.abs(limit) * DUST);

/** The price that a ticket is expected to open at; null where that takes a quote. */
export function entryPrice(
  { side, kind, price, limitPrice }: Omit<OrderTicket, 'volumeLots'>,
  quote: Quote | null,
): number | null {
  if (kind === 'stop-limit') return limitPrice;
  if (kind !== 'market') return price;
  if (quote === null) return null;
  return side === 'buy' ? quote.ask : quote.bid;
}

/** Stop and target as far from the entry as the limits' defaults say. */
export function defaultLevels(
  { defaultStopRatio, defaultTargetRatio }: RiskLimits,
  instrument: Instrument,
  { side, entry }: { readonly side: OrderTicket['side']; readonly entry: number },
): { readonly sl: number; readonly tp: number } {
  const direction = side === 'buy' ? 1 : -1;
  return {
    sl: snapPrice(entry * (1 - direction * defaultStopRatio), instrument),
    tp: snapPrice(entry * (1 + direction * defaultTargetRatio), instrument),
  };
}

/** Account money that a lot loses on its way to the stop; with no stop, to the default one. */
export function lossPerLot(
  { limits, instrument }: Pick<Opening, 'limits' | 'instrument'>,
  { entry, sl }: { readonly entry: number; readonly sl: number | null },
): number {
  const distance = sl === null ? entry * limits.defaultStopRatio : Math.abs(entry - sl);
  return moneyOfMove(distance, 1, instrument);
}

/** What the account has at stake without the ticket. */
export function takenExposure(facts: RiskFacts): Exposure {
  const orders = foreignOrders(facts);
  const reserved = facts.intents.reduce(sumOf, noExposure);
  const waiting = orders.reduce(
    (sum, { symbol, volumeLots }) => sum + marginOf(facts, symbol, volumeLots),
    0,
  );
  return {
    margin: heldMargin(facts) + waiting + reserved.margin,
    risk: reserved.risk,
    positions: facts.positions.length + orders.length + reserved.positions,
  };
}

const sumOf = (sum: Exposure, { reserved }: Intent): Exposure => ({
  margin: sum.margin + reserved.margin,
  risk: sum.risk + reserved.risk,
  positions: sum.positions + reserved.positions,
});

/** Working orders that no open intent keeps anything free for. */
function foreignOrders({ orders, intents }: RiskFacts): readonly WorkingOrder[] {
  const tickets = new Set(intents.map(({ order }) => order));
  const magics = new Set(intents.flatMap((each) => [each.magic, ...each.earlierMagics]));
  return orders.filter(({ order, magic }) => !tickets.has(order) && !magics.has(magic));
}

/**
 * The broker's own figure, or ours where that is more because a position is newer than the figure.
 * Of a symbol held both ways the larger side counts, as is usual.
 */
function heldMargin(facts: RiskFacts): number {
  const sides = new Map<string, { buy: number; sell: number }>();
  for (const { symbol, side, volumeLots } of facts.positions) {
    const lots = sides.get(symbol) ?? { buy: 0, sell: 0 };
    lots[side] += volumeLots;
    sides.set(symbol, lots);
  }
  const ours = [...sides].reduce(
    (sum, [symbol, { buy, sell }]) => sum + marginOf(facts, symbol, Math.max(buy, sell)),
    0,
  );
  return Math.max(facts.broker.margin, ours);
}

function marginOf({ instruments }: RiskFacts, symbol: string, lots: number): number {
  return lots * (instruments.get(symbol)?.marginPerLot ?? 0);
}

/** The broker's free margin, less what is kept free or newer than its figures. */
export function freeMargin({ broker }: Pick<RiskFacts, 'broker'>, taken: Exposure): number {
  return broker.freeMargin - Math.max(0, taken.margin - broker.margin);
}

/** How a ticket meets what is held of its symbol; on a hedging account it opens all that it asks. */
export interface Meeting {
  /** What it opens, beyond closing what is held the other way. */
  readonly openingLots: number;
  /** What the position that it becomes part of has already, or may come to have. */
  readonly joinedLots: number;
  /** 0 where it joins a position that is there. */
  readonly newPositions: 0 | 1;
}

export function meetingOf(opening: Omit<Opening, 'quote'>): Meeting {
  const { broker, positions, ticket } = opening;
  const { symbol, side, volumeLots } = ticket;
  if (broker.mode === 'hedging') return { openingLots: volumeLots, joinedLots: 0, newPositions: 1 };
  const held = positions.find((each) => each.symbol === symbol);
  if (held && held.side !== side) {
    const free = ticket.kind === 'market' ? freeLots(opening, held) : 0;
    const openingLots = volumeLots - Math.min(volumeLots, free);
    return { openingLots, joinedLots: underWay(opening, side), newPositions: 1 };
  }
  const joinedLots = (held?.volumeLots ?? 0) + underWay(opening, side);
  return { openingLots: volumeLots, joinedLots, newPositions: held ? 0 : 1 };
}

/** What of a position nobody else is about to close. A pending order may come after it is gone. */
function freeLots(opening: Omit<Opening, 'quote'>, held: Position): number {
  const closing = opening.intents.reduce((sum, { body, filledLots }) => {
    const isIts = body.t === 'close' && body.position === held.position;
    if (body.t === 'close-by' && body.symbol === held.symbol) return Infinity;
    return isIts ? sum + Math.max(0, body.volumeLots - filledLots) : sum;
  }, 0);
  const left = held.volumeLots - closing - underWay(opening, opening.ticket.side);
  // What float subtraction leaves of nothing is nothing.
  return left > opening.instrument.volumeStepLots / 2 ? left : 0;
}

/** Lots of the symbol that orders and open intents may yet bring on this side. */
function underWay(opening: Omit<Opening, 'quote'>, side: OrderTicket['side']): number {
  const { symbol } = opening.ticket;
  const asked = opening.intents.reduce(
    (sum, { body, filledLots }) =>
      body.t === 'place' && body.symbol === symbol && body.side === side
        ? sum + Math.max(0, body.volumeLots - filledLots)
        : sum,
    0,
  );
  return foreignOrders(opening)
    .filter((order) => order.symbol === symbol && order.side === side)
    .reduce((sum, { volumeLots }) => sum + volumeLots, asked);
}
