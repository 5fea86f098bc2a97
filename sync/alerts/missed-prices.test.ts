import { expect, test } from 'vitest';
import type { SaidBar } from '#core/broker/messages.ts';
import { ok } from '#core/result.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import type { AlertRow } from './alert-rows.ts';
import type { Firing } from './fire.ts';
import { missedPrices } from './missed-prices.ts';
import type { WatchedAlert } from './watched-alert.ts';

const minuteMs = 60_000;
const setMs = Date.UTC(2026, 5, 3, 10);
const nowMs = setMs + 20 * minuteMs;

/** The price is 99, and 101 for a moment in each of these minutes after the alert was set. */
function missed(minutes: readonly number[], change: Partial<AlertRow> = {}) {
  const state = { nowMs, offsetMs: 0 as number | null, asked: [] as number[], isThere: true };
  const history: LiveSession['history'] = {
    async ask({ limit, beforeServerMs }) {
      state.asked.push(limit);
      const end = ((beforeServerMs ?? nowMs) - setMs) / minuteMs;
      const bars = Array.from({ length: limit }, (_, i): SaidBar => {
        const minute = end - limit + i;
        const high = minutes.includes(minute) ? 10_100 : 9_900;
        return [setMs / 1_000 + minute * 60, 9_900, high, 9_900, 9_900, 1];
      });
      const told = state.isThere ? bars : [];
      return ok({ bars: told, digits: 2, hasMore: true, isWhole: true, lacks: null });
    },
  };
  const health = {
    get serverOffsetMs() {
      return state.offsetMs;
    },
  };
  const happened: Firing[] = [];
  const condition = { t: 'price', symbol: 'EURUSD', way: 'above', price: 100 } as const;
  const row = {
    ...{ condition, revision: 3, createdMs: setMs, changedMs: setMs },
    ...{ lastFiredMs: null, pauseMs: 5 * minuteMs, ...change },
  } as AlertRow;
  const alert = { row, happened: (firing) => void happened.push(firing) } as WatchedAlert;
  const live = { health, history } as unknown as LiveSession;
  const prices = missedPrices({ live, now: () => state.nowMs, watchers: () => [alert] });
  return { state, prices, happened };
}

test('what went over its level and came back while nobody watched is due, the last time of it', async () => {
  const { prices, happened } = missed([4, 9]);
  await prices.look();
  const openMs = setMs + 9 * minuteMs;
  expect(happened).toMatchObject([{ key: `missed:3:${openMs}`, atMs: openMs + minuteMs }]);
  expect(prices.isDone).toBe(true);
});

test.each([
  ['before it was set or changed', [9], { changedMs: setMs + 10 * minuteMs }],
  ['before it was told last', [4], { lastFiredMs: setMs + 6 * minuteMs }],
  ['within its pause', [9], { lastFiredMs: setMs + 6 * minuteMs }],
  ['never', [], {}],
] as const)('nothing is due of what was %s', async (_, minutes, change) => {
  const { prices, happened } = missed(minutes, change);
  await prices.look();
  expect([happened, prices.isDone]).toEqual([[], true]);
});

test('a bar in part of which it was not yet waited for says nothing', async () => {
  const { prices, happened } = missed([9], { changedMs: setMs + 9 * minuteMs + 1 });
  await prices.look();
  expect(happened).toEqual([]);
});

test('a terminal that knows no clock or no past yet is asked again, for a while', async () => {
  const { state, prices, happened } = missed([9]);
  [state.offsetMs, state.isThere] = [null, false];
  await prices.look();
  expect([state.asked, prices.isDone]).toEqual([[], false]);
  state.offsetMs = 0;
  await prices.look();
  expect([state.asked, happened, prices.isDone]).toEqual([[20], [], false]);
  state.isThere = true;
  await prices.look();
  expect([happened.length, prices.isDone]).toEqual([1, true]);
  const other = missed([]);
  other.state.isThere = false;
  await other.prices.look();
  other.state.nowMs += 300_001;
  expect(other.prices.isDone).toBe(true);
});

test('no more than two days are asked for, and nothing for an alert set since', async () => {
  const old = missed([], { changedMs: setMs - 30 * 86_400_000 });
  await old.prices.look();
  expect(old.state.asked).toEqual([1_000, 1_000, 880]);
  const fresh = missed([9], { createdMs: nowMs + 1 });
  await fresh.prices.look();
  expect([fresh.state.asked, fresh.prices.isDone]).toEqual([[], true]);
});
