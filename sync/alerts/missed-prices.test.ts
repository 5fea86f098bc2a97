import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCrossed, sideOf } from '#core/alerts/crossing.ts';
import { alertWays, isOver } from '#core/alerts/alert.ts';
import type { SaidBar } from '#core/broker/messages.ts';
import { ok } from '#core/result.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import type { AlertRow } from './alert-rows.ts';
import type { Firing } from './fire.ts';
import { missedPrices } from './missed-prices.ts';
import { watchedAlert, type AlertKeeping } from './watched-alert.ts';

const minuteMs = 60_000;
const setMs = Date.UTC(2026, 5, 3, 10);
const nowMs = setMs + 20 * minuteMs;

/** Hundredths that bars of one price each have, by the minute since the alert was set; or spikes. */
type Prices = (minute: number) => readonly [open: number, high: number, low: number, close: number];

/** The price is 99, and 101 for a moment in each of these minutes. */
const spikes = (minutes: readonly number[]): Prices => {
  return (minute) => [9_900, minutes.includes(minute) ? 10_100 : 9_900, 9_900, 9_900];
};
const flat = (points: number) => [points, points, points, points] as const;

/** An alert at 100, and a terminal that tells these prices. */
function missed(at: Prices, change: Partial<AlertRow> = {}) {
  const state = { nowMs, offsetMs: 0 as number | null, asked: [] as number[], isThere: true };
  const history: LiveSession['history'] = {
    async ask({ limit, beforeServerMs }) {
      state.asked.push(limit);
      const end = ((beforeServerMs ?? state.nowMs) - setMs) / minuteMs;
      const bars = Array.from({ length: limit }, (_, i): SaidBar => {
        const minute = end - limit + i;
        return [setMs / 1_000 + minute * 60, ...at(minute), 1];
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
  const condition = { t: 'price', symbol: 'EURUSD', way: 'above', price: 100 } as const;
  const row = {
    ...{ condition, revision: 3, createdMs: setMs, changedMs: setMs, untilMs: null, fired: 0 },
    ...{ state: 'on', side: -1, lastFiredMs: null, pauseMs: 5 * minuteMs, ...change },
  } as AlertRow;
  const told: Firing[] = [];
  const keeping: AlertKeeping = {
    async fire({ known, firing, side }) {
      if (isOver(known, firing.atMs)) return { ...known, state: 'done' };
      told.push(firing);
      return { ...known, side, fired: known.fired + 1 };
    },
    keepSide: async () => undefined,
  };
  const alert = watchedAlert(keeping, row);
  const live = { health, history } as unknown as LiveSession;
  const prices = missedPrices({ live, now: () => state.nowMs, watchers: () => [alert] });
  const look = async () => {
    await prices.look();
    await alert.tell();
  };
  return { ...{ state, prices, look, told, alert } };
}

test('what went over its level and came back while nobody watched is due, the last time of it', async () => {
  const { prices, look, told } = missed(spikes([4, 9]));
  await look();
  const openMs = setMs + 9 * minuteMs;
  expect(told).toMatchObject([{ key: `missed:3:${openMs}`, atMs: openMs + minuteMs }]);
  expect(prices.isDone).toBe(true);
});

test.each([
  ['before it was set or changed', [9], { changedMs: setMs + 10 * minuteMs }],
  ['before it was told last', [4], { lastFiredMs: setMs + 6 * minuteMs }],
  ['within its pause', [9], { lastFiredMs: setMs + 6 * minuteMs }],
  ['never', [], {}],
] as const)('nothing is due of what was %s', async (_, minutes, change) => {
  const { prices, look, told } = missed(spikes(minutes), change);
  await look();
  expect([told, prices.isDone]).toEqual([[], true]);
});

test('a bar in part of which it was not yet waited for says nothing', async () => {
  const { look, told } = missed(spikes([9]), { changedMs: setMs + 9 * minuteMs + 1 });
  await look();
  expect(told).toEqual([]);
});

test('a terminal that knows no clock or no past yet is asked again, for a while', async () => {
  const { state, prices, look, told } = missed(spikes([9]));
  [state.offsetMs, state.isThere] = [null, false];
  await look();
  expect([state.asked, prices.isDone]).toEqual([[], false]);
  state.offsetMs = 0;
  await look();
  expect([state.asked, told, prices.isDone]).toEqual([[20], [], false]);
  state.isThere = true;
  await look();
  expect([told.length, prices.isDone]).toEqual([1, true]);
  const other = missed(spikes([]));
  other.state.isThere = false;
  await other.look();
  other.state.nowMs += 300_001;
  expect(other.prices.isDone).toBe(true);
});

test('no more than two days are asked for, and nothing for an alert set since', async () => {
  const old = missed(spikes([]), { changedMs: setMs - 30 * 86_400_000 });
  await old.look();
  expect(old.state.asked).toEqual([1_000, 1_000, 880]);
  const fresh = missed(spikes([9]), { createdMs: nowMs + 1 });
  await fresh.look();
  expect([fresh.state.asked, fresh.prices.isDone]).toEqual([[], true]);
});

test('what came to its level while there was time is told, whatever came after that', async () => {
  const untilMs = setMs + 10 * minuteMs;
  for (const repeat of ['once', 'every'] as const) {
    const { look, told } = missed(spikes([4, 9, 10, 15]), { repeat, untilMs });
    await look();
    // The minute that ends with the alert's time is its last.
    expect(told.map(({ atMs }) => atMs)).toEqual([untilMs]);
  }
  const late = missed(spikes([9]), { untilMs: untilMs - 1 });
  await late.look();
  expect(late.told).toEqual([]);
});

test('each time that a price comes to its level is told once, in bars or by a quote', async () => {
  const price = fc.integer({ min: 98, max: 102 });
  const walk = fc.array(price, { minLength: 21, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(walk, fc.constantFrom(...alertWays), async (prices, way) => {
      const minutes = 20;
      const sides = prices.map((each) => sideOf(each, 100));
      const crossed = sides.map((side, i) => i > 0 && hasCrossed(sides[i - 1]!, side, way));
      const condition = { t: 'price', symbol: 'EURUSD', way, price: 100 } as const;
      const at = (minute: number) => flat(prices[minute]! * 100);
      const { look, told, alert } = missed(at, { condition, side: sides[0]! });
      await look();
      const last = crossed.lastIndexOf(true, minutes - 1);
      const missedAt = last < 0 ? [] : [setMs + (last + 1) * minuteMs];
      for (const [i, value] of prices.slice(minutes).entries()) {
        alert.see(value, 100, way, nowMs + i);
        await alert.tell();
      }
      const seenAt = crossed.slice(minutes).flatMap((is, i) => (is ? [nowMs + i] : []));
      expect(told.map(({ atMs }) => atMs)).toEqual([...missedAt, ...seenAt]);
    }),
  );
});
