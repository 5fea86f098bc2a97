/** What Postgres would tell of a bot's book, for tests that have none: by what a statement reads. */
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Queries } from '../../sync/database/queries.ts';

export interface ToldRows {
  /** Of `broker_items`. */
  readonly held: readonly object[];
  readonly deals: readonly object[];
  /** Requests that are open or were filled. */
  readonly intents?: readonly object[];
  /** Entries that the broker's orders came of. */
  readonly asked?: readonly object[];
  /** Parts that were closed. */
  readonly taken?: readonly object[];
}

/** Whatever else is asked for fails. */
export function toldRows({ held, deals, intents = [], asked = [], taken = [] }: ToldRows): Queries {
  const dialect = new PgDialect();
  const execute = (statement: SQL) => {
    const { sql: text } = dialect.sqlToQuery(statement);
    if (text.includes('"broker_items"')) return Promise.resolve(held);
    if (text.includes('from "deals"')) return Promise.resolve(deals);
    if (text.includes('made.is_open')) return Promise.resolve(intents);
    if (text.includes('made.broker_order = any')) return Promise.resolve(asked);
    if (text.includes(`asked.asks -> 0 ? 'part'`)) return Promise.resolve(taken);
    throw new Error(`Nothing is told of ${text}`);
  };
  return { execute } as unknown as Queries;
}

const hourMs = 3_600_000;
const fridayServerMs = Date.UTC(2026, 2, 27, 20);

/** A deal of position 5, at an hour of a broker's Friday before the clocks of Europe change. */
export function toldDeal(order: string, entry: string, lots: number, hour: number): object {
  return {
    ...{ deal: order, order_ticket: order, position: '5', symbol: 'EURUSD', kind: 'buy', entry },
    ...{ volume_lots: lots, price: 1.1, commission: 0, swap: 0, profit: 0, reason: 'program' },
    server_ms: String(fridayServerMs + hour * hourMs),
  };
}

export function toldPosition(position: string, openedServerMs: number, side = 'buy'): object {
  const facts = { position, side, volumeLots: 1, closedLots: 0, openedServerMs, openPrice: 1.1 };
  const asks = [{ t: 'enter' }];
  return { kind: 'position', facts: { ...facts, sl: null, tp: null }, asks, place: 1, bar_ms: '0' };
}
