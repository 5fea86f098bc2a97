import { describe, expect, test } from 'vitest';
import type { BotTrip } from './bot-book.ts';
import { refusalBy, usualBotLimits } from './bot-limits.ts';
import { judge, type Protection } from './protections.ts';

const barMs = 60_000;
const bars = (count: number) => Float64Array.from({ length: count }, (_, i) => i * barMs);

function trip(exitBar: number, profit: number, reason: BotTrip['reason'] = 'stop'): BotTrip {
  return {
    ...{ position: String(exitBar), side: 1, lots: 1, entryMs: 0, exitMs: exitBar * barMs + 5 },
    ...{ entryPrice: 1, exitPrice: 1, profit, commission: 0, swap: 0, reason },
  };
}

/** Bars that entries are held back for, after so many that have closed. */
function leftAfter(closed: number, protection: Protection, trips: readonly BotTrip[]) {
  const known = trips.filter(({ exitMs }) => exitMs < closed * barMs);
  const facts = { trips: known, timesMs: bars(closed), capital: 1_000, floating: 0 };
  return judge([protection], facts)?.leftBars ?? 0;
}

describe('a protection', () => {
  test('cools down for as many bars after a trade as it says, and no longer', () => {
    const cool: Protection = { t: 'cool-down', bars: 3 };
    const left = [5, 6, 7, 8, 9, 10].map((closed) => leftAfter(closed, cool, [trip(5, 10)]));
    expect(left).toEqual([0, 3, 2, 1, 0, 0]);
  });

  test('guards once enough losing stops lie within its bars', () => {
    const guard: Protection = { t: 'stop-guard', losses: 2, withinBars: 10, pauseBars: 5 };
    expect(leftAfter(12, guard, [trip(3, -5), trip(11, -5)])).toBe(5);
    expect(leftAfter(16, guard, [trip(3, -5), trip(11, -5)])).toBe(1);
    expect(leftAfter(17, guard, [trip(3, -5), trip(11, -5)])).toBe(0);
    expect(leftAfter(14, guard, [trip(3, -5), trip(13, -5)])).toBe(0);
    expect(leftAfter(12, guard, [trip(3, -5), trip(11, -5, 'rule')])).toBe(0);
    expect(leftAfter(12, guard, [trip(3, 5), trip(11, -5)])).toBe(0);
  });

  test('pauses where the last trades together earned too little', () => {
    const low: Protection = { t: 'low-profit', trips: 2, leastMoney: 0, pauseBars: 4 };
    expect(leftAfter(6, low, [trip(2, 10), trip(5, -11)])).toBe(4);
    expect(leftAfter(6, low, [trip(2, 10), trip(5, -10)])).toBe(0);
    expect(leftAfter(6, low, [trip(5, -10)])).toBe(0);
  });

  test('takes the parts of a position for one trade, which is over once all of it left', () => {
    const part = (exitBar: number, profit: number) => ({
      ...trip(exitBar, profit, 'rule'),
      ...{ position: 'parted', leavesRest: true as const },
    });
    const last = { ...trip(9, -30), position: 'parted' };
    const cool: Protection = { t: 'cool-down', bars: 3 };
    expect(leftAfter(7, cool, [part(6, 10), last])).toBe(0);
    expect(leftAfter(10, cool, [part(6, 10), last])).toBe(3);
    const low: Protection = { t: 'low-profit', trips: 2, leastMoney: 0, pauseBars: 4 };
    expect(leftAfter(10, low, [part(6, 10), part(7, 15), last])).toBe(0);
    expect(leftAfter(10, low, [trip(2, 4), part(6, 10), part(7, 15), last])).toBe(4);
    expect(leftAfter(10, low, [trip(2, 5), part(6, 10), part(7, 15), last])).toBe(0);
    const guard: Protection = { t: 'stop-guard', losses: 1, withinBars: 10, pauseBars: 5 };
    expect(leftAfter(10, guard, [part(6, 40), last])).toBe(0);
    expect(leftAfter(10, guard, [part(6, 20), last])).toBe(5);
  });

  test('stops for good at its drawdown from the best, floating losses included', () => {
    const protections: Protection[] = [{ t: 'drawdown', ratio: 0.1 }];
    const facts = { timesMs: bars(9), capital: 1_000, trips: [trip(1, 200), trip(2, -100)] };
    expect(judge(protections, { ...facts, floating: -19 })).toBeNull();
    expect(judge(protections, { ...facts, floating: -20 })).toEqual({
      by: 'drawdown',
      leftBars: null,
    });
  });
});

describe('a limit of the bot', () => {
  const facts = {
    ...{ nowMs: 10 * barMs, capital: 1_000, trips: [], floating: 0, open: 0, dayOrders: 0 },
  };

  test('refuses what is larger, one too many, once too often or after too great a loss', () => {
    expect(refusalBy(usualBotLimits, 1, facts)).toBeNull();
    expect(refusalBy(usualBotLimits, 1.01, facts)?.by).toBe('volume');
    expect(refusalBy(usualBotLimits, 1, { ...facts, open: 3 })?.by).toBe('open');
    expect(refusalBy(usualBotLimits, 1, { ...facts, dayOrders: 50 })?.by).toBe('day-orders');
    const lost = { ...facts, trips: [trip(1, -40)] };
    expect(refusalBy(usualBotLimits, 1, lost)).toBeNull();
    expect(refusalBy(usualBotLimits, 1, { ...lost, floating: -10 })?.by).toBe('day-loss');
    const tomorrow = { ...lost, floating: -10, nowMs: facts.nowMs + 86_400_000 };
    expect(refusalBy(usualBotLimits, 1, tomorrow)).toBeNull();
  });
});
