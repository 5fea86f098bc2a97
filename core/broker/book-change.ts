/** What one commit changed of what lies on an account, and a book with such changes laid over it. */
import type { BrokerAccount } from './book.ts';
import { finalStates } from './intent.ts';
import type { BookView, IntentView, OrderView, PositionView, TrailView } from './views.ts';

/** Things as they are afterwards, and the names of those that are gone. */
export interface BookChange {
  /** Null: as it was. */
  readonly broker: BrokerAccount | null;
  readonly positions: readonly PositionView[];
  readonly gonePositions: readonly string[];
  readonly orders: readonly OrderView[];
  readonly goneOrders: readonly string[];
  readonly trails: readonly TrailView[];
  readonly goneTrails: readonly string[];
  /** Those that are over as well. */
  readonly intents: readonly IntentView[];
}

/** The same change twice is the change once; of two, the later one counts. */
export function withChange(book: BookView, change: BookChange): BookView {
  const { broker, positions, orders, trails, intents } = change;
  const over = intents.filter(({ state }) => finalStates.has(state)).map(({ id }) => id);
  const open = intents.filter(({ state }) => !finalStates.has(state));
  const held = ({ position }: { readonly position: string }) => position;
  return {
    ...book,
    account: broker ? { ...book.account, broker } : book.account,
    positions: laidOver(book.positions, positions, change.gonePositions, held),
    orders: laidOver(book.orders, orders, change.goneOrders, ({ order }) => order),
    trails: laidOver(book.trails, trails, change.goneTrails, held),
    openIntents: laidOver(book.openIntents, open, over, ({ id }) => id),
  };
}

/** Each where it stood, new ones last; the very same list where nothing of it changed. */
function laidOver<T>(
  before: readonly T[],
  changed: readonly T[],
  gone: readonly string[],
  idOf: (item: T) => string,
): readonly T[] {
  if (changed.length + gone.length === 0) return before;
  const items = new Map(before.map((item) => [idOf(item), item]));
  for (const item of changed) items.set(idOf(item), item);
  for (const id of gone) items.delete(id);
  return [...items.values()];
}

/** The change that outside data hold, or null: then what changed is asked for. */
export function readBookChange(value: unknown): BookChange | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Readonly<Record<string, unknown>>;
  const areNamed = (name: string, id: string) => {
    const items = given[name];
    return Array.isArray(items) && items.every((item) => isNamed(item, id));
  };
  const areNames = (name: string) => {
    const names = given[name];
    return Array.isArray(names) && names.every((each) => typeof each === 'string');
  };
  const { broker } = given;
  const isWhole =
    (broker === null || isNamed(broker, 'login')) &&
    areNamed('positions', 'position') &&
    areNamed('orders', 'order') &&
    areNamed('trails', 'position') &&
    areNamed('intents', 'id') &&
    ['gonePositions', 'goneOrders', 'goneTrails'].every(areNames);
  return isWhole ? (value as BookChange) : null;
}

function isNamed(item: unknown, id: string): boolean {
  if (typeof item !== 'object' || item === null) return false;
  return typeof (item as Readonly<Record<string, unknown>>)[id] === 'string';
}
