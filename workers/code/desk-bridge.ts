/**
 * Between the order desk and the shared memory: writes what is known at a bar, and carries out
 * what a strategy asked for. Every number from inside is checked here again: the machine's own
 * checks are for good messages, not for trust.
 */
import type {
  OpenPosition,
  OrderDesk,
  OrderKind,
  OrderRequest,
  Side,
  WorkingOrder,
} from '#core/execution/order-desk.ts';
import type { Sizing } from '#core/execution/signals.ts';
import { refusalWords } from './refusal-words.ts';
import {
  COMMAND,
  commandsAt,
  head,
  kinds,
  MOST_COMMANDS,
  MOST_ORDERS,
  MOST_POSITIONS,
  ops,
  ORDER,
  ordersAt,
  POSITION,
  positionsAt,
  sizeKinds,
} from './layout.ts';

/** What a strategy in code sees of its account at a bar. */
export interface Shown {
  readonly cash: number;
  readonly equity: number;
  readonly usedMargin: number;
  readonly positions: readonly Omit<OpenPosition, 'market'>[];
  readonly orders: readonly ShownOrder[];
}

export interface ShownOrder {
  /** The strategy's own number for it. */
  readonly handle: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly units: number;
  /** NaN = none, as with a position's levels. */
  readonly price: number;
  readonly limit: number;
}

export function shownOf(desk: OrderDesk): Shown {
  const { cash, equity, usedMargin } = desk;
  return {
    ...{ cash, equity, usedMargin },
    positions: desk.positions().slice(0, MOST_POSITIONS),
    orders: desk.workingOrders().slice(0, MOST_ORDERS).map(shownOrder),
  };
}

function shownOrder({ tag = NaN, side, kind, units, price = NaN, limit = NaN }: WorkingOrder) {
  return { handle: tag, side, kind, units, price, limit };
}

/** Writes what the strategy will see at this bar. */
export function show(shared: Float64Array, bar: number, shown: Shown): void {
  const { cash, equity, usedMargin, positions, orders } = shown;
  shared[head.bar] = bar;
  shared[head.cash] = cash;
  shared[head.equity] = equity;
  shared[head.usedMargin] = usedMargin;
  shared[head.commands] = 0;
  shared[head.positions] = positions.length;
  positions.forEach((position, i) => writePosition(shared, positionsAt + i * POSITION, position));
  shared[head.orders] = orders.length;
  orders.forEach(({ handle, side, kind, units, price, limit }, i) => {
    shared.set([handle, side, kinds.indexOf(kind), units, price, limit], ordersAt + i * ORDER);
  });
}

/** A copy of what was asked for: whatever the desk does, the commands of this bar are these. */
export function commandsIn(shared: Float64Array): Float64Array {
  const count = shared[head.commands]!;
  const most = Number.isInteger(count) && count > 0 ? Math.min(count, MOST_COMMANDS) : 0;
  return shared.slice(commandsAt, commandsAt + most * COMMAND);
}

/** Does what was asked for; answers a word on each order that was refused. */
export function carryOut(commands: Float64Array, desk: OrderDesk): readonly string[] {
  const refused: string[] = [];
  for (let at = 0; at + COMMAND <= commands.length; at += COMMAND) {
    const [op, ...values] = commands.subarray(at, at + COMMAND);
    const word = carryOutOne(op!, values, desk);
    if (word) refused.push(word);
  }
  return refused;
}

function carryOutOne(op: number, values: readonly number[], desk: OrderDesk): string | null {
  switch (op) {
    case ops.place:
      return place(values, desk);
    case ops.exit:
      for (const { id } of chosen(desk.positions(), values[0]!)) {
        desk.close(id, ...(values[1]! > 0 ? [values[1]!] : []));
      }
      return null;
    case ops.move:
      if (chosen(desk.positions(), values[0]!).length === 1) {
        const [, stop, target] = values as [number, number, number];
        desk.move(values[0]!, {
          ...(stop !== Infinity && { stop }),
          ...(target !== Infinity && { target }),
        });
      }
      return null;
    case ops.cancel:
      for (const { id, tag } of desk.workingOrders()) {
        if (Number.isNaN(values[0]) || tag === values[0]) desk.cancel(id);
      }
      return null;
    default:
      return noOrder;
  }
}

function place(values: readonly number[], desk: OrderDesk): string | null {
  const [handle, side, kindAt, sizeAt, size] = values as [number, number, number, number, number];
  const [, , , , , price, limit, stop, target, expiryBars, ocoGroup] = values as number[];
  const kind = kinds[kindAt];
  const sizeKind = sizeKinds[sizeAt];
  if (!Number.isSafeInteger(handle) || (side !== 1 && side !== -1)) return noOrder;
  if (!kind || !sizeKind || !(size > 0)) return noOrder;
  const request: OrderRequest = {
    ...{ market: 0, tag: handle },
    side,
    kind,
    ...(sizeKind === 'units' ? { units: size } : { units: 0, sizing: sizing(sizeKind, size) }),
    ...(kind !== 'market' && { price: price! }),
    ...(kind === 'stopLimit' && { limit: limit! }),
    ...(!Number.isNaN(stop) && { stop: stop! }),
    ...(!Number.isNaN(target) && { target: target! }),
    ...(expiryBars! > 0 && { expiryBars: expiryBars! }),
    ...(!Number.isNaN(ocoGroup) && { ocoGroup: ocoGroup! }),
  };
  const placed = desk.place(request);
  if ('refused' in placed) {
    return `${side === 1 ? 'buy' : 'sell'} refused: ${refusalWords[placed.refused]}`;
  }
  return null;
}

const noOrder = 'an order that is none';

function sizing(kind: 'lots' | 'risk' | 'equity', size: number): Sizing {
  return kind === 'lots' ? { kind, lots: size } : { kind, fraction: size };
}

function writePosition(
  shared: Float64Array,
  at: number,
  position: Omit<OpenPosition, 'market'>,
): void {
  shared[at] = position.id;
  shared[at + 1] = position.side;
  shared[at + 2] = position.units;
  shared[at + 3] = position.entryBar;
  shared[at + 4] = position.entryPrice;
  shared[at + 5] = position.stop;
  shared[at + 6] = position.target;
}

/** The position of that id, or all where none is named. */
function chosen(positions: readonly OpenPosition[], id: number): readonly OpenPosition[] {
  return Number.isNaN(id) ? [...positions] : positions.filter((each) => each.id === id);
}
