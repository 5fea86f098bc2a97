/** Studies over runs whose answer is known: rules with an edge, rules without, paths of each kind. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interleave } from '../../execution/kernel-bars.ts';
import { runKernel } from '../../execution/kernel.ts';
import { defaultSettings } from '../../execution/settings.ts';
import type { Bars } from '../../market/bars.ts';
import { createRandom, makeBars } from '../../market/made-bars.ts';
import { barsFrom, medianRange, noisyBars } from './changed-bars.ts';
import { studies, type StudyKey } from './registry.ts';
import { runStudy, type StudyPart, type StudyRequest, type Trade } from './run-study.ts';
import { drawBlocks } from './stationary-blocks.ts';
import { standardOptions } from './study.ts';
import { summarise } from './summary.ts';

function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const trade: Trade = (bars, signals, settings) =>
  finish(runKernel(interleave(bars), signals, settings));

const source = `input length = 12
enter long when crosses_above(close, sma(close, length))
exit long when crosses_below(close, sma(close, length))
`;
function ask(bars: Bars, study: StudyKey, change: Partial<StudyRequest> = {}, to = 120): StudyPart {
  const request: StudyRequest = {
    seriesId: 'MADE.H1',
    fromMs: bars.timesMs[0]!,
    toMs: bars.timesMs.at(-1)! + 1,
    source,
    inputs: {},
    settings: { ...defaultSettings, units: 'fractional' },
    study,
    options: standardOptions,
    seed: 4,
    ...change,
  };
  const part = finish(runStudy(request, bars, { from: 0, to }, trade));
  if (!part.ok || !part.value) throw new Error('there is nothing to study');
  return part.value;
}

/** Waves that an average follows, on top of a random walk. */
function waves(seed: number): Bars {
  const bars = makeBars({ count: 1_500, seed });
  const { open, high, low, close } = bars.bid;
  const rise = (i: number) => Math.round(6_000 * Math.sin(i / 25));
  for (let i = 0; i < bars.length; i++) {
    const [before, now] = [rise(i), rise(i + 1)];
    open[i]! += before;
    close[i]! += now;
    high[i] = Math.max(high[i]! + before, open[i]!, close[i]!);
    low[i] = Math.min(low[i]! + before, open[i]!, close[i]!);
  }
  return bars;
}
const walk = makeBars({ count: 1_500, seed: 21 });
const keys = Object.keys(studies) as StudyKey[];

test.each(keys)('the paths of %s depend on the seed and their number alone', (study) => {
  const request = { seed: 9 };
  const whole = ask(walk, study, request, 12);
  expect(ask(walk, study, request, 12)).toEqual(whole);
  expect(ask(walk, study, request, 5).returnPct).toEqual(whole.returnPct.slice(0, 5));
  expect(ask(walk, study, { seed: 10 }, 12).returnPct).not.toEqual(whole.returnPct);
  expect(whole.drawdownPct.every((value) => value >= 0 && value <= 100)).toBe(true);
});

test.each(['entries', 'days'] as const)('a rule that works is significant by %s', (study) => {
  expect(summarise([ask(waves(3), study)]).chance).toBeLessThan(0.02);
});

test.each(['entries', 'days'] as const)(
  'a rule on prices without any pattern is significant by %s no more often than chance says',
  (study) => {
    const chances = Array.from(
      { length: 40 },
      (_, seed) =>
        summarise([ask(makeBars({ count: 900, seed: seed + 300 }), study, {}, 59)]).chance,
    );
    // Forty tries at 5 %: more than six would come once in seventy times, and the seeds are fixed.
    expect(chances.filter((chance) => chance <= 0.05).length).toBeLessThanOrEqual(6);
    expect(chances.toSorted((a, b) => a - b)[20]!).toBeGreaterThan(0.2);
  },
);

test('fills that are no worse and miss nothing change nothing', () => {
  const options = { ...standardOptions, worseRate: 0, skipShare: 0 };
  const { real, returnPct } = ask(walk, 'fills', { options }, 5);
  expect([...returnPct]).toEqual(new Array(5).fill(real.returnPct));
});

test('worse fills cost money, the worse the more', () => {
  const median = (worseRate: number) =>
    summarise([ask(walk, 'fills', { options: { ...standardOptions, worseRate, skipShare: 0 } })])
      .returnBand.middle;
  const { real } = ask(walk, 'fills');
  expect(median(0.0005)).toBeLessThan(real.returnPct);
  expect(median(0.002)).toBeLessThan(median(0.0005));
});

test('a rule with an edge keeps it under a little noise and loses it in short blocks', () => {
  const bars = waves(8);
  const noisy = summarise([ask(bars, 'noise')]);
  expect(noisy.lossShare).toBe(0);
  const options = { ...standardOptions, blockBars: 2 };
  const blocks = summarise([ask(bars, 'blocks', { options })]);
  expect(blocks.chance).toBeLessThan(0.05);
});

test('changed bars are bars still', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.boolean(), (seed, withAsk) => {
      const bars = makeBars({ count: 150, seed, ask: withAsk });
      const random = createRandom(seed);
      const changed = [
        noisyBars(bars, 2 * medianRange(bars), random),
        barsFrom(bars, drawBlocks(bars.length, 5, random)),
      ];
      for (const { bid, ask: asks } of changed) {
        for (const side of asks ? [bid, asks] : [bid]) {
          for (let i = 0; i < bars.length; i++) {
            const { open, high, low, close } = side;
            expect(low[i]!).toBeGreaterThan(0);
            expect(low[i]!).toBeLessThanOrEqual(Math.min(open[i]!, close[i]!));
            expect(high[i]!).toBeGreaterThanOrEqual(Math.max(open[i]!, close[i]!));
          }
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('bars in their own order are the bars', () => {
  const bars = makeBars({ count: 60, seed: 2, ask: true });
  const same = barsFrom(
    bars,
    Int32Array.from({ length: 60 }, (_, i) => i),
  );
  for (let i = 0; i < 60; i++) {
    expect(same.bid.high[i]!).toBeCloseTo(bars.bid.high[i]! / bars.scale, 9);
    expect(same.ask!.close[i]!).toBeCloseTo(bars.ask!.close[i]! / bars.scale, 9);
  }
});

test('blocks are as long as asked, in the mean', () => {
  const drawn = drawBlocks(20_000, 25, createRandom(1));
  const breaks = drawn.filter((index, i) => i > 0 && index !== (drawn[i - 1]! + 1) % 20_000).length;
  expect(20_000 / breaks).toBeGreaterThan(20);
  expect(20_000 / breaks).toBeLessThan(32);
});

test('parts of a study say together what the whole says', () => {
  const whole = ask(walk, 'noise', {}, 30);
  const cut = (from: number, to: number): StudyPart => ({
    real: whole.real,
    returnPct: whole.returnPct.slice(from, to),
    drawdownPct: whole.drawdownPct.slice(from, to),
  });
  expect(summarise([cut(0, 11), cut(11, 30)])).toEqual(summarise([whole]));
});
