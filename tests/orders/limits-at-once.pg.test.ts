/**
 * Openings of one account at the same moment: together they never go beyond what is allowed.
 *
 * The interleavings are those of the Hermitage suite of isolation tests, with a pause wherever a
 * transaction has read what it judges by and not yet written.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualLimits } from '../../core/risk/limits.ts';
import { submit } from '../../sync/orders/admission.ts';
import type { OrderStore } from '../../sync/orders/order-store.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { market, startMs } from './desk-world.ts';
import { storedAccount, storeOf } from './stored-world.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: startMs };
const at = { nowMs: startMs, quoteOf: () => quote };
const pauseMs = 40;

/** Waits once all is read and decided, before anything of it is written. */
const pausing = (store: OrderStore): OrderStore => ({
  transact: (accountId, work, foreseen) =>
    store.transact(
      accountId,
      async (tx) => {
        const result = await work(tx);
        await wait(pauseMs);
        return result;
      },
      foreseen,
    ),
});

const open = (store: OrderStore, accountId: string, volumeLots = 0.1) =>
  submit(store, { id: randomUUID(), accountId, t: 'place', ticket: market({ volumeLots }) }, at);

describe('two transactions of one account', () => {
  test('do not write over one another (G0, lost update)', async () => {
    const { accountId, store, userId } = await storedAccount(database);
    const add = (one: OrderStore) =>
      one.transact(accountId, async (tx) => {
        const { peakEquity } = tx.account;
        await wait(pauseMs);
        await tx.saveAccount({ peakEquity: peakEquity + 1 });
      });
    const stores = [store, storeOf(database, userId), storeOf(database, userId)];
    await Promise.all(stores.map(add));
    expect(await store.transact(accountId, async (tx) => tx.account.peakEquity)).toBe(3);
  });

  test('see nothing of what fails or is not yet over (G1a, G1b)', async () => {
    const { accountId, store, userId } = await storedAccount(database);
    const failing = store.transact(accountId, async (tx) => {
      await tx.saveAccount({ peakEquity: 7 });
      await tx.addDeals([]);
      await wait(pauseMs);
      throw new Error('cut short');
    });
    const seen = storeOf(database, userId).transact(accountId, async (tx) => tx.account.peakEquity);
    await expect(failing).rejects.toThrow('cut short');
    expect(await seen).toBe(0);
  });

  test('that each fit alone are not both let in (write skew)', async () => {
    const limits = { ...usualLimits, exposureRatio: 0.015 };
    const { accountId, store, userId } = await storedAccount(database, { limits });
    const stores = [pausing(store), pausing(storeOf(database, userId))];
    const answers = await Promise.all(stores.map((each) => open(each, accountId)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const [refused] = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
    expect(refused).toBe('risk.exposure');
  });

  test('count what the other is about to add (phantom)', async () => {
    const limits = { ...usualLimits, openPositions: 3 };
    const { accountId, store, userId } = await storedAccount(database, { limits });
    const stores = Array.from({ length: 10 }, (_, n) =>
      pausing(n % 2 === 0 ? store : storeOf(database, userId)),
    );
    const answers = await Promise.all(stores.map((each) => open(each, accountId, 0.01)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    const [row] = await database.owner.execute(
      sql`select count(*)::int as count from order_intents where user_id = ${userId}`,
    );
    expect(row).toEqual({ count: 3 });
  });
});

test('accounts of different people do not wait for one another', async () => {
  const held = await storedAccount(database);
  const other = await storedAccount(database);
  let isOver = false;
  const holding = held.store.transact(held.accountId, async () => {
    // Longer than the other takes, however busy the machine: it is let go by the other's end.
    while (!isOver) await wait(5);
  });
  const answer = await open(other.store, other.accountId);
  isOver = true;
  await holding;
  expect(answer.ok).toBe(true);
});
