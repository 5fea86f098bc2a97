/** What a desk does with each thing that its connector says. */
import type { BrokerAccount, Deal } from '#core/broker/book.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { ConnectorMessage, DealCursor } from '#core/broker/messages.ts';
import { takeAccount, takeBook } from './book-intake.ts';
import { askedAfter, later, rebuildPositions, takeDeals } from './deal-intake.ts';
import { lookEachMs, type DeskWork } from './desk-work.ts';
import { isCommandNews, takeNews } from './intake.ts';
import type { OrderTx } from './order-store.ts';
import { conclude, takeFates, unshown, unsure } from './reconciliation.ts';
import { bookOf, changedBook, isSame, type Delta, type Snapshot } from './terminal-book.ts';

type Heard<T extends ConnectorMessage['t']> = Extract<ConnectorMessage, { readonly t: T }>;

export interface DeskHearing {
  /** One message, or several news of commands. */
  take(messages: readonly ConnectorMessage[]): Promise<void>;
  beat(beat: Heard<'beat'>): void;
  quotes(quotes: Heard<'quotes'>['quotes']): void;
  /** Says which symbols are wished, where that has changed. */
  subscribe(): void;
}

/** A broker with no more symbols than this sends all of their prices. */
const fewSymbols = 40;
const mostSymbols = 200;
/** A look that was not whole is taken again after this. */
const brokenAgainMs = 5_000;

export function deskHearing(desk: DeskWork): DeskHearing {
  return {
    async take(messages) {
      const [first] = messages;
      if (!first) return;
      if (isCommandNews(first)) await news(desk, messages.filter(isCommandNews));
      else await takeOne(desk, first);
    },
    beat: (beat) => hearBeat(desk, beat),
    quotes: (quotes) => hearQuotes(desk, quotes),
    subscribe: () => subscribe(desk),
  };
}

async function takeOne(desk: DeskWork, message: ConnectorMessage): Promise<void> {
  switch (message.t) {
    case 'account':
      await desk.within((tx, nowMs) => accountIn(desk, tx, message.account, nowMs));
      return;
    case 'symbols':
      await desk.within((tx) => tx.saveInstruments(message.instruments));
      desk.state.symbols = message.instruments.map(({ symbol }) => symbol);
      subscribe(desk);
      return;
    case 'snapshot':
      return snapshot(desk, message);
    case 'delta':
      return delta(desk, message);
    case 'fates':
      return fates(desk, message);
    case 'deals':
      return deals(desk, message);
  }
}

async function accountIn(
  { state, finish }: DeskWork,
  tx: OrderTx,
  account: BrokerAccount,
  nowMs: number,
): Promise<boolean> {
  const isOwn = await takeAccount(tx, account, state.equity, nowMs);
  if (!isOwn) finish('other-account');
  return isOwn;
}

async function news(desk: DeskWork, messages: Parameters<typeof takeNews>[1]): Promise<void> {
  const { look, book } = desk.state;
  const ended = messages.filter(({ t }) => t === 'result').map(({ id }) => id);
  const asked = await desk.within(async (tx, nowMs) => {
    await takeNews(tx, messages, nowMs);
    const questions = book && ended.length > 0 ? await unshown(tx, ended, book) : [];
    return { questions, cursor: askedAfter(tx.account.dealCursor) };
  });
  if (asked && ended.length > 0) {
    look.askDeals(asked.cursor);
    look.askFates(asked.questions);
  }
  desk.wish();
}

async function snapshot(desk: DeskWork, message: Snapshot): Promise<void> {
  const { state } = desk;
  const book = bookOf(message);
  const isOwn = await desk.within(async (tx, nowMs) => {
    if (!(await accountIn(desk, tx, message.account, nowMs))) return false;
    await takeBook(tx, message.positions, message.orders, nowMs);
    return true;
  });
  if (!isOwn) return;
  const isTrue = isSame(book, message.hash);
  if (!isTrue) desk.options.log.warn('fingerprint-differs', { of: 'snapshot' });
  // Of a terminal without its broker what is missing may only not be loaded yet.
  if (message.isConnected) state.book = book;
  state.look.snapshotAnswered(message.isConnected && isTrue);
  await finishLook(desk);
  desk.wish();
}

async function delta(desk: DeskWork, message: Delta): Promise<void> {
  const { state, send } = desk;
  const before = state.book;
  const book = before && changedBook(before, message);
  const asked = await desk.within(async (tx, nowMs) => {
    if (!(await accountIn(desk, tx, message.account, nowMs))) return null;
    await takeBook(tx, message.positions, message.orders, nowMs);
    for (const order of message.endedOrders) await tx.removeOrder(order);
    // What ended at once was in no book: a market order of which only a part was filled.
    const questions = await unsure(tx, book, nowMs);
    return { questions, cursor: askedAfter(tx.account.dealCursor) };
  });
  if (!asked) return;
  state.book = book;
  for (const position of message.closedPositions) state.look.touched.add(position);
  if (book && !isSame(book, message.hash)) {
    desk.options.log.info('fingerprint-differs', { of: 'delta' });
    // What is missing may have ended: its deals and its fate are asked for as well.
    if (state.look.parts) state.isLookWished = true;
    else state.lookDueMs = desk.options.clock.nowMs();
  } else if (!book && state.look.parts === null) send({ t: 'snapshot' });
  state.look.askDeals(asked.cursor);
  state.look.askFates(asked.questions);
  desk.wish();
}

async function fates(desk: DeskWork, message: Heard<'fates'>): Promise<void> {
  const { look, book } = desk.state;
  const isAwaited = look.isAwaited('fates', message.request);
  const asked = await desk.within(async (tx, nowMs) => {
    await takeFates(tx, message, nowMs);
    const isMoreWished = isAwaited && look.areFatesWished;
    const questions = isMoreWished ? await unsure(tx, book, nowMs) : [];
    return { questions, cursor: askedAfter(tx.account.dealCursor) };
  });
  if (!asked) return;
  if (!message.isWhole) lookAgain(desk);
  if (isAwaited) look.fatesAnswered(message.isWhole);
  look.askFates(asked.questions);
  if (message.fates.some(({ found, result }) => found ?? result)) look.askDeals(asked.cursor);
  await finishLook(desk);
  desk.wish();
}

async function deals(desk: DeskWork, message: Heard<'deals'>): Promise<void> {
  const { state } = desk;
  const { look } = state;
  const isAwaited = look.isAwaited('deals', message.request);
  const end = message.deals.reduce<DealCursor | null>(
    (last, deal) => (last ? later(last, cursorOf(deal)) : cursorOf(deal)),
    null,
  );
  // A page without an end could be asked for for ever.
  const hasMore = message.hasMore && end !== null;
  const isWhole = message.isWhole && message.hasMore === hasMore;
  const asked = await desk.within(async (tx, nowMs) => {
    const touched = await takeDeals(tx, message.deals, nowMs);
    for (const position of touched) look.touched.add(position);
    const next = end ? later(tx.account.dealCursor, end) : tx.account.dealCursor;
    if (message.isWhole && end) await tx.saveAccount({ dealCursor: next });
    if (isAwaited && !hasMore && isWhole) {
      const isShown = (position: string) => state.book?.positions.has(position) ?? true;
      await rebuildPositions(tx, look.touched, isShown);
      look.touched.clear();
    }
    // What was filled in part may be over with it.
    const questions = touched.size > 0 ? await unsure(tx, state.book, nowMs) : [];
    return { questions, cursor: askedAfter(next) };
  });
  if (!asked) return;
  if (!isWhole) lookAgain(desk);
  look.askFates(asked.questions);
  if (isAwaited && hasMore && end) look.nextPage(end);
  else if (isAwaited && !look.dealsAnswered(isWhole, asked.cursor)) await finishLook(desk);
  desk.wish();
}

/** Of a terminal that is away for less than a beat nothing else tells. */
function lookAgain({ state, options }: DeskWork): void {
  const againMs = options.clock.nowMs() + brokenAgainMs;
  if (state.lookDueMs !== null) state.lookDueMs = Math.min(state.lookDueMs, againMs);
}

const cursorOf = ({ serverMs, deal }: Deal): DealCursor => ({ serverMs, deal });

async function finishLook({ state, within, options, wish }: DeskWork): Promise<void> {
  const finished = state.look.finished();
  const { book } = state;
  if (!finished || !book) {
    if (finished) state.lookDueMs = options.clock.nowMs() + brokenAgainMs;
    return;
  }
  const { begunMs } = finished;
  const isWhole = finished.isWhole && state.beat?.isConnected === true;
  const outcome = await within(async (tx, nowMs) => ({
    ...(await conclude(tx, { book, isWhole, begunMs, nowMs })),
    nowMs,
  }));
  if (!outcome) return;
  state.look.askFates(outcome.questions);
  const nextMs = isWhole ? lookEachMs : brokenAgainMs;
  const usualMs = state.isLookWished ? 0 : nextMs;
  state.lookDueMs = outcome.nowMs + Math.min(outcome.againMs ?? Infinity, usualMs);
  const counts = { positions: book.positions.size, orders: book.orders.size };
  if (isWhole) options.log.info('reconciled', counts);
  wish();
}

function hearBeat({ state, options, wish }: DeskWork, beat: Heard<'beat'>): void {
  const heardMs = options.clock.nowMs();
  const before = state.beat;
  const { monotonicMs, isConnected, dropped } = beat;
  state.beat = { monotonicMs, heardMs, isConnected };
  const isBack = isConnected && before?.isConnected !== true;
  const hasLost = dropped > state.dropped;
  state.dropped = dropped;
  if (isBack || hasLost) state.lookDueMs = heardMs;
  const wasSilent = before !== null && heardMs - before.heardMs > 10_000;
  if (isBack || hasLost || wasSilent) wish();
}

function hearQuotes({ state, options, wish }: DeskWork, given: Heard<'quotes'>['quotes']): void {
  const timeMs = options.clock.nowMs();
  const quotes = given.map(([symbol, bid, ask]): Quote => ({ symbol, bid, ask, timeMs }));
  for (const quote of quotes) options.quotes.put(options.accountId, quote);
  options.onChange({ t: 'quotes', quotes });
  const due = state.trails.due(quotes, timeMs);
  for (const position of due) state.stopsDue.add(position);
  if (due.length > 0) wish();
}

function subscribe({ state, send }: DeskWork): void {
  const { book, symbols, looked } = state;
  const held = [...(book?.positions.values() ?? []), ...(book?.orders.values() ?? [])];
  const few = symbols !== null && symbols.length <= fewSymbols ? symbols : [];
  const needed = [...state.trails.symbols, ...held.map(({ symbol }) => symbol), ...looked, ...few];
  const known = symbols === null ? null : new Set(symbols);
  const wished = [...new Set(needed)]
    .filter((symbol) => known?.has(symbol) ?? true)
    .slice(0, mostSymbols)
    .sort();
  const key = wished.join('\n');
  if (key === state.subscribed) return;
  state.subscribed = key;
  send({ t: 'subscribe', symbols: wished });
}
