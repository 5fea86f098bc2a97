/** What a transaction changed, as the pages that show it are told. */
import type { BookChange } from '#core/broker/book-change.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { IntentView, PositionView } from '#core/broker/views.ts';
import type { TxChanges } from './gathered-tx.ts';
import type { HeldPosition } from './order-store.ts';

/** Postgres tells less than 8,000 bytes at once, and the ids go with it. */
const mostBytes = 7_500;

export function intentView(intent: Intent): IntentView {
  const { magic, earlierMagics, ...view } = intent;
  return view;
}

export function positionView(held: HeldPosition): PositionView {
  const { misses, ...view } = held;
  return view;
}

/**
 * JSON of a `BookChange`; null where it is too long, or where more has changed than a book shows:
 * then it is only told that something did.
 */
export function toldChange(made: TxChanges): string | null {
  const { account, instruments, positions, orders, trails, intents } = made;
  if (instruments || 'state' in account || 'haltReason' in account) return null;
  const change: BookChange = {
    broker: account.broker ?? null,
    positions: there(positions).map(positionView),
    gonePositions: gone(positions),
    orders: there(orders),
    goneOrders: gone(orders),
    trails: there(trails),
    goneTrails: gone(trails),
    intents: intents.map(intentView),
  };
  const text = JSON.stringify(change);
  return Buffer.byteLength(text) <= mostBytes ? text : null;
}

const there = <T>(items: ReadonlyMap<string, T | null>): readonly T[] =>
  [...items.values()].filter((item) => item !== null);

const gone = (items: ReadonlyMap<string, unknown>): readonly string[] =>
  [...items].filter(([, item]) => item === null).map(([id]) => id);
