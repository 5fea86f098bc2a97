/** One request is one order, however often, wherever and however late it is sent. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeExpired } from '../../sync/auth/expiry.ts';
import { connect, type Connection } from '../../sync/database/connection.ts';
import { randomToken } from '../../sync/replication/person-exchange.ts';
import { sweepReplication } from '../../sync/replication/sweep.ts';
import type { AnotherServer } from '../accounts/another-server.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { buy, closing, freshAccount, mostMs, openGround, priced, submit } from './ground.ts';
import type { Ground, Trader } from './ground.ts';
import { atRest, opened } from './killing.ts';
import { keptOf, prove, proveTrail } from './proof.ts';

let ground: Ground;
let connection: Connection;
let servers: readonly AnotherServer[];
let trader: Trader;
let everywhere: readonly Visitor[];
beforeAll(async () => {
  ground = await openGround();
  connection = connect(ground.at.databaseUrl, { name: 'test', most: 2 });
  servers = await Promise.all([ground.start('direct'), ground.start('direct')]);
  trader = await ground.trader();
  everywhere = servers.map((server) => trader.at(server));
}, mostMs);
afterAll(async () => {
  await connection?.close();
  await ground?.close();
});

/** One account, whose prices both servers hear. */
async function account() {
  const book = await freshAccount(everywhere[0]!);
  const { accountId } = book.account;
  await priced(everywhere[1]!, accountId);
  return { accountId, book };
}

const dealsOf = async (who: Visitor, accountId: string) =>
  (
    await who.get<{ deals: { entry: string | null }[] }>('orders.deals', {
      accountId,
    })
  ).deals;

describe('one request', () => {
  test('sent a hundred times at once to two servers is one deal', async () => {
    const { accountId } = await account();
    // A part of a position can be closed twice; and a close may wait, which a market order may not.
    const position = await opened(ground, everywhere[0]!, accountId);
    const before = (await keptOf(ground.at.sql, accountId)).broker.deals.length;
    const request = closing(accountId, position, 0.02);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => submit(everywhere[n % 2]!, request)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual([expect.any(String)]);
    const kept = await atRest(ground, everywhere[0]!, accountId);
    prove(kept);
    expect(kept.intents.find(({ requestId }) => requestId === request.id)).toMatchObject({
      ...{ state: 'filled', filledLots: 0.02 },
    });
    expect(kept.broker.deals).toHaveLength(before + 1);
    expect(kept.broker.positions).toEqual([`${position} 0.03`]);
    for (const who of everywhere) {
      const out = (await dealsOf(who, accountId)).filter(({ entry }) => entry === 'out');
      expect(out).toHaveLength(1);
    }
    await proveTrail(connection.database, trader.userId);
  });

  test('sent again a year later is answered as the first time', async () => {
    const { accountId, book } = await account();
    const request = buy(accountId, book);
    const first = await submit(everywhere[0]!, request);
    const before = await atRest(ground, everywhere[0]!, accountId);
    const yearMs = 31_536_000_000;
    await ground.at.sql`update trade_requests set created_ms = created_ms - ${yearMs}
      where request_id = ${request.id}`;
    await ground.at.sql`update order_intents set created_ms = created_ms - ${yearMs},
      updated_ms = updated_ms - ${yearMs} where request_id = ${request.id}`;
    const { database } = connection;
    await removeExpired(database, Date.now());
    const { signal } = new AbortController();
    await sweepReplication(database, { nowMs: Date.now(), randomToken, signal });
    for (const who of everywhere) expect(await submit(who, request)).toEqual(first);
    const other = buy(accountId, book, 0.06);
    expect(await submit(everywhere[1]!, { ...other, id: request.id })).toBe(
      'trade.request-differs',
    );
    const after = await atRest(ground, everywhere[0]!, accountId);
    prove(after);
    expect(after.broker.deals).toEqual(before.broker.deals);
  });
});

test('one id sent for two accounts at once is good for one of them alone', async () => {
  const both = [(await account()).accountId, (await account()).accountId];
  for (let round = 0; round < 8; round++) {
    const id = randomUUID();
    // Nothing about the market or the account can refuse it.
    const requests = both.map(
      (accountId) => ({ id, accountId, t: 'trail', position: '1', trail: null }) as const,
    );
    const answers = await Promise.all(
      requests.map((request, n) =>
        Promise.all([submit(everywhere[n]!, request), submit(everywhere[1 - n]!, request)]),
      ),
    );
    const texts = answers.map((each) => JSON.stringify(each)).sort();
    expect(texts).toEqual(['["trade.request-differs","trade.request-differs"]', '[[],[]]']);
  }
});
