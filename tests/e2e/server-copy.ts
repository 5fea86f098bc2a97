/** What the server's database holds of the devices, and a backup of it that is put back later. */
import postgres from 'postgres';
import { testDatabase } from '../postgres.ts';
import { note, type Held } from './device.ts';

/** All that a restored backup takes back in time. */
const tables = ['fragments', 'replica_heads', 'replica_tokens', 'replicas', 'chunks'] as const;

export interface ServerCopy {
  /** For `DATABASE_URL`. */
  readonly url: string;
  /** What it holds of an account, as `heldBy` tells it of a device. */
  held(email: string): Promise<Held>;
  /** How many devices it has given a name, those nobody uses any more included. */
  nodes(email: string): Promise<readonly string[]>;
  backUp(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

interface FragmentRow {
  readonly collection: string;
  readonly row_id: string;
  readonly hlc: string;
  readonly live: readonly string[];
}

/** A database of its own for a server under test. */
export async function openServerCopy(): Promise<ServerCopy> {
  const database = await testDatabase();
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  return {
    url: database.url,
    async held(email) {
      const rows = await sql<FragmentRow[]>`
        select collection, row_id, hlc, live from fragments
        where user_id = (select user_id from users where email = ${email})`;
      const held: Record<string, string> = {};
      for (const { collection, row_id, hlc, live } of rows) {
        for (const cell of live) note(held, [collection, row_id, cell], hlc);
      }
      return held;
    },
    async nodes(email) {
      const rows = await sql<{ node: string }[]>`
        select node from replicas
        where user_id = (select user_id from users where email = ${email})`;
      return rows.map(({ node }) => node);
    },
    async backUp() {
      await sql`create schema backup`;
      for (const table of tables) {
        await sql`create table backup.${sql(table)} as select * from ${sql(table)}`;
      }
    },
    async restore() {
      await sql.begin(async (all) => {
        await all`lock table ${all(tables[1])} in access exclusive mode`;
        for (const table of tables) {
          await all`delete from ${all(table)}`;
          await all`insert into ${all(table)} select * from backup.${all(table)}`;
        }
      });
    },
    async close() {
      await sql.end();
      await database.close();
    },
  };
}
