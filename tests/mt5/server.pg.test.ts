/** From a trader's request to a fill in a terminal and back: real server, compiled Expert Advisor. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountView, BookView, IntentView, RequestView } from '#core/broker/views.ts';
import type { BarsPage } from '#core/market/wire-bars.ts';
import type { PaperBroker } from '#sync/terminals/paper/paper-broker.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';
import { openBrokerServer, type BrokerServer } from './broker-server.ts';
import { compileLimitMs, hasCompiler, makeTerminal } from './compiled-terminal.ts';
import { madeBroker } from './scene.ts';
import { launchTerminal, type TerminalProcess } from './terminal-process.ts';

interface Desk {
  readonly who: Visitor;
  readonly accountId: string;
  readonly code: string;
  readonly broker: PaperBroker;
  readonly brokerServer: BrokerServer;
  launch(settings?: Readonly<Record<string, string>>): TerminalProcess;
  book(): Promise<BookView>;
  account(): Promise<AccountView>;
  open(volumeLots?: number): Promise<() => Promise<IntentView>>;
  close(): Promise<void>;
}

let scene: Scene;
const desks: Desk[] = [];
beforeAll(async () => {
  await makeTerminal();
  if (hasCompiler()) scene = await openScene({ OFFING_PAPER: 'off' });
}, compileLimitMs);
afterAll(async () => {
  for (const desk of desks) await desk.close();
  await scene?.close();
});

/** A trader who has just paired a terminal, which does not run yet. */
async function paired(): Promise<Desk> {
  const who = await (await scene.people.person()).signedIn();
  const pairing = await who.post<{ accountId: string; code: string }>('terminals.pair', {
    name: 'My terminal',
  });
  const { accountId, code } = pairing;
  const folder = await mkdtemp(join(tmpdir(), 'offing-mt5-'));
  const broker = madeBroker();
  const brokerServer = await openBrokerServer(broker, join(folder, 'broker'));
  const terminals: TerminalProcess[] = [];
  const port = Number(new URL(scene.at.address).port);
  const book = () => who.get<BookView & object>('orders.book', { accountId, symbols: ['EURUSD'] });
  const desk: Desk = {
    who,
    accountId,
    code,
    broker,
    brokerServer,
    book,
    launch(settings = {}) {
      const made = launchTerminal({ folder, broker: brokerServer.path, port, code, settings });
      terminals.push(made);
      return made;
    },
    async account() {
      const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
      return accounts.find((each) => each.accountId === accountId)!;
    },
    async open(volumeLots = 0.05) {
      await until(async () => (await book()).quotes.length > 0);
      const ticket = {
        ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots, price: null },
        ...{ limitPrice: null, sl: 1.09, tp: 1.12, deviationPoints: 100, worstPrice: null },
        lastsUntilMs: null,
      };
      const request = { id: randomUUID(), accountId, t: 'place', ticket };
      const { intents } = await who.post<RequestView & object>('orders.open', { request });
      const intentId = intents[0]!.id;
      return async () => (await who.get<{ intent: IntentView }>('orders.one', { intentId })).intent;
    },
    async close() {
      for (const terminal of terminals) await terminal.kill();
      await brokerServer.close();
      await rm(folder, { recursive: true });
    },
  };
  desks.push(desk);
  return desk;
}

describe.runIf(hasCompiler())('a terminal of MetaTrader with the Expert Advisor', () => {
  test('is paired by its code, trades once for each request, and shows what it holds', async () => {
    const desk = await paired();
    desk.launch();
    const order = await desk.open();
    await until(async () => (await order()).state === 'filled');
    expect(await order()).toMatchObject({ filledLots: 0.05, averagePrice: 1.10008 });
    await until(async () => (await desk.book()).positions.length === 1);
    const [position] = (await desk.book()).positions;
    expect(position).toMatchObject({ symbol: 'EURUSD', volumeLots: 0.05, sl: 1.09, tp: 1.12 });
    const { accountId, who } = desk;
    const request = { id: randomUUID(), accountId, t: 'close', position: position!.position };
    await who.post('orders.close', { request: { ...request, volumeLots: null } });
    await until(async () => (await desk.book()).positions.length === 0);
    expect(desk.broker.positions()).toEqual([]);
    expect(desk.brokerServer.trades).toHaveLength(2);
    expect(await desk.account()).toMatchObject({
      state: 'paired',
      broker: { login: '5012345', brokerServer: 'Offing Paper (simulated)' },
      health: { isOnline: true },
    });
  });

  test('tells its past in UTC, whole once it has loaded it, and what it told is kept', async () => {
    const desk = await paired();
    const terminal = desk.launch();
    const { accountId, who } = desk;
    const ask = { source: { accountId }, symbol: 'EURUSD', timeframe: 'M5', limit: 250 };
    const bars = async (beforeMs: number | null) => {
      const page = () => who.try('GET', 'market.bars', { ...ask, beforeMs });
      await until(async () => (await page()).failure === null);
      return who.get<BarsPage & object>('market.bars', { ...ask, beforeMs });
    };
    const newest = (await bars(null)).bars;
    expect(newest.timesMs).toHaveLength(250);
    expect(Date.now() - newest.timesMs.at(-1)!).toBeLessThan(3_600_000);
    expect(newest.timesMs.every((openMs) => openMs % 300_000 === 0)).toBe(true);
    const older = await bars(newest.timesMs[0]!);
    expect(older.hasMore).toBe(false);
    expect(older.bars.close.at(-1)).toBe(newest.open[0]);
    await terminal.kill();
    expect(await bars(newest.timesMs[0]!)).toMatchObject({ bars: older.bars, hasMore: false });
  });

  test('is not let in by another token', async () => {
    const desk = await paired();
    const terminal = desk.launch({ PairingCode: `${desk.accountId}.${'f'.repeat(32)}` });
    await until(async () => (await terminal.status()).includes('pairing code is wrong'));
    expect((await desk.account()).state).toBe('pairing');
  });

  test('lets an order be known as filled that it was killed over', async () => {
    const desk = await paired();
    const terminal = desk.launch();
    desk.brokerServer.accidents.push('no-answer');
    const executed = new Promise<void>((resolve) => (desk.brokerServer.onTrade = resolve));
    const order = await desk.open();
    await executed;
    await terminal.kill();
    expect((await order()).filledLots).toBe(0);
    desk.launch();
    await until(async () => (await order()).state === 'filled');
    expect(desk.brokerServer.trades).toHaveLength(1);
  });

  test('lets a time-out be known as filled where it was executed', async () => {
    const desk = await paired();
    desk.launch();
    desk.brokerServer.accidents.push('executed-timeout');
    const order = await desk.open();
    await until(async () => (await order()).state === 'filled');
    expect(desk.broker.positions()).toHaveLength(1);
    expect(desk.brokerServer.trades).toHaveLength(1);
  });

  test('keeps a lost order unknown and its exposure held, and sends it no second time', async () => {
    const desk = await paired();
    desk.launch();
    desk.brokerServer.accidents.push('timeout-lost');
    const order = await desk.open();
    await until(async () => (await order()).cleanScans > 0);
    expect(await order()).toMatchObject({ state: 'unknown', filledLots: 0 });
    expect((await order()).reserved.positions).toBe(1);
    expect(desk.brokerServer.trades).toHaveLength(1);
  });

  test('halts where the terminal is signed in to another account', async () => {
    const desk = await paired();
    const terminal = desk.launch();
    await until(async () => (await desk.account()).state === 'paired');
    await terminal.kill();
    const shown = desk.broker.account();
    desk.broker.account = () => ({ ...shown, login: '777' });
    const other = desk.launch();
    await until(async () => (await other.status()).includes('trading is halted'));
    expect((await desk.account()).state).toBe('halted');
  });
});
