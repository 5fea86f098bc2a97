/** Whether one is all right today: what is at risk, what the day brought, what asks for one's eyes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeInstrument, madePosition, madeQuote } from '#core/risk/made-account.ts';
import { concernsOf } from './concerns.ts';
import { riskText } from './risk-text.ts';
import {
  dayStart,
  equityAt,
  openRisk,
  todayTotals,
  type AccountToday,
  type BotToday,
  type Today,
} from './today.ts';

const instruments = new Map([[madeInstrument.symbol, madeInstrument]]);
const quotes = new Map([[madeQuote.symbol, madeQuote]]);
const risk = (change: Partial<typeof madePosition>) =>
  openRisk([{ ...madePosition, ...change }], instruments, quotes);

test('what is at risk is the way from the price now to the stop', () => {
  expect(risk({ sl: 1.099 }).atStops).toBeCloseTo(50, 6);
  expect(risk({ side: 'sell', sl: 1.1011 }).atStops).toBeCloseTo(50, 6);
  expect(risk({ sl: null })).toEqual({ atStops: 0, withoutStop: 1 });
  expect(openRisk([{ ...madePosition, sl: 1 }], new Map(), quotes).withoutStop).toBe(1);
});

test('a stop the price has passed risks nothing, and no stop makes another’s risk smaller', () => {
  const sl = fc.double({ min: 0.5, max: 2, noNaN: true });
  const side = fc.constantFrom('buy', 'sell');
  fc.assert(
    fc.property(fc.array(fc.record({ sl, side }), { maxLength: 5 }), (list) => {
      const each = list.map((change) => risk(change).atStops);
      const all = openRisk(
        list.map((change) => ({ ...madePosition, ...change })),
        instruments,
        quotes,
      );
      expect(Math.min(0, ...each)).toBe(0);
      expect(all.atStops).toBeCloseTo(
        each.reduce((sum, value) => sum + value, 0),
        4,
      );
    }),
  );
});

test('a position that nothing stops is never told as no risk', () => {
  expect(riskText({ atStops: 0, withoutStop: 1 })).toBe('no stop');
  expect(riskText({ atStops: 50, withoutStop: 1 })).toBe('≥ 50.00');
  expect(riskText({ atStops: 50, withoutStop: 0 })).toBe('50.00');
});

test('the day begins at midnight of the clock that is shown', () => {
  const now = Date.UTC(2024, 4, 8, 1, 30);
  expect(dayStart(now, 0)).toBe(Date.UTC(2024, 4, 8));
  expect(dayStart(now, -5 * 3_600_000)).toBe(Date.UTC(2024, 4, 7, 5));
  expect(dayStart(now, 7 * 3_600_000)).toBe(Date.UTC(2024, 4, 7, 17));
});

test('the day’s result counts from what was seen last before it', () => {
  const point = (atMs: number, equity: number) => ({ atMs, balance: equity, equity });
  const points = [point(10, 100), point(20, 110), point(30, 90)];
  expect([5, 10, 25, 99].map((ms) => equityAt(points, ms))).toEqual([100, 100, 110, 90]);
  expect(equityAt([], 5)).toBeNull();
});

const calm: AccountToday = {
  ...{ accountId: 'a', name: 'Paper', currency: 'USD', isSimulated: true, equity: 10_000 },
  ...{ result: 0, positions: 0, risk: { atStops: 0, withoutStop: 0 }, marginLevel: null },
  state: { short: 'Connected', long: 'Orders can be sent.', tone: 'ok' },
};
const bot: BotToday = {
  ...{ botId: 'b', name: 'Cross', state: 'running', reason: null, symbol: 'EURUSD' },
  ...{ dayProfit: 0, currency: 'USD', isSimulated: true },
};
const quiet = { on: 0, unread: 0, latest: [] };
const well = { isServerAway: false, stuckChanges: 0, isBackupDue: false };
const concerns = (today: Partial<Today>, around = well) =>
  concernsOf({ seenMs: 0, accounts: [calm], bots: [bot], alerts: quiet, ...today }, around).map(
    ({ key }) => key,
  );

test('nothing asks for eyes while all is right', () => {
  expect(concerns({})).toEqual([]);
  expect(concernsOf(null, well)).toEqual([]);
});

test('what is worse stands first, and each leads to where it is mended', () => {
  const halted = { short: 'Halted', long: 'Look.', tone: 'danger' } as const;
  const found = concernsOf(
    {
      seenMs: 0,
      accounts: [
        { ...calm, risk: { atStops: 0, withoutStop: 2 } },
        { ...calm, accountId: 'h', state: halted, marginLevel: 1.2 },
      ],
      bots: [{ ...bot, state: 'paused', reason: 'protection.drawdown' }],
      alerts: quiet,
    },
    { isServerAway: true, stuckChanges: 3, isBackupDue: true },
  );
  expect(found.map(({ key }) => key)).toEqual([
    ...['state h', 'stop a', 'margin h', 'bot b', 'server', 'sync', 'backup'],
  ]);
  expect(found[0]?.tone).toBe('danger');
  for (const { href } of found) expect(href).toMatch(/^\/\w+\//);
});

test('a bot that somebody stopped is no concern', () => {
  expect(concerns({ bots: [{ ...bot, state: 'stopped' }] })).toEqual([]);
  expect(concerns({ bots: [{ ...bot, state: 'killed', reason: 'kill-switch' }] })).toEqual([]);
});

test('a server that is away matters to who trades alone', () => {
  expect(concerns({ accounts: [] }, { ...well, isServerAway: true })).toEqual([]);
});

test('real and simulated money never add up, and a day nobody saw counts for nothing', () => {
  const totals = todayTotals([
    calm,
    { ...calm, accountId: 'b', result: 25 },
    { ...calm, accountId: 'c', isSimulated: false, result: null, equity: 7 },
  ]);
  expect(totals.map(({ isSimulated, equity, result }) => [isSimulated, equity, result])).toEqual([
    [false, 7, null],
    [true, 20_000, 25],
  ]);
});
