/** What the broker keeps while a run goes on: the account, its markets, positions and orders. */
import { assert } from '../../assert.ts';
import { DAY_MS, inferTimeframe, timeframeMs } from '../../market/timeframe.ts';
import type { Market, OpenPosition, OrderRequest, Side, WorkingOrder } from '../order-desk.ts';
import type { LevelGrid } from '../level-grid.ts';
import type { ExitReason } from '../outcome.ts';
import type { RunSettings } from '../settings.ts';
import {
  fromBars,
  fromInnerBars,
  fromTicks,
  pointOf,
  type Quotes,
  type TickQuotes,
} from './quotes.ts';
import { createTripLog, type TripLog } from './trip-log.ts';

/** An open position; levels are prices, NaN = none. */
export interface Position extends OpenPosition {
  units: number;
  entryPrice: number;
  stop: number;
  target: number;
  /** Index of the timeline. */
  readonly entryStep: number;
  /** Money paid for what is still open. */
  entryCommission: number;
  /** Money that slippage took of what is still open. */
  entrySlippage: number;
  /** Money so far, of what is still open. */
  swap: number;
  /** Fills that added to it. */
  entries: number;
  care: Care | null;
  /** What of its management is done at closes alone: see `care-at-close.ts`. */
  careAtClose: Care | null;
  /** The best bid of the closes and bars that it was cared for at; NaN = none yet. */
  best: number;
  /** What a hit of the stop is called: who moved it last. */
  stopReason: 'stop' | 'trail' | 'breakEven';
  /** Where a target that the bar opened beyond will fill once the path has turned; NaN = none. */
  waitingTarget: number;
}

/** A position's management with every distance in price units. */
export interface Care {
  readonly trailing: {
    readonly distance: number;
    readonly activation: number;
    readonly lock: number;
  } | null;
  readonly breakEven: { readonly activation: number; readonly lock: number } | null;
  /** Price and units of each part, the nearest first; those taken are removed. */
  readonly partials: Part[];
  /** Index into the bars of the market. */
  readonly exitBar: number;
}

export interface Part {
  readonly level: number;
  readonly units: number;
  /** As a position's `waitingTarget`. */
  waiting: number;
}

export interface Order extends WorkingOrder {
  /** A stop-limit order whose trigger was touched, now a limit order. */
  triggered: boolean;
  /** Price stood beyond it when it was asked for: a bot places it at the next open, if not met. */
  isMet: boolean;
  /** The first and the last bar of its market on which it works. */
  readonly firstBar: number;
  readonly lastBar: number;
}

/** Levels to give a position, as the desk takes them. */
export interface LevelMove {
  readonly position: Position;
  readonly stop?: number | undefined;
  readonly target?: number | undefined;
}

export interface QueuedClose {
  readonly position: Position;
  readonly units: number;
  readonly reason: ExitReason;
}

export interface MarketState {
  readonly index: number;
  readonly market: Market;
  readonly quotes: Quotes;
  /** What moves inside the bars where the settings ask for it; one of the two at most. */
  readonly innerBars: { readonly quotes: Quotes; readonly firstOf: Int32Array } | null;
  readonly ticks: { readonly quotes: TickQuotes; readonly firstOf: Int32Array } | null;
  /** One point of the last digit, in price units. */
  readonly point: number;
  /** How long a bar lasts, in milliseconds; Infinity = until the next one, whenever that is. */
  readonly barMs: number;
  /** The bar that is under way or was last; −1 before the first. */
  bar: number;
  /** The bar is opened and not yet closed. */
  open: boolean;
  /** The quotes now. */
  bid: number;
  ask: number;
  /** What the bar under way holds, once it is walked; NaN on ticks, which hold no doubt. */
  range: Range;
  orders: Order[];
  closes: QueuedClose[];
  /** Asked for while a bar was under way, from another market: they act from the next bar on. */
  moves: LevelMove[];
  /** Time of the next rollover, in milliseconds. */
  rolloverMs: number;
}

export interface Range {
  lowBid: number;
  highBid: number;
  lowAsk: number;
  highAsk: number;
}

/** Whether stops move and parts are taken wherever price goes, or once each bar has closed. */
export type CareTime = 'inside' | 'atClose';

export interface Broker {
  readonly settings: RunSettings;
  readonly care: CareTime;
  /** Levels are taken there alone; null = anywhere. */
  readonly grid: LevelGrid | null;
  readonly markets: readonly MarketState[];
  /** In the order in which they opened. */
  readonly positions: Position[];
  readonly log: TripLog;
  cash: number;
  commissions: number;
  droppedEntries: number;
  /** Index of the timeline. */
  step: number;
  lastId: number;
}

export function createBroker(
  markets: readonly Market[],
  settings: RunSettings,
  { care, grid }: Pick<Broker, 'care' | 'grid'>,
): Broker {
  return {
    ...{ settings, care, grid },
    markets: markets.map((market, index) => createMarket(market, index, settings)),
    positions: [],
    log: createTripLog(),
    cash: settings.cash,
    commissions: 0,
    droppedEntries: 0,
    step: 0,
    lastId: 0,
  };
}

function createMarket(market: Market, index: number, settings: RunSettings): MarketState {
  const { bars, inner } = market;
  const asked = settings.path;
  const innerBars =
    asked === 'lowerTimeframe' && inner?.kind === 'bars'
      ? { quotes: fromInnerBars(inner, bars, settings.spread), firstOf: inner.firstOf }
      : null;
  const ticks =
    asked === 'ticks' && inner?.kind === 'ticks'
      ? { quotes: fromTicks(inner, bars, settings.spread), firstOf: inner.firstOf }
      : null;
  assert(!inner || inner.firstOf.length === bars.length + 1, 'every bar has its inner prices');
  return {
    index,
    market,
    quotes: fromBars(bars, settings.spread),
    innerBars,
    ticks,
    point: pointOf(bars),
    barMs: timeframeMs(inferTimeframe(bars.timesMs) ?? '') ?? Infinity,
    bar: -1,
    open: false,
    bid: NaN,
    ask: NaN,
    range: { lowBid: NaN, highBid: NaN, lowAsk: NaN, highAsk: NaN },
    orders: [],
    closes: [],
    moves: [],
    rolloverMs: NaN,
  };
}

/** When the bar is known in full: when the next one opens at the latest. */
export function closeMs({ market, barMs }: MarketState, bar: number): number {
  const { timesMs } = market.bars;
  const next = bar + 1 < timesMs.length ? timesMs[bar + 1]! : Infinity;
  const isNeighbour = next - timesMs[bar]! <= barMs + longerByMs(barMs);
  return isNeighbour ? next : timesMs[bar]! + barMs;
}

/** With summer time a day can last an hour longer, and a month counts 30 days and can have 31. */
function longerByMs(barMs: number): number {
  if (barMs >= 28 * DAY_MS) return DAY_MS + DAY_MS / 24;
  return barMs >= DAY_MS ? DAY_MS / 24 : 0;
}

/** The quote that closes a position of that side, and values it: the bid for a long. */
export function exitQuote({ bid, ask }: { bid: number; ask: number }, side: Side): number {
  return side === 1 ? bid : ask;
}

/** The quote that opens a position of that side, before the spread in percent. */
export function entryQuote({ bid, ask }: { bid: number; ask: number }, side: Side): number {
  return side === 1 ? ask : bid;
}

export function isPending(order: OrderRequest): boolean {
  return order.kind !== 'market';
}

export function moveLevels({ position, stop, target }: LevelMove): void {
  if (stop !== undefined) {
    position.stop = stop;
    position.stopReason = 'stop';
  }
  if (target !== undefined) position.target = target;
}

/** True when the bar under way is the last and all is closed at its open. */
export function endsHere({ settings }: Broker, { bar, market }: MarketState): boolean {
  return settings.closeAtEnd && bar === market.bars.length - 1;
}
