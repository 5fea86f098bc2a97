/** The order desk of a bot: shows the strategy what it holds at the broker, and gathers what it asks. */
import type {
  OpenPosition,
  OrderDesk,
  OrderRequest,
  WorkingOrder,
} from '../execution/order-desk.ts';
import { movable, placeable } from '../execution/level-grid.ts';
import { entryAsk, type Ask } from './asks.ts';
import type { BotBook } from './bot-book.ts';
import { gridOf, type BotTerms } from './bot-terms.ts';
import { roundUnits } from '../execution/sizing.ts';
import { barAt } from './protections.ts';
import type { SizingQuote } from './size.ts';

export interface DeskView {
  readonly book: BotBook;
  readonly terms: BotTerms;
  readonly timesMs: Float64Array;
  readonly quote: SizingQuote;
  /** Cash and equity in the money of the symbol's prices. */
  readonly money: { readonly cash: number; readonly equity: number; readonly usedMargin: number };
}

export interface AskingDesk extends OrderDesk {
  readonly asks: readonly Ask[];
}

export function askingDesk({ book, terms, timesMs, quote, money }: DeskView): AskingDesk {
  const asks: Ask[] = [];
  let lastId = book.orders.length;
  const placed = new Map<number, { readonly ask: Ask; readonly order: WorkingOrder }>();
  const positions = book.positions.map((held): OpenPosition & { readonly ticket: string } => ({
    id: positionNumber(held.position),
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
    id: k,
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
  const leave = ({ id, ticket: position }: (typeof positions)[number]) => {
    if (closing.has(id)) return;
    closing.add(id);
    asks.push({ t: 'close', position });
  };
  return {
    ...money,
    asks,
    positions: () => positions,
    workingOrders: () => [
      ...orders.filter(({ id }) => !canceled.has(id)),
      ...[...placed.values()].map(({ order }) => order),
    ],
    closedProfits: (count) => book.trips.slice(-count).map(({ profit }) => profit / terms.rate),
    place(asked: OrderRequest) {
      const ask = entryAsk(placeable(asked, quote, gridOf(terms)), terms.settings.fill);
      const id = ++lastId;
      asks.push(ask);
      placed.set(id, { ask, order: { ...asked, id } });
      return { id };
    },
    cancel(id) {
      const same = placed.get(id);
      if (same) {
        // Of an order of this very bar nothing was sent yet.
        placed.delete(id);
        asks.splice(asks.indexOf(same.ask), 1);
        return;
      }
      const order = orders.find((each) => each.id === id);
      if (!order || canceled.has(id)) return;
      canceled.add(id);
      asks.push({ t: 'cancel', order: order.ticket });
    },
    move(id, levels) {
      const held = positions.find((each) => each.id === id);
      if (!held) return;
      const { side, ticket: position } = held;
      const price = side === 1 ? quote.bid : quote.ask;
      const { isMet, ...taken } = movable(held, levels, { price, grid: gridOf(terms) });
      if (isMet) return leave(held);
      const before = asks.findIndex((ask) => ask.t === 'move' && ask.position === position);
      const [last] = before === -1 ? [] : asks.splice(before, 1);
      const known =
        last?.t === 'move' ? last : { stop: level(held.stop), target: level(held.target) };
      const stop = taken.stop === undefined ? known.stop : level(taken.stop);
      const target = taken.target === undefined ? known.target : level(taken.target);
      const isSame = stop === level(held.stop) && target === level(held.target);
      if (!isSame) asks.push({ t: 'move', position, stop, target });
    },
    close(id, units = Infinity) {
      const held = positions.find((each) => each.id === id);
      if (!held || closing.has(id) || !(units > 0)) return;
      if (units >= held.units) return leave(held);
      const lots = wholeLots(units, terms);
      if (lots > 0) asks.push({ t: 'close', position: held.ticket, lots });
    },
  };
}

/** On the broker's steps; what is less than one is not closed. */
function wholeLots(units: number, { contractSize, settings }: BotTerms): number {
  return Number((roundUnits(settings, units) / contractSize).toPrecision(12));
}

/** The same for the same position at every bar, whatever else is held. */
function positionNumber(ticket: string): number {
  const number = Number(ticket);
  if (/^\d{1,15}$/.test(ticket)) return number;
  let hash = 7;
  for (const character of ticket) hash = (hash * 31 + character.charCodeAt(0)) % 2_147_483_647;
  return hash;
}

const level = (price: number): number | null => (Number.isNaN(price) ? null : price);
