/** Procedures of trading, called as they should not be. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualPaper } from '../../core/broker/paper-settings.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import { password } from '../accounts/installation.ts';
import type { Person } from '../accounts/people.ts';
import { openScene, type Scene } from '../accounts/scene.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene({ OFFING_PAPER: 'off' })));
afterAll(() => scene?.close());

const accountId = randomUUID();
const id = randomUUID();
const ticket = {
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots: 0.1, price: null },
  ...{ limitPrice: null, sl: 1.09, tp: 1.12, deviationPoints: 10, worstPrice: null },
  lastsUntilMs: null,
};
const place = { id, accountId, t: 'place', ticket };
const smart = (({ volumeLots, ...rest }) => rest)(ticket);
const paper = { mode: 'hedging', currency: 'USD', balance: 1, leverage: 1, profile: 'exact' };
const { prices, speed, faults } = usualPaper;
const odd = [Number.NaN, Infinity, -1, 1e308, '1', null, {}, [1], true] as const;

/** For each procedure, what it would take but for one thing. */
const hostile: readonly (readonly [method: 'GET' | 'POST', path: string, inputs: unknown[]])[] = [
  [
    'POST',
    'orders.open',
    [
      ...odd.map((volumeLots) => ({ request: { ...place, ticket: { ...ticket, volumeLots } } })),
      ...odd
        .filter((sl) => sl !== null && !Number.isNaN(sl) && sl !== Infinity)
        .map((sl) => ({ request: { ...place, ticket: { ...ticket, sl } } })),
      { request: { ...place, ticket: { ...ticket, symbol: '' } } },
      { request: { ...place, ticket: { ...ticket, symbol: 'A\0' } } },
      { request: { ...place, ticket: { ...ticket, symbol: 'x'.repeat(65) } } },
      { request: { ...place, ticket: { ...ticket, deviationPoints: 0.5 } } },
      { request: { ...place, ticket: { ...ticket, kind: 'moon' } } },
      { request: { ...place, ticket: { ...ticket, magic: '1' } } },
      { request: { ...place, ticket: { ...ticket, lastsUntilMs: 1e300 } } },
      { request: { ...place, id: 'one' } },
      { request: { ...place, t: 'cancel' } },
      { request: { id, accountId, t: 'batch', tickets: [] } },
      { request: { id, accountId, t: 'batch', tickets: Array(21).fill(ticket) } },
      { request: { id, accountId, t: 'oco', tickets: [ticket] } },
      ...[0, -0.1, 1.1, '0.1', null].map((riskRatio) => ({
        request: { id, accountId, t: 'smart', ticket: smart, riskRatio },
      })),
      { request: { id, accountId, t: 'reverse', position: '1 or 1=1' } },
      JSON.parse(`{"request":{"__proto__":{"t":"place"},"id":"${id}","accountId":"${id}"}}`),
    ],
  ],
  [
    'POST',
    'orders.change',
    [
      { request: place },
      { request: { id, accountId, t: 'modify-position', position: '1', sl: -1, tp: null } },
      { request: { id, accountId, t: 'modify-position', position: '', sl: null, tp: null } },
      { request: { id, accountId, t: 'modify-order', order: '1', price: null } },
      { request: { id, accountId, t: 'break-even', position: '1', lockPoints: -1 } },
      ...[
        { activationPips: 4, distancePips: 10, lockPips: 0 },
        { activationPips: 20, distancePips: 2, lockPips: 0 },
        { activationPips: 20, distancePips: 10, lockPips: -1 },
        { activationPips: 1e9, distancePips: 10, lockPips: 0 },
      ].map((trail) => ({ request: { id, accountId, t: 'trail', position: '1', trail } })),
      { request: { id, accountId, t: 'cancel', order: '../1' } },
    ],
  ],
  [
    'POST',
    'orders.close',
    [
      ...[0, -1, 1e308, '1'].map((volumeLots) => ({
        request: { id, accountId, t: 'close', position: '1', volumeLots },
      })),
      { request: { id, accountId, t: 'close-by', position: '1' } },
      { request: { id, accountId, t: 'close-all', symbol: '', ordersToo: true } },
      { request: { id, accountId, t: 'close-all', symbol: null, ordersToo: 'yes' } },
    ],
  ],
  ['GET', 'orders.book', [{ accountId: 'mine' }, { accountId, symbols: Array(51).fill('A') }]],
  ['GET', 'orders.instruments', [{}, { accountId, all: true }]],
  [
    'GET',
    'orders.list',
    [
      { accountId, before: { ms: -1, id } },
      { accountId, before: 1 },
    ],
  ],
  ['GET', 'orders.one', [{ intentId: '%' }]],
  ['GET', 'orders.deals', [{ accountId, before: { ms: 1, id: 'x'.repeat(65) } }]],
  [
    'GET',
    'journal.deals',
    [
      { accountId, after: { ms: 1, id: '' } },
      { accountId, limit: 1_001 },
    ],
  ],
  [
    'GET',
    'orders.equity',
    [
      { accountId, fromMs: 0.5 },
      { accountId, fromMs: -1 },
    ],
  ],
  [
    'GET',
    'orders.size',
    [
      { accountId, ticket, riskRatio: 0.1 },
      { accountId, ticket: smart },
    ],
  ],
  ['POST', 'orders.resolve', [{ intentId: id, as: 'filled' }]],
  ['GET', 'terminals.list', []],
  [
    'POST',
    'terminals.addPaper',
    [
      ...odd.map((balance) => ({ name: 'P', ...paper, balance })),
      { name: '', ...paper },
      { name: 'P', ...paper, currency: 'usd' },
      { name: 'P', ...paper, leverage: 0 },
      { name: 'P', ...paper, profile: 'lucky' },
      { name: 'P', ...paper, symbols: [] },
    ],
  ],
  ['POST', 'terminals.pair', [{ name: '\u202e' }, { name: 'x'.repeat(81) }]],
  [
    'POST',
    'terminals.addExchange',
    [
      { name: 'E', exchange: '../x', apiKey: 'k', secret: 's' },
      { name: 'E', exchange: 'binance' },
    ],
  ],
  ['POST', 'terminals.rename', [{ accountId, name: '   ' }]],
  ['POST', 'terminals.revoke', [{ accountId: null }]],
  [
    'POST',
    'terminals.setLimits',
    [
      ...odd.map((riskRatio) => ({ accountId, limits: { ...usualLimits, riskRatio } })),
      { accountId, limits: { ...usualLimits, openPositions: 1.5 } },
      { accountId, limits: { ...usualLimits, more: 1 } },
      { accountId, limits: {} },
    ],
  ],
  ['GET', 'terminals.log', [{ accountId, before: 0 }]],
  ['POST', 'terminals.resume', [{}]],
  [
    'POST',
    'terminals.setPaper',
    [
      { accountId, prices, speed: 1_001, faults },
      { accountId, prices, speed: Number.NaN, faults },
      { accountId, prices: { kind: 'generator', seed: -1, volatility: 1 }, speed, faults },
      { accountId, prices, speed, faults: ['meteor'] },
      {
        accountId,
        prices: { kind: 'replay', series: [{ symbol: 'A', kind: 'bars', chunks: ['../x'] }] },
        ...{ speed, faults },
      },
    ],
  ],
];

describe('an input that is wrong in one thing', () => {
  it.each(hostile)('of %s %s is refused, and leaves nothing', async (method, path, inputs) => {
    const who = await (await scene.people.person()).signedIn();
    for (const input of inputs) {
      const answer = await who.try(method, path, input);
      expect(answer.failure, JSON.stringify(input)).toBe('server.request-invalid');
    }
  });
});

describe('an account of somebody else, or of nobody', () => {
  it.each([
    ['GET', 'orders.book', {}],
    ['GET', 'orders.instruments', {}],
    ['GET', 'orders.list', {}],
    ['GET', 'orders.deals', {}],
    ['GET', 'orders.equity', { fromMs: 0 }],
    ['GET', 'journal.deals', {}],
    ['GET', 'orders.size', { ticket: smart, riskRatio: 0.01 }],
    ['POST', 'terminals.rename', { name: 'Mine' }],
    ['POST', 'terminals.revoke', {}],
    ['POST', 'terminals.setLimits', { limits: usualLimits }],
    ['POST', 'terminals.resume', {}],
    ['POST', 'terminals.setPaper', { prices, speed, faults }],
    ['GET', 'terminals.log', {}],
  ] as const)('is not there for %s %s', async (method, path, rest) => {
    const owner = await scene.people.person();
    const who = await (await scene.people.person()).signedIn();
    const theirs = (await owner.tradingAccount()).accountId;
    for (const named of [theirs, randomUUID()]) {
      const answer = await who.try(method, path, { accountId: named, ...rest });
      expect(answer.failure).toBe('trade.account-missing');
    }
  });

  it('takes no order', async () => {
    const owner = await scene.people.person();
    const who = await (await scene.people.person()).signedIn();
    const theirs = (await owner.tradingAccount()).accountId;
    const asked = { request: { ...place, accountId: theirs } };
    expect((await who.try('POST', 'orders.open', asked)).failure).toBe('trade.account-missing');
  });
});

describe('a session that lay idle for half a day', () => {
  const close = (given: string) => ({
    request: { id: randomUUID(), accountId: given, t: 'close-all', symbol: null, ordersToo: true },
  });
  async function asleep(person: Person) {
    const who = await person.signedIn();
    await scene.at.sql`update sessions set last_seen_ms = last_seen_ms - 43260000
      where session_id = ${who.sessionId}`;
    return who;
  }

  it('opens nothing before the person has proved who they are, but closes', async () => {
    const person = await scene.people.person();
    const own = (await person.tradingAccount()).accountId;
    const who = await asleep(person);
    const asked = { request: { ...place, accountId: own } };
    // Looking around does not wake it up.
    await who.get('terminals.list');
    expect((await who.try('POST', 'orders.open', asked)).failure).toBe('auth.step-up-needed');
    const moved = { id: randomUUID(), accountId: own, t: 'modify-position', position: '1' };
    const change = { request: { ...moved, sl: null, tp: null } };
    expect((await who.try('POST', 'orders.change', change)).failure).toBe('auth.step-up-needed');
    expect((await who.try('POST', 'orders.close', close(own))).failure).not.toMatch(/^auth/);
    await who.post('security.stepUp', { password });
    expect((await who.try('POST', 'orders.open', asked)).failure).toBe('trade.account-unready');
  });

  it('is asked at its very first call too', async () => {
    const person = await scene.people.person();
    const own = (await person.tradingAccount()).accountId;
    const who = await asleep(person);
    const asked = { request: { ...place, accountId: own } };
    expect((await who.try('POST', 'orders.open', asked)).failure).toBe('auth.step-up-needed');
  });
});

it('keeps at most fifty accounts a person, even when they are made at once', async () => {
  const who = await (await scene.people.person()).signedIn();
  const made = await Promise.all(
    Array.from({ length: 60 }, (_, n) => who.try('POST', 'terminals.pair', { name: `T${n}` })),
  );
  expect(made.filter(({ failure }) => failure === null)).toHaveLength(50);
  expect(made.filter(({ failure }) => failure === 'account.too-many')).toHaveLength(10);
});

it('offers no paper accounts where the server runs none', async () => {
  const who = await (await scene.people.person()).signedIn();
  expect(await who.get('terminals.list')).toEqual({ accounts: [] });
  const asked = { name: 'P', ...paper };
  expect((await who.try('POST', 'terminals.addPaper', asked)).failure).toBe('trade.paper-off');
});

it('keeps an account’s log to its newest five hundred', async () => {
  const { addEntry, pruneLog } = await import('../../sync/terminals/terminal-log.ts');
  const { services, close } = await scene.inside();
  const person = await scene.people.person();
  const own = (await person.tradingAccount()).accountId;
  const about = { userId: person.userId, accountId: own };
  await scene.at.sql`insert into terminal_log (user_id, account_id, at_ms, level, name, detail)
    select ${person.userId}, ${own}, n, 'info', 'connected', '{}' from generate_series(1, 600) n`;
  const entry = {
    atMs: 601,
    level: 'warn',
    name: 'refused',
    detail: { why: 'x'.repeat(900) },
  } as const;
  await addEntry(services.database, { ...about, ...entry });
  await pruneLog(services.database, person.userId, own);
  await close();
  const rows = await scene.at.sql<{ at_ms: string; detail: { why?: string } }[]>`
    select at_ms, detail from terminal_log where account_id = ${own} order by n`;
  expect(rows).toHaveLength(500);
  expect(rows[0]!.at_ms).toBe('102');
  expect(rows.at(-1)!.detail.why).toHaveLength(200);
});
