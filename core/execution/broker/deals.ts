/** Deals: a position opens, grows, closes in part or in full; cash and the log change here alone. */
import { commission, grossProfit, settle } from '../costs.ts';
import type { Side } from '../order-desk.ts';
import { farEnough, snapped } from '../level-grid.ts';
import { exitReasonCode, type ExitReason } from '../outcome.ts';
import { nextRow } from '../round-trip-log.ts';
import { resolveCare, targetOf, trail } from './care.ts';
import { gridOf, stopAtEntry } from './care-at-close.ts';
import { slippage, slipped } from './slippage.ts';
import {
  exitQuote,
  type Broker,
  type Care,
  type MarketState,
  type Order,
  type Position,
} from './state.ts';

/** Where a deal stands in time. */
export interface DealTime {
  /** Index into the bars of the market. */
  readonly bar: number;
  /** Index of the timeline. */
  readonly step: number;
}

export interface EntryDeal extends DealTime {
  /** > 0 */
  readonly units: number;
  /** Spread and slippage included. */
  readonly price: number;
  /** Price units of slippage in it. */
  readonly slip: number;
}

/** Money for the fill leaves cash; the position is added to those that are open. */
export function openPosition(
  broker: Broker,
  state: MarketState,
  order: Order,
  deal: EntryDeal,
): Position {
  const { settings } = broker;
  const { side } = order;
  const { units, price, bar } = deal;
  const stop = order.stop ?? NaN;
  const entry = { side, price, units, bar, stop };
  const position: Position = {
    id: ++broker.lastId,
    market: state.index,
    side,
    units,
    entryBar: bar,
    entryStep: deal.step,
    entryPrice: price,
    stop,
    target: takenTarget(broker, state, { side, target: targetOf(order, entry) }),
    entryCommission: payEntry(broker, units, price),
    entrySlippage: deal.slip * units,
    swap: 0,
    entries: 1,
    ...{ care: null, careAtClose: null, best: NaN },
    stopReason: 'stop',
    waitingTarget: NaN,
  };
  if (order.care) giveCare(broker, position, resolveCare(settings, order.care, entry));
  broker.positions.push(position);
  if (position.careAtClose) {
    const [grid, closing] = [gridOf(broker, state), exitQuote(state, side)];
    position.stop = stopAtEntry(position.careAtClose, { side, price, closing, stop, grid });
    if (!Object.is(position.stop, stop)) position.stopReason = 'trail';
  } else if (position.care) trail(position, position.care, state);
  return position;
}

function takenTarget(
  { grid }: Broker,
  state: MarketState,
  { side, target }: { readonly side: Side; readonly target: number },
): number {
  if (!grid) return target;
  return farEnough(snapped(target, grid), exitQuote(state, side), side === 1 ? -1 : 1, grid);
}

/** What is done at closes alone the way of the price knows nothing of. */
function giveCare(broker: Broker, position: Position, care: Care): void {
  const isInside = broker.care === 'inside';
  position.care = isInside ? care : { ...care, trailing: null, breakEven: null, partials: [] };
  position.careAtClose = isInside ? null : care;
}

interface At {
  readonly broker: Broker;
  readonly state: MarketState;
}

/** Netting: the fill joins the position at the mean price; levels that it states replace others. */
export function addTo(
  { broker, state }: At,
  position: Position,
  order: Order,
  deal: EntryDeal,
): void {
  const { settings } = broker;
  const { units, price, bar } = deal;
  const { side } = position;
  const all = position.units + units;
  position.entryPrice = (position.units * position.entryPrice + units * price) / all;
  position.units = all;
  position.entries++;
  position.entryCommission += payEntry(broker, units, price);
  position.entrySlippage += deal.slip * units;
  const stop = order.stop ?? NaN;
  if (!Number.isNaN(stop)) {
    position.stop = stop;
    position.stopReason = 'stop';
  }
  const entry = { side, price: position.entryPrice, units: all, bar, stop: position.stop };
  const target = takenTarget(broker, state, { side, target: targetOf(order, entry) });
  if (!Number.isNaN(target)) {
    position.target = target;
    position.waitingTarget = NaN;
  }
  if (order.care) giveCare(broker, position, resolveCare(settings, order.care, entry));
}

function payEntry(broker: Broker, units: number, price: number): number {
  const { settings } = broker;
  const paid = commission(settings, units, price);
  broker.cash = settle(settings, broker.cash - paid);
  broker.commissions += paid;
  return paid;
}

export interface Exit {
  /** Most units to close; Infinity = all. */
  readonly units: number;
  /** Before slippage. */
  readonly price: number;
  readonly reason: ExitReason;
  /** Index of the timeline. */
  readonly step: number;
  /** Where the other level would have closed it, had it come first; NaN = no doubt. */
  readonly otherPrice: number;
}

/** Whether something is left of so many units once others are taken; what rounding leaves is not. */
export function leavesRest(units: number, taken: number): boolean {
  return units - taken > ROUNDING * units;
}

/** Parts of a whole, reckoned one by one, miss it by no more than this part of it. */
const ROUNDING = 1e-9;

/** Targets and partial exits are limits, which never slip. */
function slips(reason: ExitReason): boolean {
  return reason !== 'target' && reason !== 'partial';
}

/** Closes the position or a part of it: cash gets the result, the log a round trip. */
export function closePosition(
  broker: Broker,
  state: MarketState,
  position: Position,
  exit: Exit,
): void {
  const { settings } = broker;
  const units = leavesRest(position.units, exit.units) ? exit.units : position.units;
  if (units <= 0) return;
  const share = takeShare(broker, position, units);
  const slip = slippage(settings, state, { id: position.id, units });
  const against = -position.side as Side;
  const atLevel = (price: number, isSlipping: boolean) =>
    reckon(broker, position, share, isSlipping ? slipped(price, against, slip) : price);
  const deal = atLevel(exit.price, slips(exit.reason));
  broker.cash = settle(settings, broker.cash + (deal.gross - deal.exitCommission) + share.swap);
  broker.commissions += deal.exitCommission;
  if (position.units === 0) broker.positions.splice(broker.positions.indexOf(position), 1);

  const { log } = broker;
  const row = nextRow(log.columns);
  const { columns } = log.columns;
  columns.entryBar[row] = position.entryStep;
  columns.exitBar[row] = exit.step;
  columns.entryPrice[row] = position.entryPrice;
  columns.exitPrice[row] = deal.price;
  columns.units[row] = position.side * units;
  columns.profit[row] = deal.profit;
  columns.commission[row] = deal.bothCommissions;
  columns.exitReason[row] = exitReasonCode[exit.reason];
  const isAmbiguous = !Number.isNaN(exit.otherPrice);
  columns.ambiguous[row] = isAmbiguous ? 1 : 0;
  log.market.push(state.index);
  log.swap.push(share.swap);
  log.slippage.push(share.slippage + (slips(exit.reason) ? slip * units : 0));
  // The stop was the other level exactly where a limit closed the position.
  const other = isAmbiguous ? atLevel(exit.otherPrice, !slips(exit.reason)).profit : NaN;
  log.otherProfit.push(other);
}

/** What the closing units have cost so far, taken out of the position. */
interface Share {
  readonly units: number;
  readonly commission: number;
  readonly slippage: number;
  readonly swap: number;
}

function takeShare({ settings }: Broker, position: Position, units: number): Share {
  const { entryCommission, entrySlippage, swap } = position;
  const isAll = units === position.units;
  const part = units / position.units;
  const share = {
    units,
    commission: isAll ? entryCommission : settle(settings, entryCommission * part),
    slippage: isAll ? entrySlippage : entrySlippage * part,
    swap: isAll ? swap : settle(settings, swap * part),
  };
  position.units = isAll ? 0 : position.units - units;
  position.entryCommission -= share.commission;
  position.entrySlippage -= share.slippage;
  position.swap -= share.swap;
  return share;
}

function reckon({ settings }: Broker, position: Position, share: Share, price: number) {
  const exitCommission = commission(settings, share.units, price);
  const path = { entry: position.entryPrice, exit: price };
  const gross = grossProfit(settings, position.side * share.units, path);
  const bothCommissions = settle(settings, share.commission + exitCommission);
  const profit = settle(settings, gross - (bothCommissions - share.swap));
  return { price, gross, exitCommission, bothCommissions, profit };
}
