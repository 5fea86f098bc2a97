/** Pools of connections to Postgres, embedded or given, with drizzle over them. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql, type TransactionSql } from 'postgres';

export interface Connection {
  readonly database: PostgresJsDatabase;
  close(): Promise<void>;
}

/** The role of all work but migrations; drizzle/0002_app_role.sql says what it may do. */
export const appRole = 'offing_app';

/** Arrays of integer, text, bigint and uuid, by their numbers in Postgres; drizzle reads them. */
const arrays = {
  to: 1009,
  from: [1007, 1009, 1016, 2951],
  serialize: arrayText,
  parse: (text: string) => text,
};

/**
 * Opens no connection until the first query, and a new one after each that was lost.
 *
 * Work of one kind has a pool of its own, so that a rush of it does not starve another.
 */
export function connect(
  url: string,
  options: { readonly name: string; readonly most: number; readonly role?: string },
): Connection {
  const client = postgres(url, {
    max: options.most,
    connect_timeout: 5,
    idle_timeout: 60,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    onnotice: () => undefined,
    // The driver would ask for the types of arrays on each new connection and listen to nobody
    // when that fails: a database that went away just then would take the process with it.
    fetch_types: false,
    types: { arrays },
    connection: {
      application_name: `offing ${options.name}`,
      statement_timeout: 30_000,
      // Who stops in the middle must not keep from others what it has locked.
      idle_in_transaction_session_timeout: 30_000,
      ...(options.role === undefined ? {} : { role: options.role }),
    },
  });
  return {
    database: drizzle(preparing(client)),
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * The client, with every statement that has values prepared once a connection: left to itself
 * drizzle has each one described first, a second way to Postgres and back, and planned anew.
 *
 * `?prepare=false` in the database's address switches it off, for poolers that cannot follow.
 */
function preparing<T extends Sql | TransactionSql>(client: T): T {
  const { unsafe } = client;
  client.unsafe = (text, values = [], options = {}) =>
    unsafe(text, values, { ...options, prepare: values.length > 0 });
  if ('begin' in client) {
    const begin = client.begin as (work: (inner: TransactionSql) => unknown) => Promise<unknown>;
    client.begin = ((work: (inner: TransactionSql) => unknown) =>
      begin((inner) => work(preparing(inner)))) as typeof client.begin;
  }
  return client;
}

/** As Postgres writes an array: `{"a","b"}`; each text in quotes, so that none is taken for more. */
function arrayText(values: readonly unknown[] | string): string {
  if (typeof values === 'string') return values;
  let text = '';
  for (const value of values) text += text === '' ? arrayItem(value) : `,${arrayItem(value)}`;
  return `{${text}}`;
}

/** What JSON writes otherwise than as it is, or with a backslash before it. */
const unlikeJson = /[^ -\ud7ff\ue000-\uffff]/;

function arrayItem(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = String(value);
  // The same, and several times faster, which counts where a push writes thousands of them.
  if (!unlikeJson.test(text)) return JSON.stringify(text);
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
