/** An order fills: what it does to the positions that are open, and what it opens. */
import { entryPrice } from '../costs.ts';
import { levelsFrom } from '../level-grid.ts';
import { entryUnits, roundUnits } from '../sizing.ts';
import { equity, positionsOf, usedMargin } from './account.ts';
import {
  addTo,
  closePosition,
  leavesRest,
  openPosition,
  type DealTime,
  type EntryDeal,
} from './deals.ts';
import { mostSlippage, slippage, slipped } from './slippage.ts';
import {
  endsHere,
  entryQuote,
  exitQuote,
  type Broker,
  type MarketState,
  type Order,
  type Position,
} from './state.ts';

export interface Fill extends DealTime {
  /** The price of a limit or stop, the spread in percent included; null = the quote of the moment. */
  readonly price: number | null;
  /** Market and stop orders slip, limits do not. */
  readonly slips: boolean;
  /** Nothing is opened at the open of a last bar at which everything closes. */
  readonly mayOpen: boolean;
}

/** Fills a market order at the quote of the moment. */
export function fillMarketOrder(
  broker: Broker,
  state: MarketState,
  order: Order,
  at: DealTime & { readonly mayOpen: boolean },
): void {
  fillOrder(broker, state, order, { ...at, price: null, slips: true });
}

/** Fills a limit or stop order inside the bar under way. */
export function fillPendingOrder(
  broker: Broker,
  state: MarketState,
  order: Order,
  at: { readonly price: number; readonly slips: boolean },
): void {
  const { bar } = state;
  const mayOpen = !endsHere(broker, state);
  fillOrder(broker, state, order, { ...at, bar, step: broker.step, mayOpen });
}

function fillOrder(broker: Broker, state: MarketState, placed: Order, fill: Fill): void {
  consume(broker, state, placed);
  const { settings, grid } = broker;
  const isLevelled = grid !== null && fill.price === null;
  const order = isLevelled ? levelsFrom(placed, exitQuote(state, placed.side), grid) : placed;
  const isOpposite = ({ side }: Position) => side !== order.side;
  for (const open of positionsOf(broker, state)) {
    const leaves = settings.exclusive || (settings.positions === 'single' && isOpposite(open));
    if (leaves) closeFor(broker, state, open, { step: fill.step, units: Infinity });
  }
  const left = positionsOf(broker, state);
  const met = settings.positions === 'netting' ? left[0] : undefined;
  if (met && isOpposite(met)) return takeFrom(broker, state, order, { fill, met });
  if (!mayEnter(broker, order, fill) || isFull(broker, order, left)) return;
  const deal = reckonEntry(broker, state, order, { fill, met: undefined });
  if (!deal) broker.droppedEntries++;
  else if (met) addTo({ broker, state }, met, order, deal);
  else openPosition(broker, state, order, deal);
}

function mayEnter({ settings }: Broker, { side }: Order, { mayOpen }: Fill): boolean {
  const isAllowed = settings.sides === 'both' || (settings.sides === 'long') === (side === 1);
  return isAllowed && mayOpen;
}

function isFull({ settings }: Broker, { maxPositions }: Order, open: readonly Position[]): boolean {
  const most = maxPositions ?? (settings.positions === 'single' ? 1 : Infinity);
  return open.reduce((sum, { entries }) => sum + entries, 0) >= most;
}

/** The order is no more, and with it those of its group. */
function consume(broker: Broker, state: MarketState, order: Order): void {
  state.orders = state.orders.filter((other) => other !== order);
  const { ocoGroup } = order;
  if (ocoGroup === undefined) return;
  for (const each of broker.markets) {
    each.orders = each.orders.filter((other) => other.ocoGroup !== ocoGroup);
  }
}

function closeFor(
  broker: Broker,
  state: MarketState,
  open: Position,
  { step, units }: { readonly step: number; readonly units: number },
): void {
  const price = exitQuote(state, open.side);
  closePosition(broker, state, open, { units, price, reason: 'reverse', step, otherPrice: NaN });
}

/**
 * Netting against the open side: reduces the position; what is left over opens the other side.
 * To reduce takes no margin, so that an order that states its units always can.
 */
function takeFrom(
  broker: Broker,
  state: MarketState,
  order: Order,
  { fill, met }: { readonly fill: Fill; readonly met: Position },
): void {
  const deal = reckonEntry(broker, state, order, { fill, met });
  const units = deal ? deal.units : statedUnits(broker, order);
  const left = leavesRest(units, met.units) ? units - met.units : 0;
  if (!deal && (units === 0 || left > 0)) broker.droppedEntries++;
  if (units > 0) closeFor(broker, state, met, { step: fill.step, units });
  if (deal && left > 0 && mayEnter(broker, order, fill)) {
    openPosition(broker, state, order, { ...deal, units: left });
  }
}

/** Units that the order asks for whatever the account holds; 0 = they depend on it. */
function statedUnits({ settings }: Broker, { sizing, units }: Order): number {
  if (!sizing) return roundUnits(settings, units);
  if (sizing.kind === 'units') return roundUnits(settings, sizing.units);
  if (sizing.kind === 'lots') return roundUnits(settings, sizing.lots * settings.contractSize);
  return 0;
}

/** Units and price of the entry; null = it cannot be made. */
function reckonEntry(
  broker: Broker,
  state: MarketState,
  order: Order,
  { fill, met }: { readonly fill: Fill; readonly met: Position | undefined },
): EntryDeal | null {
  const { settings } = broker;
  const { side, sizing = { kind: 'units', units: order.units } } = order;
  const price = fill.price === null ? entryQuote(state, side) : quoteOf(broker, order, fill.price);
  const asked = fill.price ?? entryPrice(settings, side, price);
  const most = fill.slips ? mostSlippage(settings, state) : 0;
  const pledged = met ? met.units * met.entryPrice * settings.margin : 0;
  const units = entryUnits(settings, sizing, {
    side,
    cash: equity(broker),
    usedMargin: usedMargin(broker) - pledged,
    price,
    fillPrice: slipped(asked, side, most),
    closingPrice: exitQuote(state, side),
    stop: order.stop ?? NaN,
  });
  if (units === 0) return null;
  const slip = fill.slips ? slippage(settings, state, { id: order.id, units }) : 0;
  return { units, price: slipped(asked, side, slip), slip, bar: fill.bar, step: fill.step };
}

/** The quote without the spread in percent that an order's price holds. */
function quoteOf({ settings }: Broker, { side }: Order, price: number): number {
  return price / (1 + side * settings.spread.rate);
}
