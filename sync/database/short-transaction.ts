/**
 * A transaction with few ways to Postgres and back, for what is done hundreds of times a second.
 *
 * Statements are handed to the connection the moment they are sent, so that several travel
 * together, and the last ones travel with the commit: where one of them fails Postgres makes a
 * rollback of it, and the transaction fails here.
 */
import { PgDialect } from 'drizzle-orm/pg-core';
import {
  PostgresJsSession,
  PostgresJsTransaction,
  type PostgresJsDatabase,
} from 'drizzle-orm/postgres-js';
import type { Sql, TransactionSql } from 'postgres';
import type { Queries } from './queries.ts';

export interface Statement {
  readonly text: string;
  /** Arrays as well; `$1` is the first. */
  readonly values: readonly unknown[];
}

export interface ShortTransaction {
  /** For all that is asked seldom. */
  readonly queries: Queries;
  /** Sent at once, after all that was sent before. */
  send<T>(statement: Statement): Promise<readonly T[]>;
  /** To be written with the commit: nothing may be sent afterwards. */
  sendLast(statements: readonly Statement[]): void;
}

const dialect = new PgDialect();

export async function shortTransaction<T>(
  database: PostgresJsDatabase & { readonly $client?: unknown },
  work: (transaction: ShortTransaction) => Promise<T>,
): Promise<T> {
  let last: readonly Promise<unknown>[] = [];
  const client = database.$client as Sql;
  const value = await client.begin((sql) => {
    const send = <Row>({ text, values }: Statement) =>
      sql.unsafe<Row[] & object[]>(text, [...values] as never[]).execute();
    return work({
      queries: queriesOver(sql),
      send: async (statement) => send(statement),
      sendLast: (statements) => (last = statements.map((each) => send(each))),
    });
  });
  await Promise.all(last);
  return value as T;
}

function queriesOver(sql: TransactionSql): Queries {
  type Schema = Record<string, never>;
  // As drizzle does itself: to it the client of a transaction is one like any other.
  const client = sql as unknown as Sql;
  const session = new PostgresJsSession<Sql, Schema, Schema>(client, dialect, undefined);
  return new PostgresJsTransaction<Schema, Schema>(dialect, session as never, undefined);
}
