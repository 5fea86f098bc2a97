/** The server's database as the rest of it sees one: absent while starting, asked with a time limit. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Log } from '../ops/log.ts';
import type { DataFolder } from '../data/data-folder.ts';
import type { Refusal } from '../refusal.ts';
import { refuse } from '../refusal.ts';
import { appRole, connect, type Connection } from './connection.ts';
import { embeddedPostgres } from './embedded-postgres.ts';
import { isLostConnection, rootCause, rootCode } from './lost-connection.ts';
import { readInstallation, recordBoot, type Boot, type Installation } from './installation.ts';
import { migrateDatabase } from './migrations.ts';

export type Unavailable = Failure<'server.unavailable'>;

export interface Database {
  /** For everything but sign-in and limits; works as the role of the server. */
  readonly app: PostgresJsDatabase;
  /** For sign-in and limits, so that a rush of other work does not keep people out. */
  readonly auth: PostgresJsDatabase;
  /** As the owner; what it opens closes it. */
  readonly ownerUrl: string;
  readonly schemaVersion: number;
  /** Where the embedded Postgres keeps its files when that is not the data folder. */
  readonly outsideFolder: string | null;
  /** `server.unavailable` when Postgres does not answer within two seconds. */
  installation(): Promise<Result<Installation, Unavailable>>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly data: DataFolder;
  /** Null starts the embedded one. */
  readonly databaseUrl: string | null;
  readonly migrationsFolder: string;
  readonly boot: Omit<Boot, 'schemaVersion'>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const answerLimitMs = 2_000;
const connectLimitMs = 30_000;

/** Connects, migrates and notes the start; whatever it began is ended again when it fails. */
export async function openDatabase(options: DatabaseOptions): Promise<Result<Database, Refusal>> {
  const { data, databaseUrl, log, signal } = options;
  if (databaseUrl !== null) return openOver(databaseUrl, options, null, async () => undefined);
  const embedded = await embeddedPostgres(data, log, signal);
  if (!embedded.ok) return embedded;
  const { url, outsideFolder, stop } = embedded.value;
  return openOver(url, options, outsideFolder, stop);
}

async function openOver(
  url: string,
  options: DatabaseOptions,
  outsideFolder: string | null,
  stop: () => Promise<void>,
): Promise<Result<Database, Refusal>> {
  const owner = connect(url, { name: 'owner', most: 2 });
  const prepared = await prepare(owner, options);
  await owner.close();
  if (!prepared.ok) {
    await stop();
    return prepared;
  }
  const app = connect(url, { name: 'app', most: 10, role: appRole });
  const auth = connect(url, { name: 'auth', most: 10, role: appRole });
  return ok({
    app: app.database,
    auth: auth.database,
    ownerUrl: url,
    schemaVersion: prepared.value,
    outsideFolder,
    installation: () => answerInTime(readInstallation(app.database), options.log),
    async close() {
      await Promise.all([app.close(), auth.close()]);
      await stop();
    },
  });
}

async function prepare(
  connection: Connection,
  options: DatabaseOptions,
): Promise<Result<number, Refusal>> {
  try {
    const { database } = connection;
    await waitUntilReachable(database, options);
    const schemaVersion = await migrateDatabase(database, options.migrationsFolder);
    if (!schemaVersion.ok) return schemaVersion;
    await recordBoot(database, { ...options.boot, schemaVersion: schemaVersion.value });
    return schemaVersion;
  } catch (error) {
    if (options.signal.aborted) return refuse('The start was given up.');
    options.log.error({ error: rootMessage(error) }, 'the database could not be prepared');
    return refuse(`The database cannot be used: ${rootMessage(error)}`);
  }
}

/** A database that starts beside the server may be a little later than it. */
async function waitUntilReachable(database: PostgresJsDatabase, options: DatabaseOptions) {
  const until = performance.now() + connectLimitMs;
  for (;;) {
    try {
      await database.execute('select 1');
      return;
    } catch (error) {
      if (options.signal.aborted || performance.now() > until || !isLostConnection(error))
        throw error;
      await wait(500, undefined, { signal: options.signal });
    }
  }
}

async function answerInTime<T>(answer: Promise<T>, log: Log): Promise<Result<T, Unavailable>> {
  const limit = new AbortController();
  const late = wait(answerLimitMs, 'late' as const, { signal: limit.signal, ref: false });
  late.catch(() => undefined);
  try {
    const first = await Promise.race([answer.then((value) => ({ value })), late]);
    if (first !== 'late') return ok(first.value);
    answer.catch(() => undefined);
    return fail({ code: 'server.unavailable', detail: 'The database does not answer in time.' });
  } catch (error) {
    log.warn({ error: rootMessage(error) }, 'the database does not answer');
    return fail({ code: 'server.unavailable', detail: 'The database cannot be reached.' });
  } finally {
    limit.abort();
  }
}

function rootMessage(error: unknown): string {
  const cause = rootCause(error);
  return cause instanceof Error ? cause.message || rootCode(error) : String(cause);
}
