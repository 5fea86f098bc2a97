/** A leak is planted in the test's own evaluators alone; production rules must come out clean. */
import { expect, test } from 'vitest';
import { defaultSettings } from '../../execution/settings.ts';
import type { Signals } from '../../execution/signals.ts';
import { prices, type Bars } from '../../market/bars.ts';
import { makeBars } from '../../market/made-bars.ts';
import { compileRules } from '../../rules/compile.ts';
import { evaluateRules, evaluateSeries } from '../../rules/evaluate.ts';
import { templates } from '../../rules/templates.ts';
import { checkRun } from './check-run.ts';
import { findLookAhead, type Evaluate } from './look-ahead.ts';
import { measureWarmUp } from './warm-up.ts';

function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const bars = makeBars({ count: 1_200, seed: 14, volume: true });
const source = `enter long when crosses_above(close, sma(close, 20))
exit long when crosses_below(close, sma(close, 20))
stop 2%
`;

function clean(text: string): Evaluate {
  const program = compileRules(text).program!;
  return (some) => {
    const signals = finish(evaluateRules(program, some, {}));
    if (!signals.ok) throw new Error(signals.error.detail);
    return signals.value.warmupBars + 1 < some.length ? signals.value : null;
  };
}
const honest = clean(source);

/** Asks on each bar for what the honest strategy asks for on the next. */
const oneBarAhead: Evaluate = (some) => {
  const signals = honest(some);
  if (!signals) return null;
  const entry = new Int8Array(some.length);
  entry.set(signals.entry.subarray(1));
  return { ...signals, entry };
};

/** Honest entries, and a stop at the low of the next bar where there is one. */
const stopAhead: Evaluate = (some) => {
  const signals = honest(some);
  const low = prices(some.bid, 'low', some.scale);
  const long = Float64Array.from(low, (value, i) => low[i + 1] ?? value);
  return signals && { ...signals, stop: { long, short: long } };
};

/** Knows the highest price of all that is given: a scale fitted to the whole. */
const fitted: Evaluate = (some) => {
  const signals = honest(some);
  if (!signals) return null;
  const close = prices(some.bid, 'close', some.scale);
  const highest = close.reduce((most, value) => Math.max(most, value));
  const entry = Int8Array.from(close, (value) => (value > 0.997 * highest ? 1 : 0));
  return { ...signals, entry };
};

test('a clean strategy passes, whatever is cut off', () => {
  const found = finish(findLookAhead(honest, bars));
  expect(found.leak).toBeNull();
  expect(found.cuts).toBeGreaterThan(40);
  expect(found.signals).toBeGreaterThan(20);
});

test('a look of one bar ahead is flagged, and its bar named', () => {
  const { leak } = finish(findLookAhead(oneBarAhead, bars));
  expect(leak).toMatchObject({ column: 'entry', cut: 0 });
  const truth = honest(bars)!;
  expect(truth.entry[leak!.bar + 1]).not.toBe(0);
  expect(leak!.barsLeft).toBe(leak!.bar + 1);
  expect(leak!.timeMs).toBe(bars.timesMs[leak!.bar]);
});

test('a stop from the next bar and a scale fitted to the whole are flagged too', () => {
  expect(finish(findLookAhead(stopAhead, bars)).leak).toMatchObject({ column: 'stop.long' });
  expect(finish(findLookAhead(fitted, bars)).leak).toMatchObject({ column: 'entry' });
});

test.each(templates.map(({ name, source: text }) => [name, text] as const))(
  '%s looks at nothing that lies ahead',
  (_, text) => {
    const found = finish(findLookAhead(clean(text), bars));
    expect(found.leak).toBeNull();
  },
);

const noLines = () => [];

test('a plain average needs its own length of history and no more', () => {
  const warm = finish(measureWarmUp(honest, noLines, bars))!;
  expect(warm.rows.every(({ signalsMoved }) => signalsMoved === 0)).toBe(true);
  expect(warm.recommendedBars).toBe(warm.rows[0]!.historyBars);
  expect(warm.signals).toBeGreaterThan(5);
});

test('an average that feeds on itself needs several times as much', () => {
  const text = 'let a = ema(close, 60)\nenter long when crosses_above(close, a)\n';
  const program = compileRules(text).program!;
  const lines = (some: Bars) => {
    const named = evaluateSeries(program, some, {});
    return named.ok ? named.value : [];
  };
  const warm = finish(measureWarmUp(clean(text), lines, bars))!;
  const [first] = warm.rows;
  expect(first!.lineMoved).toBeGreaterThan(0);
  const moves = warm.rows.map(({ lineMoved }) => lineMoved!);
  expect(moves.at(-1)!).toBeLessThan(moves[0]! / 10);
  expect(warm.rows.map(({ historyBars }) => historyBars)).toContain(warm.recommendedBars);
});

test('a signal that only the first bar explains is counted as moved', () => {
  const remembers: Evaluate = (some): Signals | null => {
    const signals = honest(some);
    const early = some.timesMs[0] === bars.timesMs[0];
    return signals && { ...signals, entry: signals.entry.map((side) => (early ? side : 0)) };
  };
  const warm = finish(measureWarmUp(remembers, noLines, bars))!;
  expect(warm.rows.every(({ signalsMoved }) => signalsMoved > 0)).toBe(true);
  expect(warm.recommendedBars).toBeNull();
});

test('both checks of a run, from its rule text', () => {
  const run = {
    seriesId: 'MADE.H1',
    fromMs: bars.timesMs[100]!,
    toMs: bars.timesMs[1_100]!,
    source: `let slow = ema(close, 30)\n${source}`,
    inputs: {},
    settings: defaultSettings,
  };
  const checked = finish(checkRun(run, bars));
  if (!checked.ok) return expect.unreachable();
  expect(checked.value.lookAhead.leak).toBeNull();
  expect(checked.value.warmUp!.rows[0]!.lineMoved).toBeGreaterThan(0);
  const wrong = finish(checkRun({ ...run, source: 'enter long when' }, bars));
  expect(wrong).toMatchObject({ ok: false, error: { code: 'rules.invalid' } });
});
