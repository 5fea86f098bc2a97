import { expect, test } from 'vitest';
import { runBroker } from '../execution/broker/broker.ts';
import { interleave } from '../execution/kernel-bars.ts';
import { runKernel } from '../execution/kernel.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import { defaultSettings, type RunSettings } from '../execution/settings.ts';
import { sliceBars } from '../market/bars.ts';
import { makeBars } from '../market/made-bars.ts';
import { compileRules } from '../rules/compile.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { computeStatistics, type StatisticKey } from '../statistics/registry.ts';
import { createEvaluator } from './evaluator.ts';
import { figureReader, trialStateCode, type TrialColumns } from './measures.ts';
import { makeSweep } from './made-sweep.ts';
import { trialInputs, type Sweep } from './sweep.ts';

const bars = makeBars({ count: 3_000, seed: 5 });

function evaluate(sweep: Sweep, from = 0, to = sweep.trials): TrialColumns {
  const evaluator = createEvaluator(sweep, bars);
  if (!evaluator.ok) throw new Error(evaluator.error.detail);
  return evaluator.value.evaluate(from, to);
}

/** Runs a generator to its end. */
function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function statisticsOf(sweep: Sweep, trial: number) {
  const program = compileRules(sweep.source).program!;
  const signals = finish(evaluateRules(program, bars, trialInputs(sweep, trial)));
  if (!signals.ok) throw new Error(signals.error.detail);
  const outcome = finish(runKernel(interleave(bars), signals.value, sweep.settings));
  return computeStatistics(outcome, bars, signals.value.warmupBars, sweep.settings);
}

test('each trial has the very figures of a backtest of its own', () => {
  const sweep = makeSweep(bars);
  const columns = evaluate(sweep);
  const layout = { segments: 1, figures: sweep.figures };
  const shared: readonly StatisticKey[] = [
    'returnPct',
    'sharpeGeometric',
    'sortino',
    'calmar',
    'sqn',
    'profitFactorOnReturns',
    'maxDrawdownPct',
    'winRatePct',
    'roundTrips',
  ];
  for (let trial = 0; trial < sweep.trials; trial += 7) {
    const statistics = statisticsOf(sweep, trial);
    for (const key of shared) {
      const value = figureReader(columns, layout, 0, key)(trial);
      expect(Number.isNaN(value) ? null : value).toBe(statistics[key]);
    }
  }
});

test('a trial that no kernel knows is run by the broker', () => {
  const settings: RunSettings = { ...defaultSettings, sides: 'long', stopOut: 0.5, margin: 0.1 };
  const sweep = makeSweep(bars, { settings });
  const program = compileRules(sweep.source).program!;
  const signals = finish(evaluateRules(program, bars, trialInputs(sweep, 3)));
  if (!signals.ok) throw new Error(signals.error.detail);
  const markets = [{ symbol: '', bars, inner: null }];
  const outcome = finish(runBroker(markets, ruleTrader([signals.value], settings), settings));
  const statistics = computeStatistics(outcome, bars, signals.value.warmupBars, settings);
  const layout = { segments: 1, figures: sweep.figures };
  expect(outcome.roundTrips.count).toBeGreaterThan(5);
  for (const key of ['returnPct', 'roundTrips', 'maxDrawdownPct'] as const) {
    expect(figureReader(evaluate(sweep), layout, 0, key)(3)).toBe(statistics[key]);
  }
});

test('a trial comes to the same whichever trials were run before it', () => {
  const sweep = makeSweep(bars, { method: 'random', seed: 3 });
  const whole = evaluate(sweep);
  const width = sweep.figures.length;
  for (const [from, to] of [
    [40, 60],
    [0, 1],
    [13, 29],
  ] as const) {
    const part = evaluate(sweep, from, to);
    expect(part.values).toEqual(whole.values.slice(from * width, to * width));
    expect(part.states).toEqual(whole.states.slice(from, to));
  }
});

test('what happens after the split changes nothing before it', () => {
  const splitMs = bars.timesMs[2_000]!;
  const sweep = makeSweep(bars, { validation: { kind: 'holdout', splitMs } });
  const whole = evaluate(sweep);
  const past = sliceBars(bars, 0, 2_000);
  const alone = makeSweep(past);
  const evaluator = createEvaluator(alone, past);
  if (!evaluator.ok) throw new Error(evaluator.error.detail);
  const before = evaluator.value.evaluate(0, alone.trials);
  const layouts = [
    { segments: 2, figures: sweep.figures },
    { segments: 1, figures: alone.figures },
  ] as const;
  for (const key of sweep.figures) {
    const [cut, only] = [
      figureReader(whole, layouts[0], 0, key),
      figureReader(before, layouts[1], 0, key),
    ];
    for (let trial = 0; trial < sweep.trials; trial++) expect(cut(trial)).toBe(only(trial));
  }
});

test('the returns of search and test make the return of the whole', () => {
  const splitMs = Math.floor(bars.timesMs[1_700]! / 86_400_000) * 86_400_000;
  const sweep = makeSweep(bars, { validation: { kind: 'holdout', splitMs } });
  const [cut, whole] = [evaluate(sweep), evaluate(makeSweep(bars))];
  const read = (segment: number) =>
    figureReader(cut, { segments: 2, figures: sweep.figures }, segment, 'returnPct');
  const all = figureReader(whole, { segments: 1, figures: sweep.figures }, 0, 'returnPct');
  for (let trial = 0; trial < sweep.trials; trial++) {
    const growth = (1 + read(0)(trial) / 100) * (1 + read(1)(trial) / 100);
    expect((growth - 1) * 100).toBeCloseTo(all(trial), 8);
  }
});

test('inputs that the rules refuse are marked, not hidden', () => {
  const sweep = makeSweep(bars, {
    axes: [{ name: 'fast', from: 0, to: 2, step: 1 }],
    source: 'input fast = 2\nenter long when close > sma(close, fast)\n',
    trials: 3,
  });
  const { refused, ran } = trialStateCode;
  expect([...evaluate(sweep).states]).toEqual([refused, ran, ran]);
});

test('an average longer than the prices is too long', () => {
  const sweep = makeSweep(bars, {
    axes: [{ name: 'fast', from: 10, to: 4_010, step: 4_000 }],
    source: 'input fast = 2\nenter long when close > sma(close, fast)\n',
    trials: 2,
  });
  expect([...evaluate(sweep).states]).toEqual([trialStateCode.ran, trialStateCode.short]);
});

test('a search does not go on over other prices', () => {
  const sweep = makeSweep(bars);
  const result = createEvaluator(sweep, sliceBars(bars, 0, 2_999));
  expect(result).toMatchObject({ ok: false, error: { code: 'optimise.prices-changed' } });
});
