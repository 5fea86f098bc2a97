/** What the terminal itself shows in this session, to be compared with what the server keeps. */
import type { Position, WorkingOrder } from '#core/broker/book.ts';
import { bookHash } from '#core/broker/book-hash.ts';
import type { ConnectorMessage } from '#core/broker/messages.ts';

export type Snapshot = Extract<ConnectorMessage, { readonly t: 'snapshot' }>;
export type Delta = Extract<ConnectorMessage, { readonly t: 'delta' }>;

export interface TerminalBook {
  readonly positions: ReadonlyMap<string, Position>;
  readonly orders: ReadonlyMap<string, WorkingOrder>;
}

export function bookOf({ positions, orders }: Snapshot): TerminalBook {
  return {
    positions: new Map(positions.map((held) => [held.position, held])),
    orders: new Map(orders.map((held) => [held.order, held])),
  };
}

export function changedBook(before: TerminalBook, delta: Delta): TerminalBook {
  const positions = new Map(before.positions);
  const orders = new Map(before.orders);
  for (const held of delta.positions) positions.set(held.position, held);
  for (const position of delta.closedPositions) positions.delete(position);
  for (const held of delta.orders) orders.set(held.order, held);
  for (const order of delta.endedOrders) orders.delete(order);
  return { positions, orders };
}

/** Whether the terminal's fingerprint is that of the book. */
export function isSame(book: TerminalBook, hash: string): boolean {
  return bookHash([...book.positions.values()], [...book.orders.values()]) === hash;
}
