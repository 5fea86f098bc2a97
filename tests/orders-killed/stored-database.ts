/**
 * A real Postgres under the simulated world: servers that die leave their transactions to it, some
 * of them with the commit on its way, where it alone knows what became of them.
 *
 * What it answers to a server is read from Postgres; a mirror in memory, of what was committed,
 * is what the world looks at between, and in the end both have to be the same.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql, TransactionSql } from 'postgres';
import { appRole, connect, type Connection } from '../../sync/database/connection.ts';
import type { OrderStore, TradingAccount } from '../../sync/orders/order-store.ts';
import { postgresOrders } from '../../sync/orders/postgres-store.ts';
import { tradingAccounts } from '../../sync/schema/trading.ts';
import { memoryStore } from '../orders/memory-store.ts';
import { trail } from '../orders/stored-world.ts';
import type { TestDatabase } from '../postgres.ts';
import type { Database, DatabaseParts } from '../simulation-orders/database.ts';
import { Crash, type Process } from '../simulation-orders/process.ts';
import { recording, replay, type Written } from './recorded-writes.ts';
import { turns } from './turns.ts';

export interface StoredDatabase extends Database {
  /** When nothing is asked of Postgres any more, but for what waits for the world's time. */
  settled(): Promise<void>;
  readonly userId: string;
  readonly deaths: Deaths;
  close(): Promise<void>;
}

export interface Deaths {
  /** Servers that died while they committed, and those of them whose work was there all the same. */
  inCommit: number;
  committed: number;
}

/** One transaction: who does it at Postgres, and what it wrote. */
interface Try {
  readonly server: Process;
  readonly written: Written[];
  pid: number;
  xid: string;
  /** Where its server died with the commit on its way. */
  ending: Promise<void> | null;
}

const mostSlowMs = 600;
/** Of commits. */
const deathRatio = 0.01;
/** A commit takes about as long on a real clock. */
const mostCommitMs = 12;

export function storedDatabase(
  at: TestDatabase,
  { chance, faults, account, onCommit, die }: DatabaseParts,
): StoredDatabase {
  const { accountId } = account;
  const userId = randomUUID();
  const ready = addAccount(at, userId, account);
  const mirror = memoryStore({ onCommit: (_, changes) => onCommit(changes, before) });
  mirror.addAccount(account);
  let before = mirror.kept(accountId);
  const line = turns();
  const deaths: Deaths = { inCommit: 0, committed: 0 };
  const pools = new Map<Process, Connection>();
  const poolOf = (server: Process): Connection => {
    const known = pools.get(server);
    const pool = known ?? connect(at.url, { name: 'life', most: 1, role: appRole });
    pools.set(server, pool);
    return pool;
  };

  /** What can go wrong wherever a server waits for the database. */
  async function pass(server: Process): Promise<void> {
    if (!server.isAlive) throw new Crash(server.name);
    if (faults.happens('server dies in a transaction')) {
      die(server);
      throw new Crash(server.name);
    }
    if (faults.happens('database lost')) throw new Error('the database is gone');
    if (faults.happens('slow database')) {
      await line.pausing(() => server.wait(chance.below(mostSlowMs)));
    }
  }

  /** Some die with the commit on its way; nobody but Postgres knows whether it got there. */
  async function passCommit(tried: Try): Promise<void> {
    const { server, pid } = tried;
    if (faults.areOver || !chance.often(deathRatio)) return pass(server);
    die(server);
    deaths.inCommit++;
    tried.ending = wait(chance.below(mostCommitMs)).then(() => end(at, pid));
  }

  async function commit({ written, ending }: Try): Promise<void> {
    if (ending) deaths.committed++;
    before = mirror.kept(accountId);
    await replay(mirror, accountId, written);
  }

  async function run<T>(
    server: Process,
    ...[id, work, foreseen]: Parameters<OrderStore['transact']>
  ): Promise<T | null> {
    await ready;
    await pass(server);
    const tried: Try = { server, written: [], pid: 0, xid: '', ending: null };
    const store = postgresOrders({
      ...{ trail, userId, actor: 'server', nowMs: Date.now },
      database: noting(poolOf(server).database, (transaction) => identify(transaction, tried)),
    });
    const tryIt: typeof work = async (tx) => {
      const result = await work(recording(tx, tried.written, () => pass(server)));
      await passCommit(tried);
      return result;
    };
    const answer = await store.transact(id, tryIt, foreseen).catch(async (error: unknown) => {
      if (server.isAlive) throw error;
      await (tried.ending ?? end(at, tried.pid));
      if (await isCommitted(at, tried.xid)) await commit(tried);
      throw new Crash(server.name);
    });
    await tried.ending;
    await commit(tried);
    await pass(server);
    return answer as T | null;
  }

  return {
    ...{ userId, deaths, settled: line.over, kept: () => mirror.kept(accountId) },
    storeOf: (server) => ({ transact: (...given) => line.turn(() => run(server, ...given)) }),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

async function addAccount(
  at: TestDatabase,
  userId: string,
  { accountId, kind, state, limits }: TradingAccount,
): Promise<void> {
  // The account of an earlier life has the same id.
  await at.owner.delete(tradingAccounts).where(eq(tradingAccounts.accountId, accountId));
  await at.owner.transaction(async (queries) => {
    await trail.open(queries, userId);
    await queries.insert(tradingAccounts).values({
      ...{ userId, accountId, name: 'Life', kind, state, sealedToken: '', limits, settings: {} },
      ...{ instruments: [], createdMs: 0 },
    });
  });
}

/** The same database, whose transactions are told of as they begin. */
function noting(
  database: PostgresJsDatabase & { readonly $client?: unknown },
  begun: (sql: TransactionSql) => Promise<void>,
): PostgresJsDatabase {
  const client = database.$client as Sql;
  const begin = (work: (sql: TransactionSql) => Promise<unknown>) =>
    client.begin(async (sql) => {
      await begun(sql);
      return work(sql);
    });
  return Object.create(database, { $client: { value: { begin } } }) as PostgresJsDatabase;
}

async function identify(sql: TransactionSql, tried: Try): Promise<void> {
  const [row] = await sql.unsafe(
    'select pg_backend_pid() as pid, pg_current_xact_id()::text as xid',
  );
  Object.assign(tried, row);
  tried.written.length = 0;
}

/** As if the machine of its client had gone out; returns once nothing of it goes on. */
async function end({ owner }: TestDatabase, pid: number): Promise<void> {
  await owner.execute(sql`select pg_terminate_backend(${pid}::integer, 10000)`);
}

async function isCommitted({ owner }: TestDatabase, xid: string): Promise<boolean> {
  if (xid === '') return false;
  const [row] = await owner.execute<{ status: string }>(sql`
    select pg_xact_status(${xid}::text::xid8) as status`);
  return row?.status === 'committed';
}
