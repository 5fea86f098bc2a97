/** Folds of a cross-validation: what lies in a fold leaves no trace in its search. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../execution/outcome.ts';
import { makeBars } from '../market/made-bars.ts';
import { createEvaluator } from './evaluator.ts';
import { figureReader } from './measures.ts';
import { makeSweep } from './made-sweep.ts';
import { rulerFor } from './purged-ruler.ts';
import { segmentMs, segmentsOf } from './segments.ts';

const bars = makeBars({ count: 2_400, seed: 6 });
const prices = { firstMs: bars.timesMs[0]!, lastMs: bars.timesMs.at(-1)! };
const validation = { kind: 'purged', folds: 4, embargoBars: 20 } as const;
const segments = segmentsOf(validation, prices);

/** One unit bought and sold again, bar by bar, at prices that are the bars' own numbers. */
function outcomeOf(trips: readonly (readonly [entry: number, exit: number])[]): Outcome {
  const equity = new Float64Array(bars.length);
  let cash = 1_000;
  let trip = 0;
  for (let i = 0; i < equity.length; i++) {
    const at = trips[trip];
    if (at && i >= at[0]) cash *= 1.001;
    equity[i] = cash;
    if (at && i === at[1]) trip++;
  }
  const ones = () => new Float64Array(trips.length).fill(1);
  return {
    roundTrips: {
      count: trips.length,
      entryBar: Int32Array.from(trips, ([entry]) => entry),
      exitBar: Int32Array.from(trips, ([, exit]) => exit),
      entryPrice: ones(),
      exitPrice: ones().fill(1.01),
      units: ones(),
      profit: ones(),
      commission: new Float64Array(trips.length),
      exitReason: new Uint8Array(trips.length),
      ambiguous: new Uint8Array(trips.length),
    },
    equity,
    commissions: 0,
    open: null,
    droppedEntries: 0,
  };
}

test('the folds are the whole, each searched on all the rest', () => {
  const tests = segments.filter(({ role }) => role === 'test');
  const searches = segments.filter(({ role }) => role === 'search');
  expect(tests[0]!.fromMs).toBe(prices.firstMs);
  expect(tests.at(-1)!.toMs).toBe(prices.lastMs + 1);
  tests.slice(1).forEach((one, k) => expect(one.fromMs).toBe(tests[k]!.toMs));
  searches.forEach((search, k) => {
    expect(search.without).toMatchObject({ fromMs: tests[k]!.fromMs, toMs: tests[k]!.toMs });
    expect(segmentMs(search) + segmentMs(tests[k]!)).toBe(prices.lastMs + 1 - prices.firstMs);
  });
});

// Borders lie on midnight: the second fold is bars 576 to 1,175, its embargo ends with 1,195.
const second = rulerFor(segments[2]!, bars);

test('round trips that reach into the fold or its embargo are purged with all their bars', () => {
  const trips = [
    [100, 110],
    [560, 576],
    [700, 720],
    [1_170, 1_178],
    [1_180, 1_184],
    [1_190, 1_200],
    [1_204, 1_240],
  ] as const;
  const facts = second.measure(outcomeOf(trips), 1_000, 50)!;
  expect(facts.roundTrips.count).toBe(2);
  // Bars 560 to 1,200 are gone.
  expect([...facts.roundTrips.entryBar]).toEqual([100, 1_204 - 641]);
  expect(facts.equity).toHaveLength(2_400 - 641);
});

test('what is left grows by its own changes alone', () => {
  const facts = second.measure(
    outcomeOf([
      [100, 109],
      [650, 900],
      [2_000, 2_009],
    ]),
    1_000,
    50,
  )!;
  expect(facts.equity.at(-1)! / 1_000).toBeCloseTo(1.001 ** 20, 9);
});

test('nothing that happens in a fold changes the figures of its search', () => {
  const outside = [
    [100, 110],
    [300, 330],
    [1_500, 1_600],
    [2_100, 2_101],
  ] as const;
  const alone = second.measure(outcomeOf(outside), 1_000, 50)!;
  fc.assert(
    fc.property(
      fc.integer({ min: 600, max: 1_100 }),
      fc.integer({ min: 1, max: 90 }),
      (at, bars) => {
        const inside = [...outside.slice(0, 2), [at, at + bars] as const, ...outside.slice(2)];
        const facts = second.measure(outcomeOf(inside), 1_000, 50)!;
        expect(facts.dailyReturns.length).toBe(alone.dailyReturns.length);
        facts.dailyReturns.forEach((value, day) => {
          expect(value).toBeCloseTo(alone.dailyReturns[day]!, 12);
        });
        expect(facts.roundTrips).toEqual(alone.roundTrips);
      },
    ),
    { numRuns: 25 },
  );
});

test('a whole search is measured on each fold, and the folds together make the run', () => {
  const sweep = makeSweep(bars, { validation });
  const evaluator = createEvaluator(sweep, bars);
  if (!evaluator.ok) throw new Error(evaluator.error.detail);
  const columns = evaluator.value.evaluate(0, sweep.trials);
  const whole = createEvaluator(makeSweep(bars), bars);
  if (!whole.ok) throw new Error(whole.error.detail);
  const all = whole.value.evaluate(0, sweep.trials);
  const layout = { segments: 8, figures: sweep.figures };
  const read = (segment: number) => figureReader(columns, layout, segment, 'returnPct');
  const run = figureReader(all, { segments: 1, figures: sweep.figures }, 0, 'returnPct');
  for (let trial = 0; trial < sweep.trials; trial++) {
    const growth = [1, 3, 5, 7].reduce((product, at) => product * (1 + read(at)(trial) / 100), 1);
    expect((growth - 1) * 100).toBeCloseTo(run(trial), 8);
  }
});
