/** The way in for terminals, over a real socket: who gets in, and what ends a session. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BlockList } from 'node:net';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectorMessage } from '../../core/broker/messages.ts';
import { serverOrigins } from '../../sync/http/origins.ts';
import { liveSession, type LiveSession } from '../../sync/terminals/live-session.ts';
import type { PairedAccount } from '../../sync/terminals/introduction.ts';
import { openTerminalHost } from '../../sync/terminals/socket-host.ts';
import { isNear, openTerminalGate } from '../../sync/terminals/terminal-gate.ts';
import { until } from '../server-process.ts';
import { account as broker, beat, openTerminal, type Script } from './scripted-terminal.ts';

const token = 'a'.repeat(32);
const paired: PairedAccount = {
  userId: randomUUID(),
  accountId: randomUUID(),
  kind: 'mt5',
  state: 'paired',
  pairUntilMs: null,
  token,
};

let known: PairedAccount | null;
let clockMs: number;
let live: LiveSession | null;
let ends: string[];
let strangers: string[];
let heard: ConnectorMessage[];
let address: string;
let close: () => Promise<void>;

beforeEach(async () => {
  [known, clockMs, live, ends, strangers, heard] = [paired, 0, null, [], [], []];
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
  const origins = serverOrigins({ scheme: 'http', host: '127.0.0.1', port, publicOrigin: null });
  const host = openTerminalHost({
    gate: openTerminalGate({ origins, proxies: new BlockList(), secure: false, now: Date.now }),
    find: async (accountId) => (accountId === known?.accountId ? known : null),
    begin: async () => null,
    open({ account, session, socket, frames }) {
      live = liveSession({
        ...{ userId: account.userId, accountId: account.accountId, session, socket, frames },
        now: Date.now,
        monotonic: () => clockMs,
        onEnd: (why, detail) => void ends.push(detail === '' ? why : `${why}: ${detail}`),
      });
      live.listen({
        hear: (message) => void heard.push(message),
        wake: () => undefined,
        look: () => undefined,
        end: () => Promise.resolve(),
      });
    },
    onStranger: (_, why) => void strangers.push(why),
    now: Date.now,
    log: pino({ level: 'silent' }),
  });
  server.on('upgrade', (request, socket, head) => host.upgrade(request, socket, head));
  close = async () => {
    host.close();
    server.closeAllConnections();
    server.close();
    live?.close('stopping');
  };
});
afterEach(() => close());

const connect = (script: Partial<Script> = {}) =>
  openTerminal({ address, accountId: paired.accountId, token, ...script });

describe('the handshake', () => {
  it('lets in whoever holds the token, and hears it', async () => {
    const terminal = await connect();
    terminal.say(beat());
    terminal.say({ t: 'account', account: broker });
    await until(async () => heard.length === 2);
    expect(heard.map(({ t }) => t)).toEqual(['beat', 'account']);
    live!.tick();
    await until(async () => terminal.heard.length === 1);
    expect(terminal.heard).toEqual([{ t: 'beat' }]);
    expect(live!.health).toMatchObject({ pingUs: 12_000, isConnected: true });
  });

  it.each([
    ['another token', { token: 'b'.repeat(32) }, ['wrong-token']],
    ['an account that is not there', { accountId: randomUUID() }, []],
    [
      'a login put in afterwards',
      { forge: (a: object) => ({ ...a, login: '7' }) },
      ['wrong-token'],
    ],
    ['a proof that is none', { forge: (a: object) => ({ ...a, mac: 'x' }) }, []],
    ['a name with a bar in it', { device: 'a|b' }, []],
    ['another version', { forge: (a: object) => ({ ...a, v: 2 }) }, []],
    ['no object', { forge: () => [null] }, []],
    ['prototypes', { forge: () => JSON.parse('{"__proto__":{"t":"auth"}}') as unknown }, []],
    ['too much', { forge: (a: object) => ({ ...a, more: 'x'.repeat(5_000) }) }, []],
  ])('refuses %s', async (_, script, told) => {
    await expect(connect(script)).rejects.toMatchObject({ code: 4_401 });
    expect(live).toBeNull();
    expect(strangers).toEqual(told);
  });

  it('refuses a code past its time, and an account that was revoked', async () => {
    known = { ...paired, state: 'pairing', pairUntilMs: Date.now() - 1 };
    await expect(connect()).rejects.toMatchObject({ code: 4_401 });
    known = { ...paired, state: 'revoked' };
    await expect(connect()).rejects.toMatchObject({ code: 4_403 });
    expect(strangers).toEqual(['code-expired', 'revoked']);
    known = { ...paired, state: 'pairing', pairUntilMs: Date.now() + 10_000 };
    await (await connect()).close();
  });

  it('is not begun with a page, under another name, or in another protocol', async () => {
    const origin = { headers: { origin: address } };
    await expect(connect(origin)).rejects.toMatchObject({ code: 403 });
    const host = { headers: { host: 'evil.example' } };
    await expect(connect(host)).rejects.toMatchObject({ code: 421 });
    await expect(connect({ protocol: null })).rejects.toMatchObject({ code: 400 });
    await expect(connect({ protocol: 'offing.v2' })).rejects.toMatchObject({ code: 400 });
  });

  it('is tried twenty times a minute at most from one address', async () => {
    for (let i = 0; i < 20; i++) {
      await expect(connect({ token: 'b'.repeat(32) })).rejects.toMatchObject({ code: 4_401 });
    }
    await expect(connect()).rejects.toMatchObject({ code: 429 });
  });

  it('is waited for in sixteen at once from one address, and no more', async () => {
    const { WebSocket } = await import('ws');
    const silent = Array.from(
      { length: 16 },
      () => new WebSocket(`${address.replace('http', 'ws')}/terminals`, ['offing.v1']),
    );
    await Promise.all(silent.map((socket) => once(socket, 'open')));
    await expect(connect()).rejects.toMatchObject({ code: 503 });
    silent[0]!.terminate();
    await until(async () => {
      const terminal = await connect().catch(() => null);
      await terminal?.close();
      return terminal !== null;
    });
    for (const socket of silent) socket.terminate();
  });
});

describe('a session ends with', () => {
  it('a frame that somebody changed on its way', async () => {
    const terminal = await connect();
    terminal.send(terminal.frame(beat()).replace('12000', '12001'));
    expect((await terminal.ended).code).toBe(4_400);
    expect(ends).toEqual(['broken: seal']);
    expect(heard).toEqual([]);
  });

  it('a frame that was sent before', async () => {
    const terminal = await connect();
    const frame = terminal.frame(beat());
    terminal.send(frame);
    terminal.send(frame);
    await terminal.ended;
    expect(ends).toEqual(['broken: replayed']);
    expect(heard).toHaveLength(1);
  });

  it('a frame of another session', async () => {
    const first = await connect();
    const frame = first.frame(beat());
    await first.close();
    const second = await connect();
    second.send(frame);
    await second.ended;
    expect(ends).toEqual(['gone', 'broken: seal']);
  });

  it('a frame that was left out', async () => {
    const terminal = await connect();
    terminal.frame(beat());
    terminal.beat();
    await terminal.ended;
    expect(ends).toEqual(['broken: gap']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['another version', '{"v":2}'],
    ['a bare beat', '{"t":"beat"}'],
  ])('%s in place of a frame', async (_, text) => {
    const terminal = await connect();
    terminal.send(text);
    expect((await terminal.ended).code).toBe(4_400);
  });

  it('more than a mebibyte at once', async () => {
    const terminal = await connect();
    terminal.send('x'.repeat(1_048_577));
    expect((await terminal.ended).code).toBe(1_009);
  });

  it.each<[string, object]>([
    ['a word it does not know', { t: 'format-disk' }],
    ['a number that is none', { ...beat(), monotonicMs: null }],
    ['a negative time', { ...beat(), monotonicMs: -1 }],
    ['1e308', { t: 'account', account: { ...broker, equity: 1e308 } }],
    ['a text for a number', { t: 'account', account: { ...broker, equity: '1' } }],
    ['a quote of nothing', { t: 'quotes', quotes: [['EURUSD', 0, 1, 1]] }],
    ['too many quotes', { t: 'quotes', quotes: Array(1_001).fill(['EURUSD', 1, 1, 1]) }],
    ['an id that is none', { t: 'ack', id: "1' or '1'='1", attempt: 1 }],
  ])('%s', async (_, message) => {
    const terminal = await connect();
    terminal.send(terminal.frame(message as { t: string }));
    expect((await terminal.ended).code).toBe(4_400);
    expect(ends[0]).toMatch(/^broken: /);
    expect(heard).toEqual([]);
  });

  it('fifteen seconds of silence, or two minutes while an order is executed', async () => {
    const terminal = await connect();
    const id = randomUUID();
    terminal.say({ t: 'executing', id, attempt: 1 });
    await until(async () => heard.length === 1);
    clockMs = 100_000;
    live!.tick();
    expect(live!.isOpen).toBe(true);
    const result = {
      outcome: 'done',
      retcode: 10_009,
      reason: null,
      order: '1',
      deal: '1',
    } as const;
    terminal.say({
      ...{ t: 'result', id, attempt: 1 },
      result: { ...result, position: '1', volumeLots: 1, price: 1 },
    });
    await until(async () => heard.length === 2);
    clockMs += 15_001;
    live!.tick();
    await terminal.ended;
    expect(ends).toEqual(['silent: 15 s']);
  });

  it('a flood of words', async () => {
    const terminal = await connect();
    const id = randomUUID();
    for (let i = 0; i < 5_001; i++) terminal.say({ t: 'ack', id, attempt: 1 });
    expect((await terminal.ended).code).toBe(4_429);
    expect(heard.length).toBe(5_000);
  });
});

describe('prices', () => {
  it('are handed on once a tick, of each symbol the latest, however many come', async () => {
    const terminal = await connect();
    const symbols = Array.from({ length: 50 }, (_, n) => `SYM${n}`);
    for (let round = 1; round <= 200; round++) {
      for (const symbol of symbols) {
        terminal.say({ t: 'quotes', quotes: [[symbol, round, round + 1, round]] });
      }
    }
    terminal.say({ t: 'account', account: broker });
    await until(async () => heard.length === 1);
    live!.tick();
    expect(heard).toHaveLength(2);
    const said = heard[1] as Extract<ConnectorMessage, { t: 'quotes' }>;
    expect(said.quotes).toEqual(symbols.map((symbol) => [symbol, 200, 201, 200]));
  });
});

describe('a network of one’s own', () => {
  it.each([
    ['127.0.0.1', true],
    ['192.168.1.20', true],
    ['10.9.8.7', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['203.0.113.9', false],
    ['::1', true],
    ['fd00::1', true],
    ['2001:db8::1', false],
  ])('%s: %s', (text, near) => {
    expect(isNear(text)).toBe(near);
  });
});
