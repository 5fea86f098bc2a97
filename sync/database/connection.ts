/** Pools of connections to Postgres, embedded or given, with drizzle over them. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

export interface Connection {
  readonly database: PostgresJsDatabase;
  close(): Promise<void>;
}

/** The role of all work but migrations; drizzle/0002_app_role.sql says what it may do. */
export const appRole = 'offing_app';

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
    connection: {
      application_name: `offing ${options.name}`,
      statement_timeout: 30_000,
      ...(options.role === undefined ? {} : { role: options.role }),
    },
  });
  return {
    database: drizzle(client),
    close: () => client.end({ timeout: 5 }),
  };
}
