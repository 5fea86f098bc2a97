/**
 * The broker: what a run means, one event after another, in the plainest code.
 *
 * A run is a timeline of steps, one for each open time of a bar on any market. At a step:
 *
 * A. Every market that opens a bar at this time, in the order of the markets:
 *    1. `fill: close` only: what the strategy asked for fills at the close of the bar before.
 *    2. Swap of the rollovers since that bar, on what was open at each.
 *    3. The quotes become the open's. Positions whose time is up close there.
 *    4. `fill: nextOpen`: what the strategy asked for fills at the open.
 *    5. The jump to the open is met: stops, targets and pending orders that it reached or passed
 *       fill at it.
 *    In 1 and 4 closes fill first, then market orders, each in the order in which they were asked
 *    for. An entry that meets an open position does what `positions` says; under `exclusive` it
 *    first closes all of its market.
 * B. Every market whose bar ends before the next step begins, in the same order:
 *    6. The rest of the bar is walked from point to point (`path.ts`). Between two points of a
 *       bar price touches everything; between bars and ticks it jumps. What lies on the way
 *       happens, the nearest first, of equals: stops, stop-out, partial exits and targets, then
 *       orders by age (`moves.ts`). An order that fills may be followed by its own stop on what
 *       is left of the way. At each point stops that trail are moved.
 *    7. Orders whose bars are used up lapse. With `care: 'atClose'` stops move and parts are asked
 *       for here alone, and nowhere on the way.
 * C. Equity = cash + what all positions would earn at the quotes of the moment. At zero or
 *    below everything closes there, and equity stays 0 for good.
 * D. `closeAtEnd`: what is open on a market after its last bar closes at that bar's open, and
 *    equity is rewritten; nothing is entered on that bar.
 * E. The strategy sees each bar that closed in B, in the order of the markets. What it asks for
 *    acts from the next bar of the market concerned, even where one is under way there.
 *
 * Paths: the first point is the open. `pessimistic` goes to the extreme that hurts what is held
 * first, `optimistic` to the other, `adaptive` to the one nearer the open, on a tie the low;
 * then to the other extreme and the close. `lowerTimeframe` walks each inner bar
 * pessimistically, `ticks` jumps from tick to tick; a bar without either is walked
 * pessimistically. On a pessimistic walk a target or partial exit beyond which the bar opened
 * still lets the stop have the first leg; if the stop was not met, it fills at the open. So does
 * that of a position which an order opens there.
 *
 * Prices: stops fill at their price, or where a jump carried past it, there, and slip. Limits and
 * targets fill at their price or, where a jump carried past it, there, and do not slip. With ask
 * prices, rules see the bid, buys fill at the ask, and everything that closes or values a short
 * is the ask. `spread.points` and `spread.column` raise the ask; `spread.rate` worsens entries.
 *
 * A stop-out closes the position with the greatest loss at the price at which equity meets the
 * level, again until it is above.
 */
import { assert } from '../../assert.ts';
import { isMetBy, placeable, type LevelGrid } from '../level-grid.ts';
import type { Market, Trader } from '../order-desk.ts';
import type { ExitReason, Outcome } from '../outcome.ts';
import type { RunSettings } from '../settings.ts';
import { equity as equityNow } from './account.ts';
import { tendAtClose } from './care-at-close.ts';
import { closePosition } from './deals.ts';
import { createDesk } from './desk.ts';
import { fillMarketOrder } from './entries.ts';
import { meetOpen, quoteClose, quoteOpen, walkBar } from './path.ts';
import {
  closeMs,
  createBroker,
  endsHere,
  exitQuote,
  isPending,
  moveLevels,
  type Broker,
  type CareTime,
  type MarketState,
  type Position,
} from './state.ts';
import { chargeSwap, hasSwap, rollovers, type Rollovers } from './swap.ts';
import { timelineOf } from './timeline.ts';
import { finishedTrips } from './trip-log.ts';

const STEPS_PER_SLICE = 100_000;

export interface BrokerOptions {
  readonly stepsPerSlice?: number;
  /** `inside` where nothing is said. */
  readonly care?: CareTime;
  /** Where a bot's broker takes levels, for the run that the bot is compared with. */
  readonly grid?: LevelGrid;
}

/**
 * The outcome of `trader` on the markets, which share one account; yields the share of steps
 * done, 0 … 1, so that a worker can report and be cancelled between two slices.
 */
export function* runBroker(
  markets: readonly Market[],
  trader: Trader,
  settings: RunSettings,
  options: BrokerOptions = {},
): Generator<number, Outcome> {
  const { stepsPerSlice = STEPS_PER_SLICE, care = 'inside', grid = null } = options;
  assert(markets.length > 0 && stepsPerSlice > 0, 'there is a market, and a step in a slice');
  const broker = createBroker(markets, settings, { care, grid });
  const desk = createDesk(broker);
  const calendar = hasSwap(settings.swap) ? rollovers(settings.swap) : null;
  const timelineMs = timelineOf(markets);
  const { length } = timelineMs;
  const equity = new Float64Array(length).fill(settings.cash);
  for (let step = 0; step < length; step++) {
    broker.step = step;
    const untilMs = step + 1 < length ? timelineMs[step + 1]! : Infinity;
    for (const state of broker.markets) {
      if (opensAt(state, timelineMs[step]!)) openBar(broker, state, calendar);
    }
    const closed = broker.markets.filter((state) => closesBy(state, untilMs));
    for (const state of closed) closeBar(broker, state);
    equity[step] = equityNow(broker);
    if (equity[step]! <= 0) {
      closeAll(broker, 'ruin');
      equity.fill(0, step);
      break;
    }
    for (const state of closed) {
      if (!endsHere(broker, state)) continue;
      quoteOpen(state);
      closeMarket(broker, state, 'end');
      equity[step] = Math.max(equityNow(broker), 0);
    }
    for (const { index, bar } of closed) trader.onBar(index, bar, desk);
    if ((step + 1) % stepsPerSlice === 0) yield (step + 1) / length;
  }
  return finish(broker, equity, markets.length > 1 ? timelineMs : null);
}

function opensAt({ bar, market }: MarketState, timeMs: number): boolean {
  const { timesMs, length } = market.bars;
  return bar + 1 < length && timesMs[bar + 1] === timeMs;
}

function closesBy(state: MarketState, untilMs: number): boolean {
  return state.open && closeMs(state, state.bar) <= untilMs;
}

function openBar(broker: Broker, state: MarketState, calendar: Rollovers | null): void {
  const atClose = broker.settings.fill === 'close';
  if (atClose && state.bar >= 0) fillAtClose(broker, state, calendar);
  state.bar++;
  state.open = true;
  for (const move of state.moves) moveLevels(move);
  state.moves = [];
  const { bar } = state;
  if (calendar) chargeSwap(broker, state, calendar, state.market.bars.timesMs[bar]!);
  if (isIdle(broker, state)) return;
  quoteOpen(state);
  closeByTime(broker, state);
  if (!atClose) {
    fillAsked(broker, state, { bar, step: broker.step, mayOpen: !endsHere(broker, state) });
  }
  if (broker.grid) placeAtOpen(state, broker.grid);
  meetOpen(broker, state);
}

/** What was met when it was asked for and is no more is placed now, as far away as is taken. */
function placeAtOpen(state: MarketState, grid: LevelGrid): void {
  state.orders = state.orders.map((order) =>
    order.isMet && !isMetBy(order, state)
      ? { ...placeable(order, state, grid), isMet: false }
      : order,
  );
}

function fillAtClose(broker: Broker, state: MarketState, calendar: Rollovers | null): void {
  const { bar } = state;
  if (calendar) chargeSwap(broker, state, calendar, closeMs(state, bar));
  if (!isAsked(state)) return;
  quoteClose(state, bar);
  fillAsked(broker, state, { bar, step: broker.step - 1, mayOpen: true });
}

function closeBar(broker: Broker, state: MarketState): void {
  if (!isIdle(broker, state)) walkBar(broker, state);
  state.open = false;
  if (broker.care === 'atClose') tendAtClose(broker, state);
  if (state.orders.length > 0) {
    state.orders = state.orders.filter(({ lastBar }) => lastBar > state.bar);
  }
}

function isAsked({ closes, orders }: MarketState): boolean {
  return closes.length > 0 || orders.length > 0;
}

function isIdle({ positions }: Broker, state: MarketState): boolean {
  if (isAsked(state)) return false;
  for (const position of positions) if (position.market === state.index) return false;
  return true;
}

function fillAsked(
  broker: Broker,
  state: MarketState,
  at: { readonly bar: number; readonly step: number; readonly mayOpen: boolean },
): void {
  const { closes } = state;
  state.closes = [];
  for (const { position, units, reason } of closes) {
    const price = exitQuote(state, position.side);
    const { step } = at;
    closePosition(broker, state, position, { units, price, reason, step, otherPrice: NaN });
  }
  const asked = state.orders.filter((order) => !isPending(order));
  for (const order of asked) {
    // One of its group may have filled and cancelled it.
    if (state.orders.includes(order)) fillMarketOrder(broker, state, order, at);
  }
}

function closeByTime(broker: Broker, state: MarketState): void {
  for (const position of broker.positions.slice()) {
    const { market, care, side } = position;
    if (market !== state.index || care?.exitBar !== state.bar) continue;
    closeNow(broker, state, { position, reason: 'time', price: exitQuote(state, side) });
  }
}

function closeAll(broker: Broker, reason: ExitReason): void {
  for (const state of broker.markets) closeMarket(broker, state, reason);
}

function closeMarket(broker: Broker, state: MarketState, reason: ExitReason): void {
  for (const position of broker.positions.slice()) {
    if (position.market !== state.index) continue;
    closeNow(broker, state, { position, reason, price: exitQuote(state, position.side) });
  }
}

function closeNow(
  broker: Broker,
  state: MarketState,
  {
    position,
    price,
    reason,
  }: { readonly position: Position; readonly price: number; readonly reason: ExitReason },
): void {
  const { step } = broker;
  closePosition(broker, state, position, { units: Infinity, price, reason, step, otherPrice: NaN });
}

function finish(broker: Broker, equity: Float64Array, timelineMs: Float64Array | null): Outcome {
  const { log, commissions, droppedEntries } = broker;
  const left = broker.positions.map((position) => ({
    entryBar: position.entryStep,
    entryPrice: position.entryPrice,
    units: position.side * position.units,
    market: position.market,
  }));
  const first = left[0];
  return {
    roundTrips: finishedTrips(log),
    equity,
    commissions,
    open: first
      ? { entryBar: first.entryBar, entryPrice: first.entryPrice, units: first.units }
      : null,
    droppedEntries,
    ...(left.length > 1 && { allOpen: left }),
    ...(timelineMs && { timelineMs }),
  };
}
