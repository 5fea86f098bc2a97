/**
 * Between the order desk and the shared memory: writes what is known at a bar, and carries out
 * what a strategy asked for. Every number from inside is checked here again: the machine's own
 * checks are for good messages, not for trust.
 */
import type { OpenPosition, OrderDesk, OrderRequest } from '#core/execution/order-desk.ts';
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

export interface DeskBridge {
  /** What the strategy will see at this bar. */
  show(shared: Float64Array, bar: number, desk: OrderDesk): void;
  /** Does what was asked for; answers a word on each order that was refused. */
  carryOut(shared: Float64Array, desk: OrderDesk): readonly string[];
}

/** Handles that are kept before those of orders long gone are dropped. */
const MOST_HANDLES = 4096;

export function deskBridge(market: number): DeskBridge {
  /** The desk's id of an order by the handle the strategy knows it by, and the other way round. */
  const orderIds = new Map<number, number>();
  const handles = new Map<number, number>();

  function show(shared: Float64Array, bar: number, desk: OrderDesk): void {
    shared[head.bar] = bar;
    shared[head.cash] = desk.cash;
    shared[head.equity] = desk.equity;
    shared[head.usedMargin] = desk.usedMargin;
    shared[head.commands] = 0;
    const positions = desk.positions();
    shared[head.positions] = Math.min(positions.length, MOST_POSITIONS);
    for (let i = 0; i < shared[head.positions]!; i++) {
      writePosition(shared, positionsAt + i * POSITION, positions[i]!);
    }
    const orders = orderIds.size > 0 ? desk.workingOrders() : [];
    if (orderIds.size > MOST_HANDLES) dropGone(new Set(orders.map(({ id }) => id)));
    shared[head.orders] = Math.min(orders.length, MOST_ORDERS);
    for (let i = 0; i < shared[head.orders]!; i++) {
      const { id, side, kind, units, price = NaN, limit = NaN } = orders[i]!;
      const handle = handles.get(id) ?? NaN;
      shared.set([handle, side, kinds.indexOf(kind), units, price, limit], ordersAt + i * ORDER);
    }
  }

  function dropGone(working: ReadonlySet<number>): void {
    for (const [handle, id] of orderIds) {
      if (working.has(id)) continue;
      orderIds.delete(handle);
      handles.delete(id);
    }
  }

  function carryOut(shared: Float64Array, desk: OrderDesk): readonly string[] {
    const count = shared[head.commands]!;
    if (count === 0) return [];
    const refused: string[] = [];
    // A copy: whatever the desk does, the commands of this bar are these.
    const most = Number.isInteger(count) && count > 0 ? Math.min(count, MOST_COMMANDS) : 0;
    const commands = shared.slice(commandsAt, commandsAt + most * COMMAND);
    for (let at = 0; at < commands.length; at += COMMAND) {
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
        for (const [handle, id] of orderIds) {
          if (Number.isNaN(values[0]) || handle === values[0]) desk.cancel(id);
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
    if ((side !== 1 && side !== -1) || !kind || !sizeKind || !(size > 0)) return noOrder;
    const request: OrderRequest = {
      market,
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
    orderIds.set(handle, placed.id);
    handles.set(placed.id, handle);
    return null;
  }

  return { show, carryOut };
}

const noOrder = 'an order that is none';

function sizing(kind: 'lots' | 'risk' | 'equity', size: number): Sizing {
  return kind === 'lots' ? { kind, lots: size } : { kind, fraction: size };
}

function writePosition(shared: Float64Array, at: number, position: OpenPosition): void {
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
