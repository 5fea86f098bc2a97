/** The pool of connections to Postgres, embedded or given, with drizzle over it. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export interface Connection {
  readonly database: PostgresJsDatabase;
  close(): Promise<void>;
}

/** Opens no connection until the first query, and a new one after each that was lost. */
export function connect(url: string): Connection {
  const client = postgres(url, {
    max: 10,
    connect_timeout: 5,
    idle_timeout: 60,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    onnotice: () => undefined,
    connection: { application_name: 'offing', statement_timeout: 30_000 },
  });
  return {
    database: drizzle(client),
    close: () => client.end({ timeout: 5 }),
  };
}
