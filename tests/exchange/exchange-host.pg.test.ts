/** An exchange account under way over a real Postgres: run by its sealed keys, ended when it is revoked. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commentOf, magicOf } from '#core/broker/identity.ts';
import type { ConnectorMessage, PlaceCommand } from '#core/broker/messages.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { paperBooks, tradingAccounts } from '../../sync/schema/trading.ts';
import { openExchangeHost } from '../../sync/terminals/exchange/exchange-host.ts';
import { placeOf } from '../../sync/vault/sealed-columns.ts';
import { createVault } from '../../sync/vault/vault.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { scriptedServer } from '../paper/scripted-server.ts';
import { until } from '../server-process.ts';
import { fakeExchange, fakeSymbol } from './fake-exchange.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
const vault = createVault({ current: () => key, find: () => key, ids: () => [key.id] });
const token = 'cd'.repeat(16);

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database?.close());

test('an account runs by its sealed keys, keeps what it did, and ends when it is revoked', async () => {
  const [userId, accountId, id] = [randomUUID(), randomUUID(), randomUUID()];
  const fake = await fakeExchange();
  const server = await scriptedServer(token, accountId);
  const place = placeOf('tradingToken', { userId, row: accountId });
  const secrets = { token, apiKey: 'the-key', secret: 'the-secret' };
  await database.app.insert(tradingAccounts).values({
    ...{ userId, accountId, name: 'Exchange', kind: 'exchange', state: 'paired', createdMs: 0 },
    sealedToken: vault.seal(JSON.stringify(secrets), place),
    ...{ limits: usualLimits, instruments: [], settings: { exchange: 'bybit' } },
  });
  const host = openExchangeHost({
    ...{ database: database.app, vault, serverId: 'one', address: server.address, headers: {} },
    ...{ readChunk: () => Promise.resolve(null), now: Date.now, log: pino({ level: 'silent' }) },
    standIn: { url: fake.url, paceMs: 1 },
  });
  const heard = <T extends ConnectorMessage['t']>(t: T) =>
    server.heard.filter((each): each is Extract<ConnectorMessage, { t: T }> => each.t === t);
  await until(async () => heard('snapshot').length > 0);
  expect(heard('account')[0]?.account).toMatchObject({ login: '4711', currency: 'USDT' });

  server.say({ t: 'subscribe', symbols: [fakeSymbol] });
  await until(async () => heard('quotes').length > 0);
  const command: PlaceCommand = {
    ...{ t: 'place', id, attempt: 1, magic: magicOf(id, 1), comment: commentOf(id) },
    ...{ symbol: fakeSymbol, side: 'buy', kind: 'market', volumeLots: 0.01, price: null },
    ...{ limitPrice: null, sl: null, tp: null, deviationPoints: 10, worstPrice: null },
    ...{ lastsUntilMs: null, untilMs: heard('beat').at(-1)!.monotonicMs + 60_000 },
  };
  server.say(command);
  await until(async () => heard('result').length > 0);
  expect(heard('result')[0]?.result).toMatchObject({ outcome: 'done', volumeLots: 0.01 });
  // The same again does nothing.
  server.say(command);
  await until(async () => heard('result').length > 1);
  expect(fake.signedLots).toBe(0.01);
  const [kept] = await database.app
    .select()
    .from(paperBooks)
    .where(eq(paperBooks.accountId, accountId));
  expect(kept?.journal).toMatchObject([{ id, attempt: 1, result: { outcome: 'done' } }]);
  expect(JSON.stringify([server.heard, kept])).not.toContain('the-');

  await database.app
    .update(tradingAccounts)
    .set({ state: 'revoked' })
    .where(eq(tradingAccounts.accountId, accountId));
  host.changed(accountId);
  await until(async () => server.sessions.size === 0);
  await host.close();
  await server.close();
  await fake.close();
});
