/** Sends what a bot asks for to the order path: each once, and only where nothing forbids it. */
import { refusalBy } from '#core/automation/bot-limits.ts';
import type { Ask, EntryAsk } from '#core/automation/asks.ts';
import type { BotTerms } from '#core/automation/bot-terms.ts';
import { barLengthMs, isBotTimeframe, type BotSetup } from '#core/automation/bot.ts';
import { requestOf, ticketOf } from '#core/automation/requests.ts';
import { floatingOf, lotsOf, type SizingQuote } from '#core/automation/size.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { OrderTicket, TradeRequest } from '#core/broker/request.ts';
import { submit } from '../orders/admission.ts';
import type { OrderStore } from '../orders/order-store.ts';
import type { Queries } from '../database/queries.ts';
import { entriesIn, type HeldBook } from './bot-book.ts';
import {
  changeOrder,
  entriesOfDay,
  intentIdsOf,
  isTaken,
  type BotOrderRow,
  type OrderChange,
} from './bot-orders.ts';
import type { BotEvent, BotKey } from './bot-rows.ts';

export interface BotDesk {
  readonly bot: BotKey & { readonly accountId: string };
  readonly setup: BotSetup;
  readonly terms: BotTerms;
  readonly database: Queries;
  /** Refuses where this server does not hold the terminal any more. */
  readonly orders: OrderStore;
  now(): number;
  quote(): Quote | null;
  /** Keeps them; whoever runs or shows the bot is told once. */
  tell(...events: readonly BotEvent[]): Promise<void>;
}

/** What came of it: `again` = nobody can say yet, the same is asked again. */
export type Sent = 'sent' | 'refused' | 'dropped' | 'again';

/** Sends the row's request; a row that was sent before is not sent twice. */
export async function sendOrder(desk: BotDesk, row: BotOrderRow, book: HeldBook): Promise<Sent> {
  const { bot } = desk;
  const quote = desk.quote();
  const entries = entriesIn(row.asks);
  if (row.state !== 'sending' && entries.length > 0) {
    if (!quote) return settle(desk, row, { state: 'missed', reason: 'no-price' });
    const sized = await sizedEntry(desk, row, { entries, quote, book });
    if ('state' in sized) return settle(desk, row, sized);
    return sendRequest(desk, row, sized.request, quote);
  }
  if (row.request) return sendRequest(desk, row, row.request, quote);
  const [ask] = row.asks;
  if (!ask || ask.t === 'enter') return settle(desk, row, { state: 'dropped' });
  const request = requestOf(ask, { id: row.requestId, accountId: bot.accountId });
  return sendRequest(desk, row, request, quote);
}

async function settle(desk: BotDesk, row: BotOrderRow, change: OrderChange): Promise<Sent> {
  await changeOrder(desk.database, desk.bot, row.requestId, change);
  if (change.state !== 'dropped') {
    const { reason = '', figures } = change;
    const detail = { what: whatOf(row.asks), code: reason ?? '', ...figures };
    await desk.tell({ level: 'warn', name: 'refused', detail });
  }
  return change.state === 'dropped' ? 'dropped' : 'refused';
}

interface Entering {
  readonly entries: readonly EntryAsk[];
  readonly quote: SizingQuote;
  readonly book: HeldBook;
}

/** The entries as one request within the bot's own limits, or what becomes of the row instead. */
async function sizedEntry(
  desk: BotDesk,
  row: BotOrderRow,
  { entries, quote, book }: Entering,
): Promise<OrderChange | { readonly request: TradeRequest }> {
  const { terms, setup, bot, database } = desk;
  const { capital, limits, timeframe } = setup;
  const nowMs = desk.now();
  const barMs = isBotTimeframe(timeframe) ? barLengthMs(timeframe) : 0;
  const tickets: OrderTicket[] = [];
  const facts = {
    ...{ nowMs, capital, trips: book.trips },
    floating: floatingMoney(terms, book, quote),
    open: book.positions.length + book.orders.length,
    dayOrders: await entriesOfDay(database, bot, nowMs),
  };
  for (const ask of entries) {
    const lots = lotsOf(ask, { terms, book, capital, quote });
    if (lots === 0) return { state: 'dropped', reason: 'no-volume' };
    const refusal = refusalBy(limits, lots, facts);
    if (refusal) {
      const { by, value, limit } = refusal;
      return { state: 'refused', reason: `limit.${by}`, figures: { value, limit } };
    }
    tickets.push(ticketOf(ask, { terms, quote, lots, nowMs, barMs }));
  }
  const named = { id: row.requestId, accountId: bot.accountId };
  const [first, second] = tickets;
  if (!first) return { state: 'dropped' };
  return second
    ? { request: { ...named, t: 'oco', tickets: [first, second] } }
    : { request: { ...named, t: 'place', ticket: first } };
}

export function floatingMoney(terms: BotTerms, book: HeldBook, quote: SizingQuote): number {
  const sum = book.positions.reduce((all, held) => all + floatingOf(terms, held, quote), 0);
  return sum * terms.rate;
}

async function sendRequest(
  desk: BotDesk,
  row: BotOrderRow,
  request: TradeRequest,
  quote: Quote | null,
): Promise<Sent> {
  const { database, bot } = desk;
  const seen = quote && { bid: quote.bid, ask: quote.ask };
  // Written down before it is sent: whoever comes after sends the very same, or nothing.
  const isOurs = await changeOrder(database, bot, row.requestId, {
    ...{ state: 'sending', request, asks: row.asks },
    intentIds: [...intentIdsOf(row.requestId, row.asks)],
    ...seen,
  });
  if (!isOurs) return 'dropped';
  const answer = await submit(desk.orders, request, {
    nowMs: desk.now(),
    quoteOf: (_, symbol) => (quote?.symbol === symbol ? quote : null),
  });
  if (answer.ok) {
    await changeOrder(database, bot, row.requestId, { state: 'sent' });
    await desk.tell({ level: 'info', name: `sent-${request.t}`, detail: detailOf(request) });
    return 'sent';
  }
  const { code, figures } = answer.error;
  // The terminal is another server's now: that one goes on.
  if (code === 'trade.account-missing') return 'again';
  if (code === 'trade.request-differs') {
    await changeOrder(database, bot, row.requestId, { state: 'sent' });
    return 'sent';
  }
  return settle(desk, row, { state: 'refused', reason: code, figures: figures ?? null });
}

function detailOf(request: TradeRequest): Readonly<Record<string, string | number>> {
  if (request.t === 'place') return ticketDetail(request.ticket);
  if (request.t === 'oco') return ticketDetail(request.tickets[0]);
  if ('position' in request) return { position: request.position };
  return 'order' in request ? { order: request.order } : {};
}

function ticketDetail({ side, kind, volumeLots, price, sl, tp }: OrderTicket) {
  return {
    ...{ side, kind, volumeLots },
    ...(price !== null && { price }),
    ...(sl !== null && { sl }),
    ...(tp !== null && { tp }),
  };
}

export function whatOf(asks: readonly Ask[]): string {
  const [ask] = asks;
  return ask?.t === 'enter' ? (ask.side === 1 ? 'buy' : 'sell') : (ask?.t ?? '');
}

/**
 * After a new start: what was being sent is sent again where the order path has it, or where it
 * is young enough; everything else that was planned is given up.
 */
export async function recoverOrders(
  desk: BotDesk,
  rows: readonly BotOrderRow[],
  isYoung: (row: BotOrderRow) => boolean,
): Promise<readonly BotOrderRow[]> {
  const left: BotOrderRow[] = [];
  for (const row of rows) {
    if (row.state === 'sending' && (await isTaken(desk.database, desk.bot, row.requestId))) {
      await changeOrder(desk.database, desk.bot, row.requestId, { state: 'sent' });
      await desk.tell({ level: 'info', name: 'found-sent', detail: { what: whatOf(row.asks) } });
    } else if (isYoung(row)) left.push(row);
    else await settle(desk, row, { state: 'missed', reason: 'late' });
  }
  return left;
}
