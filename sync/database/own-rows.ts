/**
 * The one place where rows are scoped: every read and write of an account's rows names the
 * account, whatever else it asks for.
 */
import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { gather } from './gather.ts';
import type { Queries } from './queries.ts';

/** A table of rows that each belong to an account, which says whose it is. */
export type TenantTable = PgTable & { readonly userId: PgColumn };

interface Reading {
  readonly where?: SQL | undefined;
  readonly orderBy?: readonly (SQL | PgColumn)[];
  readonly limit?: number;
  /** Keeps the rows from others until the transaction ends. */
  readonly lock?: 'update';
}

export interface OwnRows {
  readonly userId: string;
  read<T extends TenantTable>(table: T, reading?: Reading): Promise<T['$inferSelect'][]>;
  /** The one row that `where` names, or null. */
  one<T extends TenantTable>(table: T, reading?: Reading): Promise<T['$inferSelect'] | null>;
  add<T extends TenantTable>(table: T, values: Omit<T['$inferInsert'], 'userId'>): Promise<void>;
  /** How many rows were changed. */
  change<T extends TenantTable>(
    table: T,
    values: PgUpdateSetSource<T>,
    where?: SQL,
  ): Promise<number>;
  /** How many rows were removed. */
  remove<T extends TenantTable>(table: T, where?: SQL): Promise<number>;
}

export function ownRows(queries: Queries, userId: string): OwnRows {
  const own = (table: TenantTable, where?: SQL) => and(eq(table.userId, userId), where);
  const read = async <T extends TenantTable>(table: T, reading: Reading = {}) => {
    const { where, orderBy, limit, lock } = reading;
    let query = queries
      .select()
      .from(table as PgTable)
      .where(own(table, where))
      .$dynamic();
    if (orderBy) query = query.orderBy(...orderBy);
    if (limit !== undefined) query = query.limit(limit);
    if (lock) query = query.for(lock);
    return (await query) as T['$inferSelect'][];
  };
  return {
    userId,
    read,
    one: async (table, reading) => (await read(table, { ...reading, limit: 1 }))[0] ?? null,
    async add(table, values) {
      await queries.insert(table as PgTable).values({ ...values, userId });
    },
    async change(table, values, where) {
      const changed = await queries
        .update(table as PgTable)
        .set(values as PgUpdateSetSource<PgTable>)
        .where(own(table, where))
        .returning({ userId: table.userId });
      return changed.length;
    },
    async remove(table, where) {
      // Counted by Postgres: there may be a million rows.
      const removed = await queries.delete(table as PgTable).where(own(table, where));
      return removed.count;
    },
  };
}

const mostTogether = 200;

/**
 * Finds the one row of an account that `where` names, or null; those of all accounts that are
 * asked for at the same time in one statement, which names each of them.
 */
export function ownRowFinder<T extends TenantTable>(
  queries: Queries,
  table: T,
  where: SQL,
): (userId: string) => Promise<T['$inferSelect'] | null> {
  const statement = queries
    .select()
    .from(table as PgTable)
    .where(and(sql`${table.userId} = any(${sql.placeholder('userIds')}::uuid[])`, where))
    .prepare('own_rows');
  return gather(async (userIds: readonly string[]) => {
    const rows = (await statement.execute({ userIds })) as (T['$inferSelect'] & {
      readonly userId: string;
    })[];
    const found = new Map(rows.map((row) => [row.userId, row]));
    return userIds.map((userId) => found.get(userId) ?? null);
  }, mostTogether);
}
