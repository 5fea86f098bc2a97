/**
 * One statement outside any transaction, written out: for what is asked at every call, where to
 * build its text anew costs as much as to send it.
 */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import type { Statement } from './short-transaction.ts';

export async function ask<Row>(
  database: PostgresJsDatabase & { readonly $client?: unknown },
  { text, values }: Statement,
): Promise<readonly Row[]> {
  const client = database.$client as Sql;
  return client.unsafe<Row[] & object[]>(text, [...values] as never[]);
}
