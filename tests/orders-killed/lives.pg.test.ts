/** Lives of the order simulator over a real Postgres, whose servers die with their transactions. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyChain } from '../../sync/audit/chain-verification.ts';
import type { KeptAccount } from '../orders/memory-store.ts';
import { storeOf } from '../orders/stored-world.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { allSafeguards } from '../simulation-orders/safeguards.ts';
import { simulate } from '../simulation-orders/simulate.ts';
import { virtualTime } from '../simulation-orders/time.ts';
import { accountId } from '../simulation-orders/world.ts';
import { storedDatabase, type StoredDatabase } from './stored-database.ts';

const isLong = process.env['OFFING_LONG'] === '1';
const seeds = isLong ? 300 : 20;
const mostMs = isLong ? 3_600_000 : 300_000;

let at: TestDatabase;
beforeAll(async () => {
  at = await testDatabase();
});
afterAll(() => at?.close());

async function lifeOf(seed: number): Promise<StoredDatabase['deaths'] & { deals: number }> {
  const opened: StoredDatabase[] = [];
  const life = await simulate(seed, allSafeguards, {
    database(parts) {
      const database = storedDatabase(at, parts);
      opened.push(database);
      return database;
    },
    time(fromMs) {
      const time = virtualTime(fromMs);
      return {
        nowMs: time.nowMs,
        after: time.after,
        async step() {
          const isOver = await time.step();
          await opened[0]?.settled();
          return isOver;
        },
        get events() {
          return time.events;
        },
      };
    },
  });
  const [database] = opened;
  expect(life.violation, `seed ${seed}`).toBe(null);
  await proveSame(database!, seed);
  await database!.close();
  return { ...database!.deaths, deals: life.deals };
}

/** Postgres keeps what the mirror saw committed, and nothing besides. */
async function proveSame({ kept, userId }: StoredDatabase, seed: number): Promise<void> {
  const expected: KeptAccount = kept();
  const ids = [...expected.intents.keys()];
  const stored = await storeOf(at, userId).transact(accountId, async (tx) => ({
    account: { ...tx.account, serverId: null },
    intents: await tx.intents(ids),
    positions: await tx.positions(),
    orders: await tx.orders(),
    trails: await tx.trails(),
  }));
  const sorted = <T extends Item>(items: Iterable<T>) =>
    [...items].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
  expect(stored?.account, `seed ${seed}`).toEqual({ ...expected.account, serverId: null });
  expect(stored?.intents).toEqual([...expected.intents.values()]);
  for (const part of ['positions', 'orders', 'trails'] as const) {
    const kept: readonly Item[] = stored?.[part] ?? [];
    expect(sorted(kept), part).toEqual(sorted<Item>(expected[part].values()));
  }
  const [count] = await at.owner.execute(sql`select
    (select count(*) from trade_requests where user_id = ${userId})::int as requests,
    (select count(*) from order_intents where user_id = ${userId})::int as intents,
    (select count(*) from deals where user_id = ${userId})::int as deals,
    (select count(*) from intent_events where user_id = ${userId})::int as events`);
  expect(count).toEqual({
    requests: expected.requests.size,
    intents: expected.intents.size,
    deals: expected.deals.size,
    events: expected.events.length,
  });
  expect((await verifyChain(at.owner, userId)).brokenAtSeq).toBe(null);
}

type Item = { readonly position: string } | { readonly order: string };

const idOf = (item: Item): string => ('order' in item ? item.order : item.position);

test(
  'orders on a real Postgres keep what was promised whatever happens',
  async () => {
    const sums = { inCommit: 0, committed: 0, deals: 0 };
    for (let seed = 0; seed < seeds; seed++) {
      const life = await lifeOf(seed);
      sums.inCommit += life.inCommit;
      sums.committed += life.committed;
      sums.deals += life.deals;
      if (isLong) console.log(seed + 1, 'lives', sums);
    }
    expect(sums.deals).toBeGreaterThan(seeds);
    expect(sums.inCommit).toBeGreaterThan(0);
  },
  mostMs,
);
