/** The close of a bar and the open of the next: what a bot decides there, and sees through. */
import type { Ask, EntryAsk } from '#core/automation/asks.ts';
import { waitsForOpen } from '#core/automation/asks.ts';
import { barsOf } from '#core/automation/bar-builder.ts';
import { asPlaced, closedFor, isMet, mayOpen } from '#core/automation/entry-steps.ts';
import { gridOf } from '#core/automation/bot-terms.ts';
import { judge, type Judged } from '#core/automation/protections.ts';
import { upkeep } from '#core/automation/upkeep.ts';
import type { Failure } from '#core/errors.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Zone } from '#core/market/zone.ts';
import type { Brain } from './brain.ts';
import { readBotBook, type HeldBook } from './bot-book.ts';
import type { WatchedBar } from './bot-rows.ts';
import { floatingMoney, sendOrder, type BotDesk } from './bot-desk.ts';
import { changeOrder, planOrder, type BotOrderRow, type PlannedOrder } from './bot-orders.ts';

export interface Deciding extends BotDesk {
  readonly brain: Brain;
  /** The broker's. */
  clock(): Zone;
  /** Exits go on, nothing is entered. */
  isPaused(): boolean;
  /** Reads anew what a trader did with it; false where it is to decide on nothing any more. */
  stillWatches(): Promise<boolean>;
  /** When something of the account may have changed, or a while has passed. */
  news(): Promise<void>;
  /** The session is over: whoever holds the terminal next goes on. */
  isOver(): boolean;
}

const mostWaitMs = 5_000;
/** Room in a bar's numbers for what is asked beside what the strategy asks. */
const besideFrom = 1_000;

export const bookOf = (run: Deciding): Promise<HeldBook> =>
  readBotBook(run.database, run.bot, run.clock());

/** The book once nothing sudden is under way; null where that does not come about. */
export async function settledBook(run: Deciding): Promise<HeldBook | null> {
  const untilMs = run.now() + mostWaitMs;
  for (;;) {
    const book = await bookOf(run);
    if (isSettled(book)) return book;
    if (run.now() > untilMs || run.isOver()) return null;
    await run.news();
  }
}

/** What is held is known, and nothing that changes it at once is under way. */
function isSettled({ unseen, open }: HeldBook): boolean {
  return unseen === 0 && !open.some(({ isSudden }) => isSudden);
}

export type Closed =
  | { readonly t: 'unsettled' }
  /** Nobody could decide on it in time, or somebody else has. */
  | { readonly t: 'late' }
  /** A trader ended it meanwhile. */
  | { readonly t: 'over' }
  | { readonly t: 'failed'; readonly failure: Failure }
  /** A protection ends it for good. */
  | { readonly t: 'stop'; readonly by: Judged['by'] }
  | {
      readonly t: 'asked' | 'nothing';
      readonly waiting: boolean;
      /** That the strategy has open at once; null = as many as its settings let. */
      readonly maxPositions: number | null;
    };

/** Decides on the last of the bars, keeps what is asked and sends what need not wait. */
export async function decideOnClose(
  run: Deciding,
  rows: readonly WatchedBar[],
  quote: Quote,
): Promise<Closed> {
  const { setup, terms } = run;
  const { capital } = setup;
  const book = await settledBook(run);
  if (!book) return { t: 'unsettled' };
  const bars = barsOf(rows, terms.digits);
  const floating = floatingMoney(terms, book, quote);
  const facts = { trips: book.trips, timesMs: bars.timesMs, capital, floating };
  const judged = judge(setup.protections, facts);
  if (judged && judged.leftBars === null) return { t: 'stop', by: judged.by };
  const thought = await run.brain.think({ rows, bars, book, quote, terms, capital });
  if (!thought.ok) return { t: 'failed', failure: thought.error };
  if (!thought.value) return { t: 'late' };
  // Code takes its time, and what was ended or paused meanwhile is.
  if (!(await run.stillWatches())) return { t: 'over' };
  const { asks, maxPositions, lines } = thought.value;
  const written = lines.map(
    (text) => ({ level: 'info', name: 'code-line', detail: { text } }) as const,
  );
  await run.tell(...written);
  const barMs = bars.timesMs[bars.length - 1]!;
  const forbidden = run.isPaused() ? 'paused' : judged && `protection.${judged.by}`;
  const plans = plansOf(asks, { barMs, quote, fill: terms.settings.fill, forbidden });
  const planned: BotOrderRow[] = [];
  for (const plan of plans) {
    planned.push(await planOrder(run.database, run.bot, plan, run.now()));
  }
  if (forbidden && plans.some(({ state }) => state === 'refused')) {
    const detail = { by: forbidden, bars: judged?.leftBars ?? 0 };
    await run.tell({ level: 'info', name: 'entry-held-back', detail });
  }
  for (const row of planned) {
    if (row.state === 'planned' || row.state === 'sending') await sendOrder(run, row, book);
  }
  const waiting = planned.some(({ state }) => state === 'waiting');
  return { t: plans.length > 0 ? 'asked' : 'nothing', waiting, maxPositions };
}

interface Planning {
  readonly barMs: number;
  readonly quote: Quote;
  readonly fill: 'nextOpen' | 'close';
  /** Why nothing may be entered; null = it may. */
  readonly forbidden: string | null;
}

/** A request a row, in the order asked; two entries that cancel each other are one. */
function plansOf(asks: readonly Ask[], planning: Planning): readonly PlannedOrder[] {
  const plans: PlannedOrder[] = [];
  const done = new Set<Ask>();
  for (const ask of asks) {
    if (done.has(ask)) continue;
    const together = ask.t === 'enter' && ask.group !== null ? groupOf(asks, ask) : [ask];
    for (const each of together) done.add(each);
    plans.push(planOf(together, plans.length, planning));
  }
  return plans;
}

const groupOf = (asks: readonly Ask[], first: EntryAsk): readonly Ask[] =>
  asks.filter((ask) => ask.t === 'enter' && ask.group === first.group);

function planOf(asks: readonly Ask[], n: number, planning: Planning): PlannedOrder {
  const { barMs, quote, fill, forbidden } = planning;
  const isEntry = asks.some(({ t }) => t === 'enter');
  if (isEntry && forbidden) return { barMs, n, asks, state: 'refused', reason: forbidden };
  const waits = asks.some((ask) => waitsForOpen(ask, fill) || isMetEntry(ask, quote));
  return { barMs, n, asks, state: waits ? 'waiting' : 'planned' };
}

/** A pending order whose price is met would fill at once: a backtest fills it at the open. */
function isMetEntry(ask: Ask, quote: Quote): boolean {
  return ask.t === 'enter' && ask.kind !== 'market' && isMet(ask, quote);
}

/** At the first price of the next bar: closes first, then, once these are filled, entries. */
export async function actOnOpen(run: Deciding, rows: readonly BotOrderRow[]): Promise<void> {
  const first = await bookOf(run);
  const isEntry = ({ asks }: BotOrderRow) => asks.some(({ t }) => t === 'enter');
  for (const row of rows) if (!isEntry(row)) await sendOrder(run, row, first);
  const entries = rows.filter(isEntry);
  for (const row of entries) await enterOnOpen(run, row);
}

async function enterOnOpen(run: Deciding, row: BotOrderRow): Promise<void> {
  const { terms, database, bot } = run;
  const drop = (reason: string) =>
    changeOrder(database, bot, row.requestId, { state: 'missed', reason });
  const before = await settledBook(run);
  const quote = run.quote();
  if (!before || !quote) return void (await drop(before ? 'no-price' : 'fate-open'));
  const asks = row.asks.map((ask) =>
    ask.t === 'enter' ? asPlaced(ask, quote, gridOf(terms)) : ask,
  );
  const [entry] = asks;
  const isMarket = entry?.t === 'enter' && entry.kind === 'market';
  const closed = isMarket ? closedFor(entry, before, terms.settings) : [];
  for (const [k, { position }] of closed.entries()) {
    await sendBeside(run, row, k, { t: 'close', position });
  }
  const book = closed.length > 0 ? await settledBook(run) : before;
  if (!book) return void (await drop('fate-open'));
  if (isMarket && !mayOpen(entry, book, terms.settings)) {
    return void (await changeOrder(database, bot, row.requestId, { state: 'dropped' }));
  }
  // Of two that cancel each other the one that is met already is all that is wanted.
  const met = asks.filter((ask) => ask.t === 'enter' && ask.kind === 'market');
  const sent = asks.length > 1 && met.length > 0 ? met.slice(0, 1) : asks;
  await sendOrder(run, { ...row, asks: sent }, book);
}

async function sendBeside(run: Deciding, row: BotOrderRow, k: number, ask: Ask): Promise<void> {
  const n = besideFrom * (row.n + 1) + k;
  const plan = { barMs: row.barMs, n, asks: [ask], state: 'planned' as const };
  const planned = await planOrder(run.database, run.bot, plan, run.now());
  if (planned.state === 'planned') await sendOrder(run, planned, await bookOf(run));
}

/**
 * What the engine's broker does by itself after a fill; once a position or order and bar. False
 * where it is not known yet what is held: it is still to be done.
 */
export async function keepUp(
  run: Deciding,
  barMs: number,
  maxPositions: number | null,
): Promise<boolean> {
  const book = await bookOf(run);
  if (!isSettled(book)) return false;
  for (const ask of upkeep(book, run.terms.settings, maxPositions)) {
    if (ask.t === 'enter') continue;
    const ticket = ask.t === 'cancel' ? ask.order : ask.position;
    const n = besideFrom * besideFrom + ticketNumber(ticket);
    const plan = { barMs, n, asks: [ask], state: 'planned' as const };
    const planned = await planOrder(run.database, run.bot, plan, run.now());
    if (planned.state === 'planned') await sendOrder(run, planned, book);
  }
  return true;
}

/** A number of its own for each ticket, whatever text it is. */
function ticketNumber(ticket: string): number {
  let hash = 7;
  for (const character of ticket) hash = (hash * 31 + character.charCodeAt(0)) % 2_147_483_647;
  return hash;
}
