/** The order desk of a bot: shows the strategy what it holds at the broker, and gathers what it asks. */
import type {
  OpenPosition,
  OrderDesk,
  OrderRequest,
  WorkingOrder,
} from '../execution/order-desk.ts';
import { entryAsk, type Ask } from './asks.ts';
import type { BotBook } from './bot-book.ts';
import type { BotTerms } from './bot-terms.ts';
import { barAt } from './protections.ts';

export interface DeskView {
  readonly book: BotBook;
  readonly terms: BotTerms;
  readonly timesMs: Float64Array;
  /** Cash and equity in the money of the symbol's prices. */
  readonly money: { readonly cash: number; readonly equity: number; readonly usedMargin: number };
}

export interface AskingDesk extends OrderDesk {
  readonly asks: readonly Ask[];
}

export function askingDesk({ book, terms, timesMs, money }: DeskView): AskingDesk {
  const asks: Ask[] = [];
  let lastId = book.positions.length + book.orders.length;
  const positions = book.positions.map((held, k): OpenPosition & { readonly ticket: string } => ({
    id: k,
    ticket: held.position,
    market: 0,
    side: held.side,
    units: held.lots * terms.contractSize,
    entryBar: barAt(timesMs, held.entryBarMs),
    entryPrice: held.entryPrice,
    stop: held.stop ?? NaN,
    target: held.target ?? NaN,
  }));
  const orders = book.orders.map((held, k): WorkingOrder & { readonly ticket: string } => ({
    id: book.positions.length + k,
    ticket: held.order,
    market: 0,
    side: held.side,
    kind: held.kind,
    units: held.lots * terms.contractSize,
    price: held.price,
    ...(held.limitPrice !== null && { limit: held.limitPrice }),
    tag: held.rule,
  }));
  const closing = new Set<number>();
  const canceled = new Set<number>();
  return {
    ...money,
    asks,
    positions: () => positions,
    workingOrders: () => orders.filter(({ id }) => !canceled.has(id)),
    closedProfits: (count) => book.trips.slice(-count).map(({ profit }) => profit / terms.rate),
    place(order: OrderRequest) {
      asks.push(entryAsk(order, terms.settings.fill));
      return { id: ++lastId };
    },
    cancel(id) {
      const order = orders.find((each) => each.id === id);
      if (!order || canceled.has(id)) return;
      canceled.add(id);
      asks.push({ t: 'cancel', order: order.ticket });
    },
    move(id, levels) {
      const held = positions.find((each) => each.id === id);
      if (!held) return;
      const { stop = held.stop, target = held.target } = levels;
      asks.push({ t: 'move', position: held.ticket, stop: level(stop), target: level(target) });
    },
    close(id) {
      const held = positions.find((each) => each.id === id);
      if (!held || closing.has(id)) return;
      closing.add(id);
      asks.push({ t: 'close', position: held.ticket });
    },
  };
}

const level = (price: number): number | null => (Number.isNaN(price) ? null : price);
