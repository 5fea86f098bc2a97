/** The whole search against luck: on prices with a pattern, and on prices without. */
import { expect, test } from 'vitest';
import type { Bars } from '../../market/bars.ts';
import { makeBars } from '../../market/made-bars.ts';
import { makeSweep } from '../made-sweep.ts';
import { realityOf, realityPart, type RealityPart } from './reality-check.ts';

function part(bars: Bars, from: number, to: number, seed = 1): RealityPart {
  const request = { sweep: makeSweep(bars), segment: 0, draws: 99, blockDays: 5, seed };
  const steps = realityPart(request, bars, { from, to });
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    if (!step.value.ok) throw new Error(step.value.error.detail);
    return step.value.value;
  }
}
const chanceOn = (bars: Bars) => realityOf([part(bars, 0, 60)])!.chance;

/** Long waves that a moving average can follow. */
function waves(): Bars {
  const bars = makeBars({ count: 2_400, seed: 2 });
  const price = (i: number) => 110_000 + Math.round(9_000 * Math.sin(i / 60));
  const { open, high, low, close } = bars.bid;
  for (let i = 0; i < bars.length; i++) {
    open[i] = price(i);
    close[i] = price(i + 1);
    high[i] = Math.max(open[i]!, close[i]!) + 5;
    low[i] = Math.min(open[i]!, close[i]!) - 5;
  }
  return bars;
}

test('a search that found a true pattern is more than luck', () => {
  expect(chanceOn(waves())).toBeLessThanOrEqual(0.02);
});

test('the best of sixty tries on prices without any pattern is luck', () => {
  const chances = Array.from({ length: 20 }, (_, seed) =>
    chanceOn(makeBars({ count: 1_200, seed: seed + 50 })),
  );
  // Twenty tries at 5 %: more than three would come once in sixty times, and the seeds are fixed.
  expect(chances.filter((chance) => chance <= 0.05).length).toBeLessThanOrEqual(3);
  expect(chances.toSorted((a, b) => a - b)[10]!).toBeGreaterThan(0.2);
});

test('who computes which trials changes nothing, and the seed decides the draws', () => {
  const bars = makeBars({ count: 1_000, seed: 9 });
  const whole = part(bars, 0, 60);
  const cut = [part(bars, 0, 13), part(bars, 13, 60)];
  expect(realityOf(cut)).toEqual(realityOf([whole]));
  expect(
    whole.drawn.map((value, draw) => Math.max(...cut.map((one) => one.drawn[draw]!)) - value),
  ).toEqual(new Float64Array(99));
  expect(part(bars, 0, 60, 2).drawn).not.toEqual(whole.drawn);
});

test('a search in which nothing traded has no answer', () => {
  expect(realityOf([{ best: -Infinity, drawn: new Float64Array(3), tries: 0 }])).toBeNull();
});
