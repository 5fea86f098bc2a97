import { describe, expect, it } from 'vitest';
import type { Failure } from '../errors.ts';
import { EXIT_LONG, EXIT_SHORT, type Signals } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import type { Result } from '../result.ts';
import { compileRules } from './compile.ts';
import { evaluateRules, evaluateSeries } from './evaluate.ts';

/** Bars whose prices are all the given closes, in hundredths. */
function barsOf(closes: readonly number[], more: Partial<Bars> = {}): Bars {
  const points = Int32Array.from(closes, (price) => Math.round(price * 100));
  return {
    length: closes.length,
    timesMs: Float64Array.from(closes, (_, i) => i * 3_600_000),
    scale: 100,
    digits: 2,
    bid: { open: points, high: points, low: points, close: points },
    ask: null,
    volume: null,
    spreadPoints: null,
    ...more,
  };
}

function run(
  source: string,
  bars: Bars,
  inputs: Readonly<Record<string, number>> = {},
): Result<Signals, Failure> {
  const { program, problems } = compileRules(source);
  expect(problems.filter((one) => one.severity === 'error')).toStrictEqual([]);
  const work = evaluateRules(program!, bars, inputs);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

function signals(...parameters: Parameters<typeof run>): Signals {
  const result = run(...parameters);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

const entries = (source: string, closes: readonly number[]) =>
  Array.from(signals(source, barsOf(closes)).entry);

describe('indicators of the registry', () => {
  it('read the time of the bars', () => {
    const bars = barsOf([...new Array<number>(24).fill(10), 13, 14]);
    const rules = signals('enter long when close > pivot_classic().r1', bars);
    expect(rules.warmupBars).toBe(24);
    expect(Array.from(rules.entry).slice(24)).toStrictEqual([0, 1]);
  });

  it('that are conditions hold where they found something, after their warm-up', () => {
    const high = Int32Array.of(10, 9, 8, 12);
    const low = Int32Array.of(5, 6, 7, 7);
    const rules = signals(
      'enter long when inside_bar()',
      barsOf([7, 7, 7, 8], { bid: { open: low, high, low, close: low } }),
    );
    expect(rules.warmupBars).toBe(1);
    expect(Array.from(rules.entry)).toStrictEqual([0, 0, 1, 0]);
  });
});

describe('conditions', () => {
  it('sees a cross only where the lines change sides, never at a tie', () => {
    const closes = [9, 9, 8, 9, 10, 11, 10, 10, 11, 9, 9, 12];
    expect(entries('enter long when crosses_above(close, 10)', closes)).toStrictEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
    expect(entries('enter short when crosses_below(close, 10)', closes)).toStrictEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0,
    ]);
    expect(entries('enter long when crosses(close, 10)', closes)).toStrictEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1,
    ]);
  });

  it.each([
    ['close > 2', [0, 0, 1, 1]],
    ['close >= 2', [0, 1, 1, 1]],
    ['close < 3', [0, 1, 0, 0]],
    ['close <= 3', [0, 1, 1, 0]],
    ['close == 3', [0, 0, 1, 0]],
    ['close != 3', [0, 1, 0, 1]],
    ['3 > close', [0, 1, 0, 0]],
    ['not close > 2', [0, 1, 0, 0]],
    ['close > 2 and close < 4', [0, 0, 1, 0]],
    ['close < 3 or close > 3', [0, 1, 0, 1]],
    ['(close > 2)[1]', [0, 0, 0, 1]],
    ['close > close[1]', [0, 0, 1, 1]],
    ['close - close[1] == 1', [0, 0, 1, 1]],
    ['close * 2 / 4 == 1', [0, 1, 0, 0]],
    ['-close < -3', [0, 0, 0, 1]],
    ['abs(close - 3) == 1', [0, 1, 0, 1]],
    ['min(close, 3, 2.5) == 2.5', [0, 0, 1, 1]],
    ['max(close, 3) == 3', [0, 1, 1, 0]],
    ['100% of close == 3', [0, 0, 1, 0]],
    ['highest(close, 2) - lowest(close, 2) == 1', [0, 0, 1, 1]],
    ['1 < 2', [0, 1, 1, 1]],
    ['1 > 2', [0, 0, 0, 0]],
  ])('%s', (condition, expected) => {
    expect(entries(`enter long when ${condition}`, [1, 2, 3, 4])).toStrictEqual(expected);
  });

  it('keeps the value of the bar before where a divisor is zero', () => {
    const series = evaluateSeries(
      compileRules('let a = 6 / (close - 2)\nenter long when a > 0').program!,
      barsOf([2, 5, 2, 3]),
      {},
    );
    expect(series.ok && Array.from(series.value[0]!.values)).toStrictEqual([NaN, 2, 2, 6]);
  });
});

describe('rules', () => {
  it('takes the first entry rule that holds', () => {
    const source = 'enter long when close > 2\nenter short when close > 1';
    expect(entries(source, [1, 2, 3])).toStrictEqual([0, -1, 1]);
  });

  it('exits the sides a rule names, all of them together', () => {
    const source =
      'enter long when close > 9\nenter short when close > 9\nexit when close == 2\nexit long when close == 3\nexit short when close > 2';
    const { exit } = signals(source, barsOf([1, 2, 3, 4]));
    expect(Array.from(exit)).toStrictEqual([
      0,
      EXIT_LONG | EXIT_SHORT,
      EXIT_LONG | EXIT_SHORT,
      EXIT_SHORT,
    ]);
  });

  it('is silent up to the first bar on which every series used has a value', () => {
    const closes = Array.from({ length: 12 }, (_, i) => 1 + i);
    const always =
      'let unused = sma(close, 11)\nenter long when sma(close, 5) > 0\nexit when close > 0';
    const { warmupBars, entry, exit } = signals(always, barsOf(closes));
    expect(warmupBars).toBe(4);
    expect(Array.from(entry)).toStrictEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(exit.findIndex((bits) => bits !== 0)).toBe(5);
  });

  it.each([
    ['enter long when close > 1', 0],
    ['enter long when close > close[3]', 3],
    ['enter long when (close > sma(close, 4))[2]', 5],
    ['enter long when close > 1\nstop 2 * atr(6)', 5],
    ['enter long when close > 1\ntarget at highest(high, 8)', 7],
    ['enter long when macd(close, 2, 4, 3).line > 0', 3],
    ['enter long when macd(close, 2, 4, 3).signal > 0', 5],
    ['enter long when sma(rsi(close, 3), 4) > 0', 6],
    ['enter long when sma(close, 50) > 0', 20],
  ])('%s warms up for %i bars of 20', (source, expected) => {
    const closes = Array.from({ length: 20 }, (_, i) => 10 + (i % 3));
    expect(signals(source, barsOf(closes)).warmupBars).toBe(expected);
  });

  it('has nothing to say about no bars at all', () => {
    const all =
      'enter long when crosses_above(close, sma(close, 5))\nstop 5%\ntarget at highest(high, 3)[1]';
    expect(signals(all, barsOf([])).length).toBe(0);
  });

  it('reads the bid', () => {
    const points = Int32Array.of(900, 900, 900);
    const ask = { open: points, high: points, low: points, close: points };
    const { entry } = signals('enter long when close > 8', barsOf([1, 2, 3], { ask }));
    expect(Array.from(entry)).toStrictEqual([0, 0, 0]);
  });
});

describe('levels', () => {
  const level = (rule: string, more: Partial<Bars> = {}) => {
    const all = signals(
      `enter long when close > 1\nenter short when close < 1\n${rule}`,
      barsOf([10, 20], more),
    );
    const levels = all.stop ?? all.target!;
    return [levels.long[1], levels.short[1]];
  };

  it.each([
    ['stop 5% of close', [20 * 0.95, 20 * 1.05]],
    ['stop 5%', [20 * 0.95, 20 * 1.05]],
    ['target 10% of close', [20 * 1.1, 20 * 0.9]],
    ['stop 3', [17, 23]],
    ['target 3', [23, 17]],
    ['stop close - close[1]', [10, 30]],
    ['target at 25', [25, 25]],
    ['stop at close[1]', [10, 10]],
    ['stop 15 points', [19.85, 20.15]],
    ['target 15 pips', [20.15, 19.85]],
    ['stop long 3', [17, NaN]],
    ['target short 3', [NaN, 17]],
    ['stop 10% of open[1]', [19, 21]],
  ])('%s', (rule, expected) => {
    expect(level(rule)).toStrictEqual(expected);
  });

  it('counts ten points to a pip where quotes have an odd number of digits', () => {
    const points = Int32Array.of(110_000, 110_000);
    const more = {
      scale: 100_000,
      digits: 5,
      bid: { open: points, high: points, low: points, close: points },
    };
    const [long, short] = level('stop 10 pips', more);
    expect(long).toBeCloseTo(1.099, 12);
    expect(short).toBeCloseTo(1.101, 12);
    expect(level('stop 100 points', more)).toStrictEqual([long, short]);
  });

  it('leaves out what no rule asks for', () => {
    const all = signals('enter long when close > 1', barsOf([1, 2]));
    expect([all.stop, all.target]).toStrictEqual([null, null]);
  });
});

describe('size', () => {
  it.each([
    ['', { kind: 'equity', fraction: 1 }],
    ['size 50% of equity', { kind: 'equity', fraction: 0.5 }],
    ['size 25%', { kind: 'equity', fraction: 0.25 }],
    ['size 2.5 lots', { kind: 'lots', lots: 2.5 }],
    ['size 10 units', { kind: 'units', units: 10 }],
    ['stop 1%\nsize risk 2%', { kind: 'risk', fraction: 0.02 }],
    ['stop 1%\nsize risk 2% of equity', { kind: 'risk', fraction: 0.02 }],
    ['input n = 3\nsize n * 2 units', { kind: 'units', units: 6 }],
  ])('%s', (rule, expected) => {
    const source = `enter long when close > 1\n${rule}`;
    expect(signals(source, barsOf([1, 2])).sizing).toStrictEqual(expected);
  });
});

describe('inputs', () => {
  const source =
    'input n = 2 from 1 to 9\ninput Level = 1.5\nenter long when sma(close, n) > level';
  const bars = barsOf([1, 2, 3, 4]);

  it('take the default unless a value is given, in any case', () => {
    expect(signals(source, bars).warmupBars).toBe(1);
    expect(signals(source, bars, { N: 3, level: 0.5 }).warmupBars).toBe(2);
  });

  it.each([
    [{ m: 3 }, 'run.input-unknown', 'no input called m'],
    [{ n: 0 }, 'run.input-invalid', 'at least 1'],
    [{ n: 10 }, 'run.input-invalid', 'at most 9'],
    [{ n: 2.5 }, 'run.input-invalid', 'whole number'],
    [{ n: NaN }, 'run.input-invalid', 'must be a number'],
    [{ n: 2, N: 3 }, 'run.input-invalid', 'given twice'],
  ])('refuse %o', (inputs, code, detail) => {
    const result = run(source, bars, inputs as Record<string, number>);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(!result.ok && result.error.detail).toContain(detail);
  });

  it('refuse a value that makes a period of 0 by arithmetic', () => {
    const result = run('input n = 5\nenter long when sma(close, n - 3) > 1', bars, { n: 3 });
    expect(result).toMatchObject({ ok: false, error: { code: 'run.input-invalid' } });
  });
});

describe('volume', () => {
  const source = 'enter long when volume > sma(volume, 2)';

  it('is read where the file has it', () => {
    const bars = barsOf([1, 1, 1], { volume: Float64Array.of(1, 1, 5) });
    expect(Array.from(signals(source, bars).entry)).toStrictEqual([0, 0, 1]);
  });

  it('is asked for by name where the file has none', () => {
    const result = run(source, barsOf([1, 2, 3]), {});
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'run.volume-missing', figures: { name: 'volume' } },
    });
  });
});

describe('series for the chart', () => {
  it('are what let names, each with its pane', () => {
    const { program } = compileRules(
      `input n = 2
      let average = sma(close, n)
      let bands = bollinger(close, n, 1)
      let strength = rsi(close, 2)
      let gap = close - open
      let level = average + atr(2)
      let loud = close > 2
      let number = n * 2
      enter long when loud and close > number`,
    );
    const result = evaluateSeries(program!, barsOf([1, 2, 3]), {});
    expect(result.ok && result.value.map(({ name, pane }) => [name, pane])).toStrictEqual([
      ['average', 'price'],
      ['bands.upper', 'price'],
      ['bands.middle', 'price'],
      ['bands.lower', 'price'],
      ['strength', 'own'],
      ['gap', 'own'],
      ['level', 'price'],
    ]);
    expect(result.ok && Array.from(result.value[0]!.values)).toStrictEqual([NaN, 1.5, 2.5]);
  });
});

describe('progress', () => {
  it('rises to 1, so that a run can be followed and stopped between columns', () => {
    const { program } = compileRules('enter long when crosses_above(sma(close, 2), sma(close, 3))');
    const ratios = [...evaluateRules(program!, barsOf([1, 2, 3]), {})];
    expect(ratios.length).toBeGreaterThan(3);
    expect(ratios).toStrictEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios.at(-1)).toBe(1);
  });
});
