/** Paper accounts under way over a real Postgres: what is said is kept, one process at a time writes. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { commentOf, magicOf } from '#core/broker/identity.ts';
import type { ConnectorMessage, PlaceCommand } from '#core/broker/messages.ts';
import { usualPaper } from '#core/broker/paper-settings.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { paperBooks, tradingAccounts } from '../../sync/schema/trading.ts';
import type { ConnectorHost } from '../../sync/terminals/connector-host.ts';
import { openPaperHost } from '../../sync/terminals/paper/paper-host.ts';
import {
  claimBook,
  storedText,
  writeBook,
  type StoredPaper,
} from '../../sync/terminals/paper/paper-store.ts';
import { placeOf } from '../../sync/vault/sealed-columns.ts';
import { createVault } from '../../sync/vault/vault.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { until } from '../server-process.ts';
import { scriptedServer, type ScriptedServer } from './scripted-server.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
const vault = createVault({ current: () => key, find: () => key, ids: () => [key.id] });
const token = 'ab'.repeat(16);
const tokenOf = { kind: 'paper', state: 'paired', limits: usualLimits, instruments: [] } as const;

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database?.close());

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function paperAccount(): Promise<{ readonly userId: string; readonly accountId: string }> {
  const [userId, accountId] = [randomUUID(), randomUUID()];
  const place = placeOf('tradingToken', { userId, row: accountId });
  await database.app.insert(tradingAccounts).values({
    ...{ userId, accountId, name: 'Practice', sealedToken: vault.seal(token, place), createdMs: 0 },
    ...tokenOf,
    settings: { paper: { ...usualPaper, profile: 'exact' } },
  });
  return { userId, accountId };
}

interface Scene {
  readonly server: ScriptedServer;
  readonly host: ConnectorHost;
  readonly accountId: string;
  /** Added to the host's clock. */
  clock: { aheadMs: number };
  heard<T extends ConnectorMessage['t']>(t: T): Extract<ConnectorMessage, { t: T }>[];
}

async function scene(
  account?: { readonly accountId: string },
  serverId = randomUUID(),
): Promise<Scene> {
  const { accountId } = account ?? (await paperAccount());
  const server = await scriptedServer(token, accountId);
  const clock = { aheadMs: 0 };
  const host = openPaperHost({
    ...{ database: database.app, vault, serverId, address: server.address, headers: {} },
    readChunk: () => Promise.resolve(null),
    now: () => Date.now() + clock.aheadMs,
    log: pino({ level: 'silent' }),
  });
  open.push(server, host);
  host.looked(accountId);
  await until(async () => server.heard.some(({ t }) => t === 'snapshot'));
  const heard = <T extends ConnectorMessage['t']>(t: T) =>
    server.heard.filter((each): each is Extract<ConnectorMessage, { t: T }> => each.t === t);
  return { server, host, accountId, clock, heard };
}

function buy(at: Scene, id = randomUUID()): PlaceCommand {
  const { monotonicMs } = at.heard('beat').at(-1)!;
  return {
    ...{ t: 'place', id, attempt: 1, magic: magicOf(id, 1), untilMs: monotonicMs + 60_000 },
    ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots: 0.1, price: null },
    ...{ limitPrice: null, sl: null, tp: null, deviationPoints: 50, worstPrice: null },
    ...{ lastsUntilMs: null, comment: commentOf(id) },
  };
}

async function keptOf(accountId: string) {
  const [row] = await database.owner
    .select()
    .from(paperBooks)
    .where(eq(paperBooks.accountId, accountId));
  return row as { book: StoredPaper; journal: { id: string; result: object | null }[] } | undefined;
}

describe('a paper account', () => {
  test('comes when somebody looks, says that it is simulated, and trades', async () => {
    const at = await scene();
    expect(at.heard('account')[0]?.account).toMatchObject({
      brokerServer: 'Offing Paper (simulated)',
      balance: 10_000,
      isDemo: true,
    });
    at.server.say({ t: 'subscribe', symbols: ['EURUSD'] });
    await until(async () => at.heard('quotes').length > 1);
    at.server.say(buy(at));
    await until(async () => at.heard('result').length > 0);
    expect(at.heard('result')[0]?.result).toMatchObject({ outcome: 'done', volumeLots: 0.1 });
    await until(async () => at.heard('delta').length > 0);
    expect(at.heard('delta')[0]?.positions).toHaveLength(1);
  });

  test('has kept the trade and its result when it tells of either', async () => {
    const at = await scene();
    const command = buy(at);
    const kept: Promise<Awaited<ReturnType<typeof keptOf>>>[] = [];
    at.server.onHear = ({ t }) => {
      if (t === 'result') kept.push(keptOf(at.accountId));
    };
    at.server.say(command);
    await until(async () => kept.length > 0);
    const row = await kept[0]!;
    expect(row?.journal).toMatchObject([{ id: command.id, result: { outcome: 'done' } }]);
    expect(row?.book.book?.positions).toMatchObject([{ magic: command.magic }]);
  });

  test('goes on after its process is gone, and knows what became of an order', async () => {
    const account = await paperAccount();
    const first = await scene(account);
    const command = buy(first);
    first.server.say(command);
    await until(async () => first.heard('result').length > 0);
    // Nobody closes the first: it is a process that was thought dead.
    const second = await scene(account);
    const [snapshot] = second.heard('snapshot');
    expect(snapshot?.positions).toMatchObject([{ magic: command.magic }]);
    const { id, attempt, magic } = command;
    second.server.say({ t: 'fate', request: 1, ids: [{ id, attempt, magic }] });
    await until(async () => second.heard('fates').length > 0);
    expect(second.heard('fates')[0]?.fates).toMatchObject([
      { journal: 'result', found: { state: 'filled' } },
    ]);
    // What the dead one is asked now, it can neither keep nor tell of.
    const late = buy(first);
    first.server.say(late);
    await until(async () => first.server.sessions.size === 0);
    expect(first.heard('result').filter((each) => each.result.outcome === 'done')).toHaveLength(1);
    expect((await keptOf(account.accountId))?.journal.map((each) => each.id)).toEqual([id]);
  });

  test('is left alone while another server holds it', async () => {
    const account = await paperAccount();
    await database.owner
      .update(tradingAccounts)
      .set({ serverId: randomUUID(), leaseUntilMs: Date.now() + 30_000 })
      .where(eq(tradingAccounts.accountId, account.accountId));
    const server = await scriptedServer(token, account.accountId);
    const host = openPaperHost({
      ...{ database: database.app, vault, serverId: randomUUID(), address: server.address },
      ...{ headers: {}, now: Date.now, log: pino({ level: 'silent' }) },
      readChunk: () => Promise.resolve(null),
    });
    host.looked(account.accountId);
    await host.close();
    await server.close();
    expect(server.heard).toEqual([]);
    expect(await keptOf(account.accountId)).toBeUndefined();
  });

  test('sleeps when nothing is open and nobody looks, and wakes when somebody does', async () => {
    const at = await scene();
    at.clock.aheadMs = 601_000;
    await until(async () => at.server.sessions.size === 0);
    at.host.looked(at.accountId);
    await until(async () => at.server.sessions.size === 1);
  });

  test('never sleeps with a position open', async () => {
    const at = await scene();
    at.server.say(buy(at));
    await until(async () => at.heard('result').length > 0);
    at.clock.aheadMs = 601_000;
    at.server.say({ t: 'subscribe', symbols: ['EURUSD'] });
    await until(async () => at.heard('quotes').length > 2);
    expect(at.server.sessions.size).toBe(1);
  });

  test('comes back after its link was cut', async () => {
    const at = await scene();
    at.server.cut(1_001);
    await until(async () => at.heard('snapshot').length === 2);
  });
});

test('a book is written by the one that opened it last, and by its own person alone', async () => {
  const account = await paperAccount();
  const row = { ...account, settings: usualPaper };
  const open = async (writer: string) => {
    await claimBook(database.app, row, writer);
    const stored = storedText({ writer, book: '{"version":1}', prices: null });
    return (userId: string) =>
      writeBook(database.app, { ...account, userId, writer }, { stored, journal: '[]' });
  };
  const first = await open('first');
  expect(await first(account.userId)).toBe(true);
  const second = await open('second');
  expect(await first(account.userId)).toBe(false);
  expect(await second(account.userId)).toBe(true);
  expect(await second(randomUUID())).toBe(false);
});
