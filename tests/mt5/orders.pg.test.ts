/** The Expert Advisor between a broker and a server: each command at most once, its fate known. */
import { appendFile, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bookHash } from '#core/broker/book-hash.ts';
import { compileLimitMs, hasCompiler, makeTerminal } from './compiled-terminal.ts';
import { clockOf, fateOf, makeScene, placeIn, type Scene } from './scene.ts';
import type { ScriptedSession } from './scripted-server.ts';
import { journalPath } from './terminal-process.ts';

let scene: Scene;
beforeAll(() => makeTerminal(), compileLimitMs);
afterEach(() => scene?.end());

describe.runIf(hasCompiler())('the Expert Advisor', () => {
  test('says who it is and what is there, and that agrees with the fingerprint', async () => {
    scene = await makeScene();
    scene.launch();
    const session = await scene.server.session();
    expect(session.auth).toMatchObject({
      accountId: scene.server.accountId,
      login: '5012345',
      server: 'Offing Paper (simulated)',
    });
    expect((await session.next('account')).account).toEqual(scene.broker.account());
    expect((await session.next('symbols')).instruments).toEqual(scene.broker.instruments());
    const { hash, positions, orders } = await session.next('snapshot');
    expect(hash).toBe(bookHash(positions, orders));
    session.send({ t: 'subscribe', symbols: ['USDJPY', 'NONE'] });
    expect((await session.next('quotes')).quotes).toEqual([
      ['USDJPY', 150, 150.01, expect.any(Number)],
    ]);
  });

  test('opens, changes, places, cancels and closes, and says what changed', async () => {
    scene = await makeScene();
    scene.launch();
    const session = await scene.server.session();
    const order = await placeIn(session, { sl: 1.09 });
    session.send(order);
    await session.next('ack', ({ id }) => id === order.id);
    await session.next('executing', ({ id }) => id === order.id);
    const { result } = await session.next('result');
    expect(result).toMatchObject({
      outcome: 'done',
      retcode: 10009,
      volumeLots: 0.1,
      price: 1.10008,
    });
    const opened = await session.next('delta');
    expect(opened.positions).toMatchObject([
      {
        position: result.position,
        volumeLots: 0.1,
        sl: 1.09,
        magic: order.magic,
        comment: order.comment,
      },
    ]);
    expect(opened.hash).toBe(bookHash(opened.positions, []));

    const position = result.position ?? '';
    const base = await placeIn(session);
    const next = (n: number) => ({
      id: base.id,
      attempt: n,
      magic: String(n),
      untilMs: base.untilMs,
    });
    const level = { price: null, limitPrice: null, lastsUntilMs: null };
    session.send({ t: 'modify', ...next(1), target: { position }, sl: 1.08, tp: 1.2, ...level });
    expect((await session.next('result')).result).toMatchObject({ outcome: 'done', position });
    expect(scene.broker.positions()).toMatchObject([{ sl: 1.08, tp: 1.2 }]);

    const lastsUntilMs = (Math.floor(Date.now() / 1_000) + 3_600) * 1_000;
    session.send({ ...(await placeIn(session, { kind: 'limit', price: 1.05, lastsUntilMs })) });
    const placed = (await session.next('result')).result;
    expect(placed).toMatchObject({ outcome: 'placed', retcode: 10009 });
    expect(scene.broker.orders()).toMatchObject([{ lastsUntilServerMs: lastsUntilMs + 7_200_000 }]);
    session.send({ t: 'cancel', ...next(2), order: placed.order ?? '' });
    expect((await session.next('result')).result).toMatchObject({ outcome: 'done' });
    expect(scene.broker.orders()).toEqual([]);

    const close = { position, deviationPoints: 10, worstPrice: null, comment: 'o:close' };
    session.send({ t: 'close', ...next(3), ...close, volumeLots: 0.04 });
    expect((await session.next('result')).result).toMatchObject({
      outcome: 'done',
      volumeLots: 0.04,
    });
    expect(scene.broker.positions()).toMatchObject([{ volumeLots: 0.06 }]);
    session.send(await placeIn(session, { side: 'sell', volumeLots: 0.02 }));
    const opposite = (await session.next('result')).result.position ?? '';
    session.send({ t: 'close-by', ...next(4), position, opposite });
    expect((await session.next('result')).result).toMatchObject({ outcome: 'done' });
    session.send({ t: 'close', ...next(5), ...close, volumeLots: 50 });
    expect((await session.next('result')).result).toMatchObject({
      outcome: 'done',
      volumeLots: 0.04,
    });
    expect(scene.broker.positions()).toEqual([]);
    await session.next('delta', ({ closedPositions }) => closedPositions.includes(position));

    session.send({ t: 'deals', request: 7, after: { serverMs: 0, deal: '0' }, limit: 3 });
    const first = await session.next('deals');
    expect(first).toMatchObject({ request: 7, hasMore: true });
    const last = first.deals.at(-1);
    const after = { serverMs: last?.serverMs ?? 0, deal: last?.deal ?? '' };
    session.send({ t: 'deals', request: 8, after, limit: 1_000 });
    const rest = await session.next('deals');
    expect([...first.deals, ...rest.deals]).toEqual(scene.broker.deals());
  });

  test('does a command once, however often and in whatever session it comes', async () => {
    scene = await makeScene();
    const terminal = scene.launch();
    const session = await scene.server.session();
    const order = await placeIn(session);
    session.send(order);
    const { result } = await session.next('result');
    session.send(order);
    expect((await session.next('result')).result).toEqual(result);
    session.close();
    const second = await scene.server.session();
    second.send({ ...order, untilMs: order.untilMs + 60_000 });
    expect((await second.next('result')).result).toEqual(result);
    await terminal.kill();
    // And where the journal is lost, the broker knows.
    await rm(journalPath(scene.folder, scene.server.code));
    scene.launch();
    const third = await scene.server.session();
    third.send({ ...order, untilMs: (await clockOf(third)) + 60_000 });
    expect((await third.next('result')).result).toMatchObject({
      outcome: 'done',
      order: result.order,
    });
    expect(scene.broker.positions()).toHaveLength(1);
    expect(scene.brokerServer.trades).toHaveLength(1);
  });

  test('knows what became of an order that it was killed over', async () => {
    scene = await makeScene();
    const terminal = scene.launch();
    const session = await scene.server.session();
    const order = await placeIn(session);
    scene.brokerServer.accidents.push('no-answer');
    const executed = new Promise<void>((resolve) => (scene.brokerServer.onTrade = resolve));
    session.send(order);
    await executed;
    await terminal.kill();
    // Lines of which not all reached the disk, as a power cut leaves them.
    const spoilt = `R;${order.id};1;rejected;10006;0;0;0;0;0;01234567\r\nR;${order.id};1;done;100`;
    await appendFile(journalPath(scene.folder, scene.server.code), spoilt);
    scene.launch();
    const again = await scene.server.session();
    const [deal] = scene.broker.deals().slice(-1);
    expect(await fateOf(again, order)).toMatchObject({
      journal: 'intent',
      result: null,
      found: { state: 'filled', order: deal?.order, filledLots: 0.1, averagePrice: 1.10008 },
    });
    again.send({ ...order, untilMs: (await clockOf(again)) + 60_000 });
    expect((await again.next('result')).result).toMatchObject({ outcome: 'done' });
    expect(scene.brokerServer.trades).toHaveLength(1);
    const other = await placeIn(again);
    again.send(other);
    expect((await again.next('result')).result.outcome).toBe('done');
    expect(await fateOf(again, other)).toMatchObject({ journal: 'result' });
  });

  test('does not take a time-out for an answer, and never asks twice', async () => {
    scene = await makeScene();
    scene.launch();
    const session = await scene.server.session();
    scene.brokerServer.accidents.push('executed-timeout', 'timeout-lost', 10031, 10004, 77);
    const orders = [];
    for (const outcome of ['unknown', 'unknown', 'unknown', 'rejected', 'unknown']) {
      const order = await placeIn(session);
      session.send(order);
      expect((await session.next('result')).result.outcome).toBe(outcome);
      orders.push(order);
    }
    expect(scene.broker.positions()).toHaveLength(1);
    expect(await fateOf(session, orders[0]!)).toMatchObject({
      journal: 'intent',
      found: { state: 'filled' },
    });
    for (const order of [orders[1]!, orders[2]!, orders[4]!]) {
      expect(await fateOf(session, order)).toMatchObject({ journal: 'intent', found: null });
      session.send(order);
      expect((await session.next('result')).result.outcome).toBe('unknown');
    }
    expect(await fateOf(session, orders[3]!)).toMatchObject({
      journal: 'result',
      result: { retcode: 10004 },
    });
    expect(await fateOf(session, await placeIn(session))).toMatchObject({
      journal: 'never-seen',
      result: null,
      found: null,
    });
    expect(scene.brokerServer.trades).toHaveLength(5);
  });

  test('verifies a change by looking where the answer never came', async () => {
    scene = await makeScene();
    scene.launch();
    const session = await scene.server.session();
    session.send(await placeIn(session));
    const position = (await session.next('result')).result.position ?? '';
    const change = await placeIn(session);
    const { id, attempt, magic, untilMs } = change;
    const levels = { price: null, limitPrice: null, lastsUntilMs: null, sl: 1.05, tp: null };
    scene.brokerServer.accidents.push('executed-timeout', 'timeout-lost');
    session.send({ t: 'modify', id, attempt, magic, untilMs, target: { position }, ...levels });
    expect((await session.next('result')).result.outcome).toBe('unknown');
    expect(await fateOf(session, change)).toMatchObject({
      journal: 'result',
      result: { outcome: 'done' },
    });
    const lost = await placeIn(session);
    const other = { id: lost.id, attempt, magic: lost.magic, untilMs };
    session.send({ t: 'modify', ...other, target: { position }, ...levels, sl: 1.06 });
    expect((await session.next('result')).result.outcome).toBe('unknown');
    expect(await fateOf(session, lost)).toMatchObject({ journal: 'intent', found: null });
  });

  test('refuses what is stale, too dear, for nothing, or not to be traded, and writes nothing down', async () => {
    scene = await makeScene();
    scene.launch();
    const session = await scene.server.session();
    const nowMs = await clockOf(session);
    const base = await placeIn(session);
    const refusals = [
      [{ untilMs: nowMs - 1 }, 'stale'],
      [{ untilMs: nowMs + 900_000 }, 'stale'],
      [{ worstPrice: 1.1 }, 'price'],
      [{ side: 'sell', worstPrice: 1.10001 }, 'price'],
      [{ symbol: 'NONE' }, 'symbol'],
      [{ volumeLots: 0 }, 'invalid'],
      [{ kind: 'limit' }, 'invalid'],
      [{ sl: -1 }, 'invalid'],
    ] as const;
    for (const [change, reason] of refusals) {
      const order = await placeIn(session, change);
      session.send(order);
      expect((await session.next('result')).result).toMatchObject({
        outcome: 'refused',
        reason,
        retcode: 0,
      });
      expect(await fateOf(session, order)).toMatchObject({ journal: 'never-seen' });
    }
    session.send({
      t: 'cancel',
      id: base.id,
      attempt: 1,
      magic: '1',
      untilMs: base.untilMs,
      order: '99',
    });
    expect((await session.next('result')).result.reason).toBe('position');
    session.send({ t: 'settings', isReadOnly: true, quotesMs: 100 });
    session.send(await placeIn(session));
    expect((await session.next('result')).result.reason).toBe('read-only');
    session.send({ t: 'settings', isReadOnly: false, quotesMs: 100 });
    scene.brokerServer.isConnected = false;
    await session.next('beat', ({ isConnected }) => !isConnected);
    session.send(await placeIn(session));
    expect((await session.next('result')).result.reason).toBe('stale');
    expect(scene.brokerServer.trades).toEqual([]);
    const journal = await readFile(journalPath(scene.folder, scene.server.code), 'utf8');
    expect(journal).not.toMatch(/^I/m);
  });

  test('does not trade where it cannot write that down', async () => {
    scene = await makeScene();
    scene.launch({ MQL_DISK_FULL: '1' });
    const session = await scene.server.session();
    session.send(await placeIn(session));
    expect((await session.next('result')).result.reason).toBe('journal');
    expect(scene.brokerServer.trades).toEqual([]);
  });
});

describe.runIf(hasCompiler())('its connection', () => {
  test('is given up for a wrong code, which the chart says, and kept from a second instance', async () => {
    scene = await makeScene();
    const stranger = `${scene.server.accountId}.${'0'.repeat(32)}`;
    const wrong = scene.launch({ PairingCode: stranger });
    await expect.poll(() => wrong.status(), { timeout: 20_000 }).toContain('pairing code is wrong');
    expect(scene.server.refused()).toBe(1);
    const second = scene.launch();
    expect(await second.exited).toBe(2);
    expect(await second.status()).toContain('another chart or terminal');
    const none = scene.launch({ PairingCode: 'nonsense' });
    expect(await none.exited).toBe(2);
  });

  test('is not made with a server that does not know the token', async () => {
    scene = await makeScene();
    scene.server.isImpostor = true;
    const terminal = scene.launch();
    const session = await scene.server.session();
    await session.closed;
    await expect.poll(() => terminal.status()).toContain('could not prove that it is yours');
    expect(session.heard).toEqual([]);
  });

  test('comes again after a cut, whatever was said before', async () => {
    scene = await makeScene();
    scene.launch({ MQL_PARTIAL_SEND: '1' });
    for (let n = 0; n < 3; n++) {
      const session = await scene.server.session();
      await session.next('snapshot');
      session.close();
    }
  });

  test('ends at a frame that is changed, repeated, left out or unsealed, and does nothing it says', async () => {
    scene = await makeScene();
    const terminal = scene.launch();
    const seal = (m: string) => (m.endsWith('0') ? '"m":"1' : '"m":"0');
    const spoilt: readonly (readonly [(frame: string) => string | Buffer, string])[] = [
      [(frame) => frame.replace(/0\.1/, '9.1'), 'A frame was changed'],
      [(frame) => frame.replace(/"m":"./, seal), 'A frame was changed'],
      [(frame) => frame.replace('"q":2', '"q":3'), 'out of order'],
      [(frame) => frame.slice(0, -1), 'no JSON'],
      [() => Buffer.from([0, 1, 2]), 'the rules of WebSockets'],
    ];
    const endsFor = async (session: ScriptedSession, why: string, before: number) => {
      await session.closed;
      await expect.poll(() => terminal.log().slice(before)).toContain(why);
    };
    for (const [spoil, why] of spoilt) {
      const session = await scene.server.session();
      session.send({ t: 'beat' });
      const before = terminal.log().length;
      session.sendRaw(spoil(session.frame(await placeIn(session))));
      await endsFor(session, why, before);
    }
    const gap = await scene.server.session();
    const [, second] = [gap.frame({ t: 'beat' }), gap.frame(await placeIn(gap))];
    const beforeGap = terminal.log().length;
    gap.sendRaw(second);
    await endsFor(gap, 'out of order', beforeGap);
    expect(scene.brokerServer.trades).toEqual([]);
    const twice = await scene.server.session();
    const frame = twice.frame(await placeIn(twice));
    const beforeTwice = terminal.log().length;
    twice.sendRaw(frame);
    twice.sendRaw(frame);
    await endsFor(twice, 'out of order', beforeTwice);
    expect(scene.brokerServer.trades).toHaveLength(1);
  });

  test('notices that a byte was changed on its way', async () => {
    scene = await makeScene();
    const proxy = createServer((client) => {
      const upstream = connect(scene.server.port, '127.0.0.1');
      for (const socket of [client, upstream]) socket.on('error', () => undefined);
      client.pipe(upstream);
      client.once('close', () => upstream.destroy());
      upstream.once('close', () => client.destroy());
      upstream.on('data', (chunk: Buffer) => {
        // Within a text, so that only the seal can tell.
        const at = chunk.indexOf('EURUSD');
        if (at > 0) chunk.write('USDJPY', at);
        client.write(chunk);
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const terminal = scene.launch({}, (proxy.address() as AddressInfo).port);
    const session = await scene.server.session();
    session.send(await placeIn(session));
    await session.closed;
    await expect.poll(() => terminal.log()).toContain('A frame was changed');
    expect(scene.brokerServer.trades).toEqual([]);
    await (await scene.server.session()).next('snapshot');
    proxy.close();
  });
});
