/**
 * What a bot asks for at the close of a bar: the trader of the engine, shown the bot's own book.
 *
 * Beside what the rules ask, stops are moved and parts taken of what is held, and orders whose bars are used up are canceled, and positions whose
 * bars are closed, which in a backtest the simulated broker does.
 */
import { assert } from '../assert.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { Signals } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import type { Ask } from './asks.ts';
import { askingDesk, type AskingDesk } from './asking-desk.ts';
import type { BotBook, BotPosition } from './bot-book.ts';
import type { BotTerms } from './bot-terms.ts';
import { barAt } from './protections.ts';
import { moneyOf, type SizingQuote } from './size.ts';
import { tendingOf } from './tending.ts';

export interface DeskMoment {
  readonly terms: BotTerms;
  /** Closed ones; the last is what is decided on. */
  readonly bars: Bars;
  readonly book: BotBook;
  readonly capital: number;
  /** Of the moment, to value what is open. */
  readonly quote: SizingQuote;
}

export interface Moment extends DeskMoment {
  /** On the grid: see `grid-signals.ts`. */
  readonly signals: Signals;
}

export function decide(moment: Moment): readonly Ask[] {
  const { signals, terms, bars, book, quote } = moment;
  assert(signals.length === bars.length && bars.length > 0, 'there is a signal for each bar');
  const { timesMs } = bars;
  const { desk, cancels } = deskAt(moment);
  const late = overdue(signals, book, timesMs);
  const tended = book.positions.flatMap((held) =>
    // What leaves at the next open for its time needs nothing more.
    late.includes(held) ? [] : tendingOf(held, { terms, bars, quote }),
  );
  ruleTrader([signals], terms.settings).onBar(0, bars.length - 1, desk);
  const { fill } = terms.settings;
  // A rule that closes at the close comes before what leaves at the open for its time.
  const timed = late
    .map(({ position }): Ask => ({ t: 'close', position, isTimed: true }))
    .filter((ask) => fill !== 'close' || withoutRepeats([ask], desk.asks).length > 0);
  const ruled = withoutRepeats(desk.asks, fill === 'close' ? tended : [...timed, ...tended]);
  return [...cancels, ...timed, ...tended, ...ruled];
}

export interface DeskAt {
  /** Shows what the bot holds, without orders whose bars are used up. */
  readonly desk: AskingDesk;
  /** Takes those back. */
  readonly cancels: readonly Ask[];
}

/** What was asked at the desk in any order, as the engine takes it: what closes comes first. */
export function askedAt({ desk, cancels }: DeskAt): readonly Ask[] {
  const isEntry = ({ t }: Ask) => t === 'enter';
  const others = desk.asks.filter((ask) => !isEntry(ask));
  return [...cancels, ...others, ...desk.asks.filter(isEntry)];
}

export function deskAt({ terms, bars, book, capital, quote }: DeskMoment): DeskAt {
  const { timesMs } = bars;
  const lapsed = lapsedOrders(book, timesMs);
  const working = book.orders.filter(({ order }) => !lapsed.includes(order));
  const left = { ...book, orders: working };
  const money = moneyOf({ terms, book, capital, quote });
  return {
    desk: askingDesk({ book: left, terms, timesMs, quote, money }),
    cancels: lapsed.map((order): Ask => ({ t: 'cancel', order })),
  };
}

/** A position that is closed whole by others already is not closed once more. */
function withoutRepeats(asks: readonly Ask[], others: readonly Ask[]): readonly Ask[] {
  const leaving = new Set(
    others.flatMap((ask) => (ask.t === 'close' && ask.lots === undefined ? [ask.position] : [])),
  );
  return asks.filter((ask) => ask.t !== 'close' || !leaving.has(ask.position));
}

function lapsedOrders({ orders }: BotBook, timesMs: Float64Array): readonly string[] {
  const bar = timesMs.length - 1;
  return orders
    .filter(({ barMs, expiryBars }) => barAt(timesMs, barMs) + expiryBars <= bar)
    .map(({ order }) => order);
}

/** Positions that are to be closed at the next open for their time. */
function overdue(
  { plan }: Signals,
  { positions }: BotBook,
  timesMs: Float64Array,
): readonly BotPosition[] {
  const after = plan?.exitAfterBars ?? null;
  if (after === null) return [];
  return positions.filter(({ entryBarMs }) => barAt(timesMs, entryBarMs) + after <= timesMs.length);
}
