import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { createRandom, makeBars } from '../market/made-bars.ts';
import { luckOf, type Luck, type LuckRequest } from './luck.ts';
import { makeSweep } from './made-sweep.ts';
import { shuffledPrices } from './shuffled-prices.ts';
import { tradeOrder } from './trade-order.ts';

function luck(request: LuckRequest, bars: Bars): Luck {
  const steps = luckOf(request, bars);
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    if (!step.value.ok) throw new Error(step.value.error.detail);
    return step.value.value;
  }
}

function ask(bars: Bars, change: Partial<LuckRequest> = {}): Luck {
  const sweep = makeSweep(bars);
  const request: LuckRequest = {
    sweep,
    trial: 22,
    segment: 0,
    objective: 'returnPct',
    scope: 'rule',
    shuffles: 99,
    seed: 1,
    ...change,
  };
  return luck(request, bars);
}

const returns = ({ bid }: Bars) =>
  Array.from(bid.close.subarray(1), (close, i) => close / bid.close[i]!)
    .map((ratio) => Number(ratio.toPrecision(9)))
    .toSorted((a, b) => a - b);

test('shuffled prices have the same moves and the same end, in another order', () => {
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, ask) => {
      const bars = makeBars({ count: 200, seed: seed % 1000, ask });
      const shuffled = shuffledPrices(bars, createRandom(seed));
      expect(returns(shuffled)).toEqual(returns(bars));
      const end = bars.bid.close.at(-1)! / bars.scale;
      expect(shuffled.bid.close.at(-1)! / end).toBeCloseTo(1, 9);
      for (let i = 0; i < shuffled.length; i++) {
        const { open, high, low, close } = shuffled.bid;
        expect(low[i]!).toBeLessThanOrEqual(Math.min(open[i]!, close[i]!));
        expect(high[i]!).toBeGreaterThanOrEqual(Math.max(open[i]!, close[i]!));
        if (shuffled.ask) expect(shuffled.ask.close[i]!).toBeGreaterThan(close[i]!);
      }
    }),
    { numRuns: 20 },
  );
});

test('shuffled bars keep the spread each had', () => {
  const spreadPoints = Int32Array.from({ length: 200 }, (_, i) => i);
  const bars = { ...makeBars({ count: 200, seed: 5 }), spreadPoints };
  const shuffled = shuffledPrices(bars, createRandom(2));
  expect(shuffled.spreadPoints!.toSorted()).toEqual(spreadPoints);
  expect(shuffled.spreadPoints).not.toEqual(spreadPoints);
  for (let i = 1; i < 200; i++) {
    const [now, before] = [shuffled.bid.close[i]!, shuffled.bid.close[i - 1]!];
    const k = shuffled.spreadPoints![i]!;
    expect(now / before).toBeCloseTo(bars.bid.close[k]! / bars.bid.close[k - 1]!, 9);
  }
});

test('rules on prices without any pattern are significant no more often than chance says', () => {
  const chances = Array.from({ length: 40 }, (_, seed) => {
    const prices = shuffledPrices(makeBars({ count: 800, seed }), createRandom(seed + 1000));
    return ask(prices, { shuffles: 39 }).chance!;
  });
  // Forty tries at 5 %: more than six would come once in seventy times, and the seeds are fixed.
  expect(chances.filter((chance) => chance <= 0.05).length).toBeLessThanOrEqual(6);
  const middle = chances.toSorted((a, b) => a - b)[20]!;
  expect(middle).toBeGreaterThan(0.2);
});

test('the best of a search on shuffled prices is not significant once the search is counted', () => {
  const prices = shuffledPrices(makeBars({ count: 800, seed: 3 }), createRandom(3));
  const alone = ask(prices, { scope: 'rule', shuffles: 19 });
  const counted = ask(prices, { scope: 'search', shuffles: 19 });
  expect(counted.chance).toBeGreaterThan(0.05);
  expect(counted.score).toBeGreaterThanOrEqual(alone.score!);
});

/** Long waves that a moving average can follow. */
function waves(): Bars {
  const bars = makeBars({ count: 1_500, seed: 2 });
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

test('a rule that uses a true pattern is significant', () => {
  expect(ask(waves()).chance).toBe(0.01);
});

test('the same seed gives the same answer, another seed another', () => {
  const bars = makeBars({ count: 600, seed: 9 });
  expect(ask(bars, { shuffles: 20 })).toEqual(ask(bars, { shuffles: 20 }));
  expect(ask(bars, { shuffles: 20, seed: 2 }).shuffled).not.toEqual(
    ask(bars, { shuffles: 20 }).shuffled,
  );
});

const order = (profits: readonly number[]) =>
  tradeOrder(Float64Array.from(profits), 1000, { runs: 400, seed: 1 });

test('the order of round trips changes the drawdown: taking turns is the mildest', () => {
  const found = order([100, -100, 100, -100, 100, -100, 100, -100])!;
  expect(found.drawdownPct).toBeCloseTo(100 / 11, 10);
  expect(found.drawdownBand.low).toBeGreaterThanOrEqual(found.drawdownPct - 1e-9);
  expect(found.drawdownBand.high).toBeGreaterThan(found.drawdownBand.low);
  expect(found.lossShare).toBeGreaterThan(0.2);
});

test('without a loss no order has a drawdown, and too few round trips have no order', () => {
  expect(order([10, 20, 30])).toMatchObject({
    drawdownPct: 0,
    drawdownBand: { low: 0, high: 0 },
    lossShare: 0,
  });
  expect(order([10])).toBeNull();
});

test('a round trip that loses everything ends the order', () => {
  expect(order([10, -2000, 500, 500])!.drawdownPct).toBe(100);
});
