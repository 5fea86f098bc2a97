/**
 * What a bot asks for at the close of a bar: the trader of the engine, shown the bot's own book.
 *
 * Beside what the rules ask, orders whose bars are used up are canceled, and positions whose
 * bars are closed, which in a backtest the simulated broker does.
 */
import { assert } from '../assert.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { Signals } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import type { Ask } from './asks.ts';
import { askingDesk } from './asking-desk.ts';
import type { BotBook } from './bot-book.ts';
import type { BotTerms } from './bot-terms.ts';
import { barAt } from './protections.ts';
import { moneyOf, type SizingQuote } from './size.ts';

export interface Moment {
  /** On the grid: see `grid-signals.ts`. */
  readonly signals: Signals;
  readonly terms: BotTerms;
  /** Closed ones; the last is what is decided on. */
  readonly bars: Bars;
  readonly book: BotBook;
  readonly capital: number;
  /** Of the moment, to value what is open. */
  readonly quote: SizingQuote;
}

export function decide({ signals, terms, bars, book, capital, quote }: Moment): readonly Ask[] {
  assert(signals.length === bars.length && bars.length > 0, 'there is a signal for each bar');
  const { timesMs } = bars;
  const bar = bars.length - 1;
  const lapsed = lapsedOrders(book, timesMs);
  const working = book.orders.filter(({ order }) => !lapsed.includes(order));
  const left = { ...book, orders: working };
  const money = moneyOf({ terms, book, capital, quote });
  const desk = askingDesk({ book: left, terms, timesMs, money });
  for (const id of overdue(signals, book, timesMs)) desk.close(id);
  ruleTrader([signals], terms.settings).onBar(0, bar, desk);
  const cancels = lapsed.map((order): Ask => ({ t: 'cancel', order }));
  return [...cancels, ...desk.asks];
}

function lapsedOrders({ orders }: BotBook, timesMs: Float64Array): readonly string[] {
  const bar = timesMs.length - 1;
  return orders
    .filter(({ barMs, expiryBars }) => barAt(timesMs, barMs) + expiryBars <= bar)
    .map(({ order }) => order);
}

/** Indices of positions that are to be closed at the next open for their time. */
function overdue({ plan }: Signals, { positions }: BotBook, timesMs: Float64Array): number[] {
  const after = plan?.exitAfterBars ?? null;
  if (after === null) return [];
  return positions.flatMap(({ entryMs }, k) =>
    barAt(timesMs, entryMs) + after <= timesMs.length ? [k] : [],
  );
}
