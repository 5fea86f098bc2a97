/** What was sent to a terminal that nobody holds any more is unknown, as soon as that is so. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../core/broker/order-event.ts';
import { submit } from '../../sync/orders/admission.ts';
import type { OrderStore } from '../../sync/orders/order-store.ts';
import { beginSession } from '../../sync/orders/session.ts';
import { step } from '../../sync/orders/step.ts';
import { endedSessions, loseSession } from '../../sync/terminals/ended-sessions.ts';
import { leaseMs, release, takeLease } from '../../sync/terminals/lease.ts';
import { market, startMs } from '../orders/desk-world.ts';
import { someBroker } from '../orders/made-book.ts';
import { storedAccount, type StoredAccount } from '../orders/stored-world.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: startMs };

/** A session whose server says from its first moment that it holds it. */
async function begun({ userId, accountId, store }: StoredAccount, nowMs = startMs) {
  const session = randomUUID();
  const { login, brokerServer } = someBroker;
  const behind = { device: 'box', login, brokerServer };
  const answer = await beginSession(store, accountId, {
    ...{ ...behind, session, serverId: randomUUID(), nowMs },
  });
  expect(answer.ok).toBe(true);
  await takeLease(database.app, { userId, accountId, session }, nowMs);
  return session;
}

async function sent({ accountId, store }: StoredAccount, session: string): Promise<string> {
  const request = { id: randomUUID(), accountId, t: 'place', ticket: market() } as const;
  const admitted = await submit(store, request, { nowMs: startMs, quoteOf: () => quote });
  if (!admitted.ok) throw new Error(admitted.error.detail);
  const [id] = admitted.value.intentIds;
  const way: OrderEvent[] = [{ t: 'claim', session }, { t: 'sent' }, { t: 'ack', attempt: 1 }];
  await store.transact(accountId, async (tx) => {
    let [intent] = await tx.intents([id!]);
    for (const event of way) intent = await step(tx, intent!, event, startMs);
  });
  return id!;
}

const stateOf = (store: OrderStore, accountId: string, id: string) =>
  store.transact(accountId, async (tx) => (await tx.intents([id]))[0]?.state);

/** As every living server does again and again. */
async function notice({ userId, store }: StoredAccount, nowMs: number): Promise<void> {
  for (const ended of await endedSessions(database.app, nowMs)) {
    if (ended.userId === userId) await loseSession(store, ended, nowMs);
  }
}

describe('an order that was sent', () => {
  test('is unknown once the lease of a server that died is over, and not before', async () => {
    const account = await storedAccount(database);
    const { accountId, store } = account;
    const id = await sent(account, await begun(account));
    await notice(account, startMs + leaseMs);
    expect(await stateOf(store, accountId, id)).toBe('acked');
    await notice(account, startMs + leaseMs + 1);
    expect(await stateOf(store, accountId, id)).toBe('unknown');
    expect(await endedSessions(database.app, startMs + leaseMs + 1)).toEqual([]);
  });

  test('is unknown as soon as its link has ended', async () => {
    const account = await storedAccount(database);
    const { userId, accountId, store } = account;
    const session = await begun(account);
    const id = await sent(account, session);
    await release(database.app, {
      ...{ userId, accountId, session, lastHeardMs: startMs },
      health: {
        ...{ latencyMs: 1, pingUs: 1, serverOffsetMs: 0, isConnected: true, isTradeAllowed: true },
        ...{ queue: 0, dropped: 0, positions: 0 },
      },
    });
    await loseSession(store, { accountId, session }, startMs);
    expect(await stateOf(store, accountId, id)).toBe('unknown');
  });

  test('in a session that has begun since stays as it is', async () => {
    const account = await storedAccount(database);
    const { accountId, store } = account;
    const first = await begun(account);
    const before = await sent(account, first);
    const second = await begun(account, startMs + leaseMs);
    const id = await sent(account, second);
    await loseSession(store, { accountId, session: first }, startMs + leaseMs + 1);
    expect(await stateOf(store, accountId, before)).toBe('unknown');
    expect(await stateOf(store, accountId, id)).toBe('acked');
    await notice(account, startMs + leaseMs + 1);
    expect(await stateOf(store, accountId, id)).toBe('acked');
  });
});
