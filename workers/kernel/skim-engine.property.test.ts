/** Skimmed trials come to what core comes to, whatever the rules, the costs and the stretch of time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Bars, PriceColumns } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { createEvaluator } from '#core/optimise/evaluator.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { TrialEngine } from '#core/optimise/trial-engine.ts';
import type { Sweep } from '#core/optimise/sweep.ts';
import { settingsArbitrary } from '../../tests/fuzz/run-case.ts';
import { createTrialEngine } from './skim-engine.ts';

const engine = createTrialEngine()!;

/** Counts the trials that the engine ran itself. */
function counted(): { readonly engine: TrialEngine; ran: number } {
  const count = { ran: 0, engine };
  return Object.assign(count, {
    engine: {
      open: (...args: Parameters<TrialEngine['open']>) => {
        const skimmer = engine.open(...args);
        return (
          skimmer && {
            ...skimmer,
            run(inputs: Parameters<typeof skimmer.run>[0]) {
              const state = skimmer.run(inputs);
              if (state !== 'left') count.ran++;
              return state;
            },
          }
        );
      },
    },
  });
}

const axes = [
  { name: 'fast', from: 2, to: 8, step: 2 },
  { name: 'slow', from: 5, to: 25, step: 10 },
  { name: 'room', from: 0.5, to: 2, step: 0.75 },
];

const head = 'input fast = 4\ninput slow = 15\ninput room = 1\n';

/** Rules that among them use every operation and every kind of level. */
const texts = [
  `let a = sma(close, fast)
let b = ema(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop room%
target 2 * room%`,
  `let strength = rsi(close, fast + 2)
enter long when crosses_above(strength, 30 + 5 * room) or strength[1] < 20
enter short when crosses(strength, 70) and not (close > sma(close, slow))
exit when strength >= 50 and (close > open)[2]
stop room * atr(slow)
target long close + 2 * room * atr(5)`,
  `let band = bollinger(close, slow, room)
enter long when crosses_below(close, band.lower)
enter short when close > band.upper
exit long when close >= band.middle
exit short when band.lower > close
stop 120 points
size risk 2%`,
  `let channel = keltner(slow, fast, room)
enter short when high > channel.upper and channel.upper[1] < highest(high, fast)
enter long when channel.lower != channel.middle and crosses_above(channel.middle, close / 1.0001)
enter short when close == open
exit when abs(close - open) / room <= 0.0002
target 25 points
size 40% of equity`,
  `enter long when close < lowest(low, fast)[1] or min(open, close) * room > max(high, hl2) - room
enter long when macd(close, fast, slow, 3).histogram > 0
enter short when low[1] <= lowest(low, slow)[2]
exit when crosses(stochastic(slow, 2, 3).k, 50)
stop long lowest(low, slow)
target short 1.02
size 0.05 lots`,
];

/** The same prices as doubles that are on no grid. */
function offGrid(bars: Bars): Bars {
  const bend = (columns: PriceColumns): PriceColumns => ({
    open: Float64Array.from(columns.open, (points) => points / bars.scale / 3),
    high: Float64Array.from(columns.high, (points) => points / bars.scale / 3),
    low: Float64Array.from(columns.low, (points) => points / bars.scale / 3),
    close: Float64Array.from(columns.close, (points) => points / bars.scale / 3),
  });
  return { ...bars, scale: 1, bid: bend(bars.bid), ask: bars.ask && bend(bars.ask) };
}

const barsOf = fc
  .record({
    count: fc.integer({ min: 1, max: 400 }),
    seed: fc.integer(),
    ask: fc.boolean(),
    bent: fc.boolean(),
    stepMs: fc.constantFrom(60_000, 3_600_000, 86_400_000),
  })
  .map(({ bent, ...options }) => (bent ? offGrid(makeBars(options)) : makeBars(options)));

const validations = fc.constantFrom<Sweep['validation'][]>(
  { kind: 'none' },
  { kind: 'rolling', windows: 3, ratio: 2 },
  { kind: 'anchored', windows: 2, ratio: 1 },
);

function evaluate(sweep: Sweep, bars: Bars, by?: TrialEngine) {
  const evaluator = createEvaluator(sweep, bars, by);
  if (!evaluator.ok) throw new Error(evaluator.error.detail);
  return evaluator.value.evaluate(0, sweep.trials);
}

/** Undefined, or divided by what would be 0 but for rounding. */
const isNoFigure = (value: number) => Number.isNaN(value) || Math.abs(value) > 1e6;

function expectAlike(ours: Float64Array, theirs: Float64Array): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [k, value] of theirs.entries()) {
    if (isNoFigure(value)) expect(ours[k]).toSatisfy(isNoFigure);
    else expect(Math.abs(ours[k]! - value)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(value)));
  }
}

describe('skimmed trials', { timeout: 120_000 }, () => {
  test.each(texts.map((text, k) => [k + 1, text] as const))(
    'come to the figures of whole runs, rules %i',
    (_, text) => {
      const seen = counted();
      fc.assert(
        fc.property(barsOf, settingsArbitrary, validations, (bars, settings, validation) => {
          const change = { source: head + text, axes, settings, validation };
          const sweep = makeSweep(bars, change);
          const ours = evaluate(sweep, bars, seen.engine);
          const theirs = evaluate(sweep, bars);
          expect(ours.states).toEqual(theirs.states);
          expectAlike(ours.values, theirs.values);
        }),
        { numRuns: 60 },
      );
      expect(seen.ran).toBeGreaterThan(300);
    },
  );

  test('make the very round trips of whole runs, as their count, wins and profits show', () => {
    const bars = makeBars({ count: 5_000, seed: 12 });
    const figures = ['roundTrips', 'winRatePct', 'returnPct', 'maxDrawdownPct'];
    for (const text of texts) {
      const sweep = makeSweep(bars, { source: head + text, axes, figures });
      expect(evaluate(sweep, bars, engine)).toEqual(evaluate(sweep, bars));
    }
  });

  test('come to the same whatever room there is for their columns', () => {
    const bars = makeBars({ count: 2_000, seed: 12 });
    const tight = createTrialEngine({ mostBytes: 1 })!;
    for (const text of texts) {
      const sweep = makeSweep(bars, { source: head + text, axes });
      expect(evaluate(sweep, bars, tight)).toEqual(evaluate(sweep, bars, engine));
    }
  });

  test('are left to core where settings go beyond what the engine knows', () => {
    const bars = makeBars({ count: 300, seed: 2 });
    const seen = counted();
    const settings: RunSettings = { ...defaultSettings, closeAtEnd: true, stopOut: 0.5 };
    evaluate(makeSweep(bars, { settings }), bars, seen.engine);
    expect(seen.ran).toBe(0);
  });
});
