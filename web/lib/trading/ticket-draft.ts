/** What stands in the order form, and the ticket it comes down to; what is missing, in words. */
import type { OrderKind, Side } from '#core/broker/book.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import { priceText } from '../words/numbers.ts';

export interface TicketDraft {
  symbol: string;
  side: Side;
  kind: OrderKind;
  sizeBy: 'lots' | 'risk';
  volumeLots: number | null;
  riskPercent: number | null;
  price: number | null;
  limitPrice: number | null;
  /** Stop and target as prices, or as points from where the order is filled. */
  levelsBy: 'price' | 'points';
  sl: number | null;
  tp: number | null;
  worstPrice: number | null;
  deviationPoints: number | null;
  /** As a field for date and time holds it, in UTC; '' = until canceled. */
  lastsUntil: string;
}

export function newDraft(symbol: string, volumeLots: number): TicketDraft {
  return {
    symbol,
    side: 'buy',
    kind: 'market',
    sizeBy: 'lots',
    volumeLots,
    riskPercent: 1,
    price: null,
    limitPrice: null,
    levelsBy: 'price',
    sl: null,
    tp: null,
    worstPrice: null,
    deviationPoints: 20,
    lastsUntil: '',
  };
}

/** Where the order would be filled as things stand; null while that is not known. */
export function entryPrice(draft: TicketDraft, quote: Quote | null): number | null {
  if (draft.kind === 'stop-limit') return draft.limitPrice ?? draft.price;
  if (draft.kind !== 'market') return draft.price;
  return quote && (draft.side === 'buy' ? quote.ask : quote.bid);
}

export type DraftTicket = Omit<OrderTicket, 'volumeLots'>;
export type ReadDraft =
  { readonly ticket: DraftTicket; readonly problem?: never } | { readonly problem: string };

/** The ticket without its size, on the symbol's grid; or what is still missing. */
export function readDraft(
  draft: TicketDraft,
  instrument: Instrument,
  quote: Quote | null,
): ReadDraft {
  const isMarket = draft.kind === 'market';
  if (!isMarket && draft.price === null) return { problem: 'Enter the price of the order.' };
  if (draft.kind === 'stop-limit' && draft.limitPrice === null) {
    return { problem: 'Enter the limit price as well.' };
  }
  const entry = entryPrice(draft, quote);
  if (entry === null) return { problem: `There is no price of ${draft.symbol} yet.` };
  const untilMs = draft.lastsUntil === '' ? null : Date.parse(`${draft.lastsUntil}Z`);
  if (!isMarket && Number.isNaN(untilMs)) return { problem: 'The end of the order is no time.' };
  const onGrid = (price: number | null) => (price === null ? null : snapped(price, instrument));
  return {
    ticket: {
      symbol: draft.symbol,
      side: draft.side,
      kind: draft.kind,
      price: isMarket ? null : onGrid(draft.price),
      limitPrice: draft.kind === 'stop-limit' ? onGrid(draft.limitPrice) : null,
      sl: onGrid(levelOf(draft, 'sl', entry, instrument)),
      tp: onGrid(levelOf(draft, 'tp', entry, instrument)),
      deviationPoints: Math.max(0, Math.round(draft.deviationPoints ?? 0)),
      worstPrice: isMarket ? onGrid(draft.worstPrice) : null,
      lastsUntilMs: isMarket ? null : untilMs,
    },
  };
}

function levelOf(
  draft: TicketDraft,
  which: 'sl' | 'tp',
  entry: number,
  { pointSize }: Instrument,
): number | null {
  const value = draft[which];
  if (value === null || value === 0) return null;
  if (draft.levelsBy === 'price') return value;
  const isAbove = (draft.side === 'buy') === (which === 'tp');
  return entry + (isAbove ? value : -value) * pointSize;
}

function snapped(price: number, { tickSize, digits }: Instrument): number {
  return Number((Math.round(price / tickSize) * tickSize).toFixed(digits));
}

/** `Buy 0.10 EURUSD at 1.08353`. */
export function ticketWords(
  { side, kind, symbol, price }: DraftTicket,
  size: string,
  digits: number,
): string {
  const act = side === 'buy' ? 'Buy' : 'Sell';
  const what = [act, size, symbol, kind === 'market' ? '' : kind.replace('-', ' ')];
  const at = price === null ? '' : ` at ${priceText(price, digits)}`;
  return what.filter((word) => word !== '').join(' ') + at;
}
