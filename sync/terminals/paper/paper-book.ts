/**
 * All that the paper broker remembers, as plain JSON: what MetaTrader's server would know.
 *
 * Money is in minor units and volumes in steps, both whole numbers, so that sums are exact.
 * The balance is always the deposit and the sum of profit, swap and commission of all deals;
 * of deals that were let go their sum is kept.
 */
import type { Deal, OrderKind, Side } from '#core/broker/book.ts';
import type { FoundOrder } from '#core/broker/messages.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import type { PaperTerms } from './paper-terms.ts';

export type Direction = 1 | -1;

export interface PaperPosition {
  readonly position: number;
  ticket: number;
  readonly symbol: string;
  side: Direction;
  steps: number;
  openPrice: number;
  openedServerMs: number;
  /** 0 = none. */
  sl: number;
  tp: number;
  swapMinor: number;
  readonly magic: string;
  readonly comment: string;
  /** Where a target that a bar opened beyond fills once the way has turned; 0 = nowhere. */
  waitingPrice: number;
}

export interface PaperOrder {
  readonly order: number;
  readonly symbol: string;
  readonly side: Direction;
  readonly kind: OrderKind;
  /** What was asked for, and what is left of it. */
  readonly askedSteps: number;
  steps: number;
  price: number;
  /** Of a stop-limit order; 0 = none. */
  limitPrice: number;
  /** Its trigger was touched: a limit order from then on. */
  isTriggered: boolean;
  sl: number;
  tp: number;
  /** 0 = until canceled. */
  expirationServerMs: number;
  readonly placedServerMs: number;
  readonly magic: string;
  readonly comment: string;
  /** Of a market order that closes what it was filled in part of; 0 = it opens. */
  readonly closes: number;
  /** Sum of price × steps filled so far, and the position it came to. */
  filledValue: number;
  position: number;
}

/** An order that is over. */
export interface EndedOrder extends FoundOrder {
  readonly symbol: string;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly volumeLots: number;
  readonly placedServerMs: number;
  readonly endedServerMs: number;
  readonly magic: string;
  readonly comment: string;
  /** The order of a stop or target has the magic number of its position. */
  readonly reason: Deal['reason'];
}

export interface PaperQuote {
  readonly symbol: string;
  readonly bid: number;
  readonly ask: number;
}

export interface HeldQuote extends PaperQuote {
  readonly serverMs: number;
  /** Steps that were taken of what this quote offers. */
  usedSteps: number;
}

/** What a terminal is told of, without a comment, as `OnTradeTransaction` is. */
export interface TradeEvent {
  readonly kind: 'deal' | 'order-added' | 'order-changed' | 'order-ended' | 'position';
  readonly ticket: string;
  readonly symbol: string;
}

export interface PaperBook {
  readonly version: 1;
  readonly login: string;
  readonly terms: PaperTerms;
  symbols: readonly PaperSymbol[];
  /** The broker's clock, and that of its market, which a replay lets run by itself. */
  serverMs: number;
  marketMs: number;
  lastTicket: number;
  balanceMinor: number;
  positions: PaperPosition[];
  /** By age. */
  orders: PaperOrder[];
  quotes: Record<string, HeldQuote>;
  /** By time and ticket; the oldest may be let go once whoever asked has them. */
  deals: Deal[];
  ended: EndedOrder[];
  events: TradeEvent[];
  /** Deals that were let go, and what they came to. */
  forgotten: { deals: number; minor: number };
}

export const mostEvents = 1_024;

export function nextTicket(book: PaperBook): number {
  return ++book.lastTicket;
}

/** Beyond a bound the oldest go: whoever listens has to look at everything anyway. */
export function tell(book: PaperBook, event: TradeEvent): void {
  book.events.push(event);
  if (book.events.length > mostEvents) book.events.shift();
}

export function sideOf(direction: Direction): Side {
  return direction === 1 ? 'buy' : 'sell';
}
