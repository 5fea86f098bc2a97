/** The order desk of a run: takes and refuses a strategy's orders, which act from the next bar on. */
import type { OrderDesk, OrderRefusal, OrderRequest, PositionCare, Reach } from '../order-desk.ts';
import { isMetBy, movable, placeable, type Moved } from '../level-grid.ts';
import { roundUnits } from '../sizing.ts';
import { equity, usedMargin } from './account.ts';
import { quoteClose } from './path.ts';
import {
  exitQuote,
  isPending,
  moveLevels,
  type Broker,
  type Order,
  type Position,
} from './state.ts';

const MOST_ORDERS = 1000;

export function createDesk(broker: Broker): OrderDesk {
  const find = (id: number) => broker.positions.find((position) => position.id === id);
  return {
    get cash() {
      return broker.cash;
    },
    get equity() {
      return equity(broker);
    },
    get usedMargin() {
      return usedMargin(broker);
    },
    positions: () => broker.positions,
    workingOrders: () => broker.markets.flatMap(({ orders }) => orders),
    closedProfits: (count) => lastProfits(broker, count),
    place(asked) {
      const order = taken(broker, asked);
      const refused = refusalOf(broker, order);
      if (refused) {
        broker.droppedEntries++;
        return { refused };
      }
      const id = ++broker.lastId;
      const state = broker.markets[order.market]!;
      const { expiryBars = Infinity } = order;
      const firstBar = state.bar + 1;
      const lastBar = state.bar + expiryBars;
      const isMet = broker.grid !== null && isMetBy(order, state);
      const placed: Order = { ...order, id, triggered: false, isMet, firstBar, lastBar };
      state.orders.push(placed);
      return { id };
    },
    cancel(id) {
      for (const state of broker.markets) {
        state.orders = state.orders.filter((order) => order.id !== id);
      }
    },
    move(id, levels) {
      const position = find(id);
      if (!position) return;
      const state = broker.markets[position.market]!;
      const move = { position, ...takenMove(broker, position, levels) };
      if (move.isMet) return void state.closes.push({ position, units: Infinity, reason: 'rule' });
      if (state.open) state.moves.push(move);
      else moveLevels(move);
    },
    close(id, units = Infinity) {
      const position = find(id);
      const isPart = broker.grid !== null && units < Infinity;
      const whole = isPart ? roundUnits(broker.settings, units) : units;
      if (!position || !(whole > 0)) return;
      const { closes } = broker.markets[position.market]!;
      closes.push({ position, units: whole, reason: 'rule' });
    },
  };
}

/** As the broker takes it where it takes levels on a grid alone. */
function taken({ grid, markets }: Broker, order: OrderRequest): OrderRequest {
  const state = markets[order.market];
  if (!grid || !state) return order;
  // While nothing is held or asked for nobody follows the price.
  quoteClose(state, state.bar);
  return placeable(order, state, grid);
}

function takenMove(
  { grid, markets }: Broker,
  position: Position,
  levels: Parameters<OrderDesk['move']>[1],
): Moved {
  if (!grid) return { ...levels, isMet: false };
  const price = exitQuote(markets[position.market]!, position.side);
  return movable(position, levels, { price, grid });
}

function refusalOf({ markets }: Broker, order: OrderRequest): OrderRefusal | null {
  const state = markets[order.market];
  if (!state) return 'market-unknown';
  if (state.orders.length >= MOST_ORDERS) return 'too-many-orders';
  const { side, units, sizing, expiryBars = 1, care } = order;
  // A strategy may hand over what the types rule out.
  if (![1, -1].includes(side)) return 'side-invalid';
  if (!sizing && !(units > 0 && units < Infinity)) return 'volume-invalid';
  if (care && !isPossible(care)) return 'care-invalid';
  if (!isPending(order)) return null;
  const entry = order.kind === 'stopLimit' ? order.limit : order.price;
  if (!isPrice(order.price) || !isPrice(entry) || !(expiryBars > 0)) return 'price-invalid';
  const { stop = NaN, target = NaN } = order;
  if (side * (entry - stop) <= 0) return 'stop-invalid';
  if (side * (target - entry) <= 0) return 'target-invalid';
  return null;
}

/** A distance of NaN is none, and so possible. */
function isPossible(care: PositionCare): boolean {
  const { targetR = NaN, trailing, breakEven, partials = [], exitAfterBars = 1 } = care;
  const reaches = [
    trailing?.distance,
    trailing?.activation,
    trailing?.lock,
    breakEven?.activation,
    breakEven?.lock,
    ...partials.map(({ at }) => at),
  ];
  return (
    Number.isInteger(exitAfterBars) &&
    exitAfterBars > 0 &&
    !(targetR < 0) &&
    partials.every(({ fraction }) => fraction >= 0 && fraction <= 1) &&
    !reaches.some((reach) => reach !== undefined && lengthOf(reach) < 0)
  );
}

function lengthOf(reach: Reach): number {
  return reach.kind === 'r' ? reach.multiple : reach.distance;
}

function isPrice(price: number | undefined): price is number {
  return price !== undefined && price > 0 && price < Infinity;
}

function lastProfits({ log }: Broker, count: number): readonly number[] {
  const { columns, count: all } = log.columns;
  return Array.from(columns.profit.subarray(Math.max(0, all - count), all));
}
