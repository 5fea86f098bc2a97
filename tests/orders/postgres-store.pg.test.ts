/** Orders in Postgres: kept as in memory, found by indexes, and never seen by anybody else. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from 'postgres';
import { readBookChange } from '#core/broker/book-change.ts';
import { madeIntent } from '#core/broker/made-intent.ts';
import { submit } from '../../sync/orders/admission.ts';
import { ordersChannel, tradingChannel } from '../../sync/orders/postgres-store.ts';
import { readTradingNotice } from '../../sync/terminals/notices.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { market, startMs } from './desk-world.ts';
import { euro } from './fake-terminal.ts';
import { madeAccount, memoryStore } from './memory-store.ts';
import { someBroker } from './made-book.ts';
import { storedAccount, storeOf, trail } from './stored-world.ts';
import { traceOf, works } from './store-traces.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: startMs };
const at = { nowMs: startMs, quoteOf: () => quote };

describe('the store in Postgres', () => {
  test('keeps and answers all that the one in memory does', async () => {
    await fc.assert(
      fc.asyncProperty(works, async (given) => {
        const { accountId, store } = await storedAccount(database);
        const memory = memoryStore();
        memory.addAccount(madeAccount(accountId, { broker: someBroker }), [euro]);
        const expected = await traceOf(memory, accountId, given);
        expect(await traceOf(store, accountId, given)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('knows no account of another person', async () => {
    const { accountId } = await storedAccount(database);
    const other = storeOf(database, randomUUID());
    expect(await other.transact(accountId, async () => 'seen')).toBe(null);
  });
});

describe('the dispatcher of the same process', () => {
  const request = (accountId: string) =>
    ({ id: randomUUID(), accountId, t: 'place', ticket: market() }) as const;

  test('is woken once what it is to send is committed, and not for what is refused', async () => {
    const { accountId, userId } = await storedAccount(database);
    const seen: Promise<unknown>[] = [];
    const wake = () =>
      void seen.push(
        database.owner
          .execute(sql`select state from order_intents where user_id = ${userId}`)
          .then((rows) => [...rows]),
      );
    const store = storeOf(database, userId, { origin: randomUUID(), wake });
    const refused = { ...request(accountId), ticket: { ...market(), symbol: 'NONE' } };
    expect((await submit(store, refused, at)).ok).toBe(false);
    expect(seen).toEqual([]);
    expect((await submit(store, request(accountId), at)).ok).toBe(true);
    expect(await Promise.all(seen)).toEqual([[{ state: 'created' }]]);
  });

  test('is woken for a price to follow as well', async () => {
    const { accountId, userId } = await storedAccount(database);
    const woken: string[] = [];
    const wake = (id: string) => void woken.push(id);
    const store = storeOf(database, userId, { origin: randomUUID(), wake });
    const trail = { activationPips: 0, distancePips: 10, lockPips: 0 };
    await store.transact(accountId, (tx) =>
      tx.saveTrail({ position: '1', trail, bestPrice: null, askedSl: null }),
    );
    expect(woken).toEqual([accountId]);
  });

  test('is named to others, and pages are told what changed, with the commit', async () => {
    const { accountId, userId } = await storedAccount(database);
    const heard: string[] = [];
    const client = (database.app as unknown as { $client: Sql }).$client;
    const channels = [ordersChannel, tradingChannel];
    const ears = await Promise.all(
      channels.map((name) => client.listen(name, (text) => heard.push(`${name} ${text}`))),
    );
    const origin = randomUUID();
    const store = storeOf(database, userId, { origin, wake: () => undefined });
    expect((await submit(store, request(accountId), at)).ok).toBe(true);
    const ours = () => heard.filter((text) => text.includes(accountId));
    await expect.poll(() => ours().length).toBe(2);
    await Promise.all(ears.map((ear) => ear.unlisten()));
    expect(ours()).toContain(`${ordersChannel} ${accountId} ${origin}`);
    const told = ours().find((text) => text.startsWith(tradingChannel))!;
    const notice = readTradingNotice(told.slice(tradingChannel.length + 1));
    expect(notice).toMatchObject({ userId, accountId });
    const change = readBookChange(JSON.parse(notice!.change!));
    expect(change?.intents).toMatchObject([{ accountId, state: 'created' }]);
  });

  test('is not woken while what it is to send is still being written', async () => {
    const { accountId, userId } = await storedAccount(database);
    const woken: string[] = [];
    const wake = (id: string) => void woken.push(id);
    const store = storeOf(database, userId, { origin: randomUUID(), wake });
    const asked = await database.owner.transaction(async (tx) => {
      await tx.execute(sql`lock table order_intents in share mode`);
      const answer = submit(store, request(accountId), at);
      const waiting = async () =>
        (await database.app.execute(sql`select 1 from pg_locks where not granted`)).length;
      await expect.poll(waiting, { timeout: 30_000 }).toBe(1);
      expect(woken).toEqual([]);
      return { answer };
    });
    expect((await asked.answer).ok).toBe(true);
    expect(woken).toEqual([accountId]);
  });

  test('is woken as well where the commit may have been done and its answer is lost', async () => {
    const { accountId, userId } = await storedAccount(database);
    const woken: string[] = [];
    const wake = (id: string) => void woken.push(id);
    const store = storeOf(database, userId, { origin: randomUUID(), wake });
    const asked = request(accountId);
    expect((await submit(store, asked, at)).ok).toBe(true);
    // Fails at its last statement, which travels with the commit.
    const other = await storedAccount(database);
    const failing = storeOf(database, other.userId, { origin: randomUUID(), wake });
    const lost = failing.transact(other.accountId, async (tx) => {
      const intent = { ...madeIntent({ accountId: other.accountId }), id: 'no id at all' };
      await tx.saveIntent(intent);
    });
    await expect(lost).rejects.toThrow();
    expect(woken).toEqual([accountId, other.accountId]);
  });
});

describe('a request', () => {
  const place = (accountId: string, id = randomUUID()) =>
    ({ id, accountId, t: 'place', ticket: market() }) as const;

  test('that arrives a hundred times at once is one order', async () => {
    const { accountId, store, userId } = await storedAccount(database);
    const request = place(accountId);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => submit(store, request, at)),
    );
    const ids = answers.map((answer) => (answer.ok ? answer.value.intentIds : answer.error));
    expect(new Set(ids.map((each) => JSON.stringify(each))).size).toBe(1);
    const [row] = await database.owner.execute(
      sql`select count(*)::int as count from order_intents where user_id = ${userId}`,
    );
    expect(row).toEqual({ count: 1 });
    expect(await trail.verify(database.app, userId)).toEqual({ entries: 1, brokenAtSeq: null });
  });

  test('has the same answer after a year, and none for another body', async () => {
    const { accountId, store } = await storedAccount(database);
    const request = place(accountId);
    const first = await submit(store, request, at);
    const later = { nowMs: startMs + 31_536_000_000, quoteOf: () => null };
    expect(await submit(store, request, later)).toEqual(first);
    const other = { ...request, ticket: market({ volumeLots: 0.2 }) };
    const answer = await submit(store, other, later);
    expect(answer).toMatchObject({ ok: false, error: { code: 'trade.request-differs' } });
  });
});
