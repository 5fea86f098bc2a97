/** What requests come down to, and what of them is refused, over a store in memory. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Exposure } from '../../core/broker/intent.ts';
import type { TradeRequest } from '../../core/broker/request.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import { submit } from '../../sync/orders/admission.ts';
import { expireDue } from '../../sync/orders/expiry.ts';
import { resolveIntent } from '../../sync/orders/resolution.ts';
import { beginSession, resumeAccount } from '../../sync/orders/session.ts';
import { accountId, market, place, someId, startMs } from './desk-world.ts';
import { euro } from './fake-terminal.ts';
import { madeAccount, memoryStore, type MemoryStore } from './memory-store.ts';
import { heldPosition, someBroker } from './made-book.ts';

let store: MemoryStore;
beforeEach(() => {
  store = memoryStore();
  const account = madeAccount(accountId, { broker: someBroker, peakEquity: 10_000 });
  store.addAccount(account, [euro]);
});

const quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: startMs };
const ask = (request: TradeRequest, at: { nowMs?: number; stale?: boolean } = {}) =>
  submit(store, request, {
    nowMs: at.nowMs ?? startMs,
    quoteOf: () => ({ ...quote, timeMs: at.stale ? startMs - 20_000 : startMs }),
  });

async function bodies(request: TradeRequest) {
  const answer = await ask(request);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.intents.map(({ body, state }) => ({ ...body, state }));
}

async function code(request: TradeRequest, at?: Parameters<typeof ask>[1]): Promise<string> {
  const answer = await ask(request, at);
  return answer.ok ? 'ok' : answer.error.code;
}

const hold = (change: Partial<ReturnType<typeof heldPosition>> = {}) =>
  store.transact(accountId, (tx) => tx.savePosition(heldPosition(change)));

describe('an opening', () => {
  test('keeps free what it may cost, and is on the trail', async () => {
    const answer = await ask(place());
    const reserved: Exposure = { margin: 100, risk: expect.closeTo(101, 6), positions: 1 };
    expect(answer.ok && answer.value.intents).toMatchObject([
      { reserved, expiresMs: startMs + 5_000 },
    ]);
    expect(store.kept(accountId).audits).toMatchObject([{ action: 'order.requested' }]);
  });

  test('that is refused leaves nothing, and tells the rule and the figures', async () => {
    const answer = await ask(place({ volumeLots: 5 }));
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'risk.trade', figures: { limit: usualLimits.riskRatio } },
    });
    expect(store.kept(accountId)).toMatchObject({ audits: [], requests: new Map() });
  });

  test.each([
    ['at a price that is too old', place(), { stale: true }, 'trade.quote-stale'],
    ['of what the broker has not', place({ symbol: 'NONE' }), {}, 'trade.symbol-unknown'],
    ['of no number', place({ volumeLots: NaN }), {}, 'trade.volume-invalid'],
  ])('%s is refused', async (_, request, at, expected) => {
    expect(await code(request, at)).toBe(expected);
  });

  test('of several is each for itself, and they count for one another', async () => {
    const tickets = [1, 2, 3].map(() => market({ volumeLots: 0.1 }));
    const limits = { ...usualLimits, openPositions: 2 };
    await store.transact(accountId, (tx) => tx.saveAccount({ limits }));
    const made = await bodies({ id: someId(), accountId, t: 'batch', tickets });
    expect(made.map(({ state }) => state)).toEqual(['created', 'created', 'refused']);
    const refused = [...store.kept(accountId).intents.values()].find(
      ({ state }) => state === 'refused',
    );
    expect(refused?.reason).toBe('risk.positions');
  });

  test('by its risk has the volume that loses no more than wished', async () => {
    const { volumeLots, ...ticket } = market();
    const [made] = await bodies({ id: someId(), accountId, t: 'smart', ticket, riskRatio: 0.01 });
    expect(made).toMatchObject({ t: 'place', volumeLots: 0.09 });
  });

  test('is refused while the account is halted, closing is not', async () => {
    await hold();
    const halted = { state: 'halted', haltReason: 'position-lost' } as const;
    await store.transact(accountId, (tx) => tx.saveAccount(halted));
    expect(await code(place())).toBe('trade.account-halted');
    const close = { id: someId(), accountId, t: 'close', position: '1', volumeLots: null } as const;
    expect(await code(close)).toBe('ok');
    await resumeAccount(store, accountId);
    expect(await code(place({ volumeLots: 0.01 }))).toBe('ok');
  });

  test('that nobody sends expires by itself', async () => {
    const answer = await ask(place());
    await expireDue(store, accountId, startMs + 5_000);
    const [id] = answer.ok ? answer.value.intentIds : [];
    expect(store.kept(accountId).intents.get(id!)?.state).toBe('created');
    await expireDue(store, accountId, startMs + 5_001);
    expect(store.kept(accountId).intents.get(id!)?.state).toBe('expired');
  });
});

describe('a change', () => {
  const change = { id: someId(), accountId, position: '1' };

  test('to break even puts the stop to the open price, and so many points into profit', async () => {
    await hold({ openPrice: 1.09 });
    expect(await bodies({ ...change, t: 'break-even', lockPoints: 15 })).toMatchObject([
      { t: 'modify', target: { position: '1' }, sl: 1.09015, tp: 1.2 },
    ]);
  });

  test('to break even is refused while the price is on the wrong side of it', async () => {
    await hold({ openPrice: 1.11 });
    expect(await code({ ...change, id: someId(), t: 'break-even', lockPoints: 0 })).toBe(
      'trade.stop-side',
    );
  });

  test('of what is not there is refused', async () => {
    const id = someId();
    expect(await code({ ...change, id, t: 'modify-position', sl: 1, tp: null })).toBe(
      'trade.position-missing',
    );
    expect(await code({ id, accountId, t: 'cancel', order: '9' })).toBe('trade.order-missing');
  });

  test('of a trailing stop needs no order, and is kept', async () => {
    await hold();
    const trail = { activationPips: 20, distancePips: 10, lockPips: 0 };
    const set = { ...change, id: someId(), t: 'trail', trail } as const;
    expect(await bodies(set)).toEqual([]);
    expect(store.kept(accountId).trails.get('1')).toMatchObject({ trail, askedSl: null });
    expect(await code({ ...set, id: someId(), trail: { ...trail, distancePips: 1 } })).toBe(
      'trade.trail-invalid',
    );
    await bodies({ ...set, id: someId(), trail: null });
    expect(store.kept(accountId).trails.size).toBe(0);
  });
});

describe('closing by the opposite', () => {
  const pair = { id: someId(), accountId, t: 'close-by', position: '1', opposite: '2' } as const;

  test('takes one to buy and one to sell of a symbol', async () => {
    await hold();
    await hold({ position: '2' });
    expect(await code(pair)).toBe('trade.not-opposite');
    await hold({ position: '2', side: 'sell' });
    expect(await bodies({ ...pair, id: someId() })).toMatchObject([{ t: 'close-by' }]);
    expect(await code({ ...pair, id: someId() })).toBe('trade.closing-already');
  });
});

describe('a session', () => {
  const who = { serverId: 'one', device: 'd', login: '7', brokerServer: 'Fake-Demo' };
  const begin = (session: string, other: Partial<typeof who> = {}) =>
    beginSession(store, accountId, { ...who, ...other, session, nowMs: startMs });

  test('binds the pairing at first, and raises the epoch each time', async () => {
    expect(await begin('a')).toEqual({ ok: true, value: { epoch: 1 } });
    expect(await begin('b')).toEqual({ ok: true, value: { epoch: 2 } });
    const { bound, session } = store.kept(accountId).account;
    expect({ bound, session }).toMatchObject({ bound: { login: '7' }, session: 'b' });
  });

  test.each([
    [{ login: '8' }, 'other-account'],
    [{ brokerServer: 'Other' }, 'other-account'],
    [{ device: 'e' }, 'other-device'],
  ])('with %o behind it halts the account, and is none', async (other, haltReason) => {
    await begin('a');
    expect(await begin('b', other)).toMatchObject({
      ok: false,
      error: { code: 'trade.account-differs' },
    });
    expect(store.kept(accountId).account).toMatchObject({
      state: 'halted',
      haltReason,
      session: 'a',
    });
  });

  test('of another device is let in once a person has looked', async () => {
    await begin('a');
    await begin('b', { device: 'e' });
    await resumeAccount(store, accountId);
    expect(await begin('c', { device: 'e', login: '8' })).toMatchObject({ ok: false });
    await resumeAccount(store, accountId);
    expect(await begin('d', { device: 'e' })).toMatchObject({ ok: true });
  });
});

describe('a person decides', () => {
  test('only where the machine cannot', async () => {
    const answer = await ask(place());
    const [intent] = answer.ok ? answer.value.intents : [];
    const decide = (as: 'executed' | 'not-executed') =>
      resolveIntent(store, intent!.id, { accountId, as, nowMs: startMs });
    expect(await decide('executed')).toMatchObject({
      ok: false,
      error: { code: 'trade.not-open' },
    });
    await store.transact(accountId, (tx) => tx.saveIntent({ ...intent!, state: 'manual' }));
    expect(await decide('not-executed')).toMatchObject({
      ok: true,
      value: { state: 'not-executed' },
    });
    expect(store.kept(accountId).audits.at(-1)).toMatchObject({ action: 'order.resolved' });
  });
});
