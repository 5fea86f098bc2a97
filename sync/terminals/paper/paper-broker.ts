/**
 * The paper broker: MetaTrader 5's trade server in memory, the same answer to the same history.
 *
 * It has no clock and no randomness but a seed: it is told what time it is and what the prices
 * are, and asked to trade. What it knows is plain JSON. Positions are keyed by an identifier that
 * stays; tickets can change. What a second position of a symbol means, `terms.mode` says.
 */
import type { BrokerAccount, Deal, Position, WorkingOrder } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { DealCursor, FoundOrder } from '#core/broker/messages.ts';
import { draw } from '#core/execution/broker/slippage.ts';
import type { EndedOrder, PaperBook, PaperQuote, TradeEvent } from './paper-book.ts';
import { fillRests } from './paper-deal-trades.ts';
import { deposit } from './paper-deals.ts';
import { advance } from './paper-hours.ts';
import { snapPrice, toMinor } from './paper-money.ts';
import { fillWaitingTargets, moveTo, type Way } from './paper-moves.ts';
import { findByMagic } from './paper-orders.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import type { PaperTerms } from './paper-terms.ts';
import { trade } from './paper-trades.ts';
import { dealsAfter, forget, endedIndex, type DealPage } from './paper-history.ts';
import { showAccount, showInstrument, showOrder, showPosition } from './paper-views.ts';
import type { TerminalResult, TerminalTrade } from './terminal-trade.ts';

export interface PaperSetup {
  readonly login: string;
  readonly serverMs: number;
  readonly balance: number;
  readonly terms: PaperTerms;
  readonly symbols: readonly PaperSymbol[];
}

/** One step of a price: a tick, or a leg of the way through a bar. */
export interface PaperStep extends PaperQuote {
  /** `jump`: what it passed fills at the quote; `walk`: at the levels themselves. */
  readonly way: 'jump' | 'walk';
  /** At a bar's open: targets that it opened beyond wait for the end of the first leg. */
  readonly targetsWait?: boolean;
  /** The end of the first leg. */
  readonly settlesTargets?: boolean;
}

export interface PaperBroker {
  /** Time goes on, of the broker's server and, where it has its own, of the market. */
  at(serverMs: number, marketMs?: number): void;
  /** The market has another clock from now on; nothing is charged for the leap. */
  beginMarket(marketMs: number): void;
  /** Prices jump to these. */
  tick(quotes: readonly PaperQuote[], serverMs: number, marketMs?: number): void;
  step(step: PaperStep): void;
  account(): BrokerAccount;
  instruments(): readonly Instrument[];
  quote(symbol: string): (PaperQuote & { readonly serverMs: number }) | null;
  positions(): readonly Position[];
  orders(): readonly WorkingOrder[];
  historyOrders(): readonly EndedOrder[];
  deals(): readonly Deal[];
  dealsAfter(cursor: DealCursor, limit: number): DealPage;
  find(magic: string): FoundOrder | null;
  trade(request: TerminalTrade): TerminalResult;
  /** What happened since they were last taken. */
  takeEvents(): readonly TradeEvent[];
  /** Lets deals and orders go that ended before, but for the newest `keep`. */
  forget(untilServerMs: number, keep: number): void;
  /** What is traded from now on; symbols of which something is held stay. */
  offer(symbols: readonly PaperSymbol[]): void;
  symbols(): readonly PaperSymbol[];
  readonly serverMs: number;
  readonly marketMs: number;
  readonly terms: PaperTerms;
  /** All that it knows, as JSON; a book that is opened anew from it goes on the same. */
  text(): string;
  /** Own copy of it. */
  save(): PaperBook;
}

export function openPaperBroker(from: PaperBook | PaperSetup): PaperBroker {
  const book = 'version' in from ? structuredClone(from) : newBook(from);
  const index = endedIndex();
  const step = (to: PaperStep) => {
    const way: Way = { isJump: to.way === 'jump', targetsWait: to.targetsWait ?? false };
    moveTo(book, { symbol: to.symbol, bid: to.bid, ask: to.ask }, way);
    if (to.settlesTargets) fillWaitingTargets(book, to.symbol);
    fillRests(book, to.symbol);
  };
  const at = (serverMs: number, marketMs = serverMs) => advance(book, serverMs, marketMs);
  return {
    at,
    beginMarket(marketMs) {
      book.marketMs = marketMs;
    },
    tick(quotes, serverMs, marketMs) {
      at(serverMs, marketMs);
      for (const { symbol, bid, ask } of quotes) step({ symbol, bid, ask, way: 'jump' });
    },
    step,
    account: () => showAccount(book),
    instruments: () => book.symbols.map((symbol) => showInstrument(book, symbol)),
    quote(symbol) {
      const held = book.quotes[symbol];
      return held ? { symbol, bid: held.bid, ask: held.ask, serverMs: held.serverMs } : null;
    },
    positions: () => book.positions.map((held) => showPosition(book, held)),
    orders: () => book.orders.map((order) => showOrder(book, order)),
    historyOrders: () => book.ended,
    deals: () => book.deals,
    dealsAfter: (cursor, limit) => dealsAfter(book, cursor, limit),
    find: (magic) => findByMagic(book, magic, index),
    trade: (request) => trade(book, request),
    takeEvents: () => takeEvents(book),
    forget: (untilServerMs, keep) => forget(book, { untilServerMs, keep }, index),
    offer(symbols) {
      const isHeld = ({ symbol }: PaperSymbol) =>
        [...book.positions, ...book.orders].some((each) => each.symbol === symbol);
      const left = book.symbols.filter(
        (each) => isHeld(each) && !symbols.some(({ symbol }) => symbol === each.symbol),
      );
      book.symbols = [...symbols, ...left];
    },
    symbols: () => book.symbols,
    get serverMs() {
      return book.serverMs;
    },
    get marketMs() {
      return book.marketMs;
    },
    terms: book.terms,
    text: () => JSON.stringify(book),
    // Faster than a structured clone, and what is kept is JSON anyway.
    save: () => JSON.parse(JSON.stringify(book)) as PaperBook,
  };
}

function newBook({ login, serverMs, balance, terms, symbols }: PaperSetup): PaperBook {
  const book: PaperBook = {
    version: 1,
    login,
    terms,
    symbols,
    serverMs,
    marketMs: serverMs,
    lastTicket: 1_000,
    balanceMinor: 0,
    positions: [],
    orders: [],
    quotes: {},
    deals: [],
    ended: [],
    events: [],
    forgotten: { deals: 0, minor: 0 },
  };
  deposit(book, toMinor(balance));
  return book;
}

function takeEvents(book: PaperBook): readonly TradeEvent[] {
  const events = book.events.splice(0);
  if (!book.terms.shufflesEvents) return events;
  const keyed = events.map((event, k) => ({
    event,
    key: draw(book.terms.seed, k, book.lastTicket),
  }));
  return keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
}

/** The first quotes of symbols that have none: half the spread either side of where they begin. */
export function firstQuotes(symbols: readonly PaperSymbol[]): readonly PaperQuote[] {
  return symbols.map((symbol) => {
    const half = (symbol.spreadPoints / 2) * 10 ** -symbol.digits;
    const { firstPrice } = symbol;
    return {
      symbol: symbol.symbol,
      bid: snapPrice(symbol, firstPrice - half),
      ask: snapPrice(symbol, firstPrice + half),
    };
  });
}
