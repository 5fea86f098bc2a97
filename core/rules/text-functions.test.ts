/** The text's own functions, and what it draws. */
import { describe, expect, it } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { compileRules } from './compile.ts';
import { evaluateSeries } from './evaluate.ts';

const points = Int32Array.of(1, 3, 2, 5, 4, 7, 6, 9);
const bars: Bars = {
  length: points.length,
  timesMs: Float64Array.from(points, (_, i) => i * 3_600_000),
  scale: 1,
  digits: 0,
  bid: { open: points, high: points, low: points, close: points },
  ask: null,
  volume: null,
  spreadPoints: null,
};

function drawn(source: string) {
  const { program, problems } = compileRules(source);
  expect(problems.filter((one) => one.severity === 'error')).toStrictEqual([]);
  const series = evaluateSeries(program!, bars, {});
  if (!series.ok) throw new Error(series.error.code);
  return series.value.map(({ name, pane, values }) => ({ name, pane, values: Array.from(values) }));
}

/** The plan of a condition below other lines. */
function planOf(condition: string, lines = '') {
  const { program, problems } = compileRules(`${lines}\nenter long when ${condition}`);
  expect(problems).toStrictEqual([]);
  return program!.plan;
}

describe('a function', () => {
  it.each([
    ['function f(a, b) = a - b', 'f(close, open) > 0', 'close - open > 0'],
    ['function f(n, of = close) = sma(of, n)', 'f(5) > 1', 'sma(close, 5) > 1'],
    ['function f(n, of = close) = sma(of, n)', 'f(5, high) > 1', 'sma(high, 5) > 1'],
    [
      'function up() = close > open',
      'up() and not up()[1]',
      'close > open and not (close > open)[1]',
    ],
    ['function both(a, b) = a and b', 'both(close > 1, open > 2)', 'close > 1 and open > 2'],
    ['function F(N) = close > N', 'f(3)', 'close > 3'],
    ['function f(x) = g(x) + 1\nfunction g(x) = x * 2', 'f(close) > 1', 'close * 2 + 1 > 1'],
    ['function best(all) = max_of(all)', 'best([open, close]) > 1', 'max_of([open, close]) > 1'],
    [
      'function lines(n) = bollinger(close, n, 2)',
      'lines(5).upper > 1',
      'bollinger(close, 5, 2).upper > 1',
    ],
    ['function f(close) = close + 1', 'f(open) > 1', 'open + 1 > 1'],
    ['function t(hours) = session(hours)', 't("08:00-16:00")', 'session("08:00-16:00")'],
  ])('%s stands for what it says: %s', (lines, condition, meant) => {
    expect(planOf(condition, lines)).toStrictEqual(planOf(meant));
  });

  it('may use inputs and names from below it, and be used above it', () => {
    const source =
      'let mean = average(close)\nenter long when close > mean\nfunction average(of) = sma(of, length) + shift\ninput length = 5\nlet shift = 1';
    const { problems } = compileRules(source);
    expect(problems.map((one) => one.reason)).toStrictEqual([
      expect.stringContaining('before it is defined'),
    ]);
    const moved = `input length = 5\nlet shift = 1\n${source.split('\n').slice(0, 3).join('\n')}`;
    const { program, problems: none } = compileRules(moved);
    expect(none).toStrictEqual([]);
    expect(program!.inputs).toMatchObject([{ name: 'length', integer: true }]);
  });

  it('is computed on the bars of the place it is called in', () => {
    const source =
      'function mean(of, n) = sma(of, n)\nlet seen = mean(close, 2) on H4\nenter long when close > seen';
    expect(drawn(source)[0]!.values.at(-1)).toBe(7);
    const inside =
      'function daily(of) = of on H4\nlet seen = daily(sma(close, 2))\nenter long when close > seen';
    expect(drawn(inside)[0]!.values.at(-1)).toBe(7);
  });

  it.each([
    ['function f(x) = f(x) + 1', 'f(close) > 1', 'f', 'inside itself'],
    ['function sma(x) = x', 'sma(close, 3) > 1', 'sma', 'name of a function'],
    ['function close(x) = x', 'close > 1', 'close', 'name of a price series'],
    ['function f(x) = x\nfunction f(y) = y', 'f(close) > 1', 'f', 'defined twice'],
    ['function f(x, x) = x', 'f(close, 1) > 1', 'x', 'there twice'],
    ['function f(a = 1, b) = a + b', 'f(1, close) > 1', 'b', 'come before those'],
    ['function f(x) = clos + x', 'f(close) > 1', 'clos', 'Nothing is called clos'],
    ['function f(x) = x', 'f() > 1', 'f()', 'takes 1 value, not 0: f(x)'],
    ['function f(x) = x + 1', 'f(close > 1) > 1', 'f(close > 1)', 'Inside f: + is for numbers'],
    ['function f(n) = sma(close, n)', 'f(0) > 1', 'f(0)', 'at least 1'],
    ['function f(x) = x', 'f > 1', 'f', 'needs brackets'],
    ['function spread(x) = x', 'spred(close) > 1', 'spred', 'No function is called spred'],
    ['function f = close', 'close > 1', 'f', 'values in brackets'],
    ['function f(x) close', 'close > 1', ')', 'comes ='],
    ['function (x) = close', 'close > 1', '(', 'comes its name'],
    ['function stop(x) = close', 'close > 1', 'stop', 'word of the language'],
  ])('%s is explained where %s', (lines, condition, text, reason) => {
    const source = `${lines}\nenter long when ${condition}`;
    const errors = compileRules(source).problems.filter((one) => one.severity === 'error');
    expect(errors.map((one) => one.reason)).toStrictEqual([expect.stringContaining(reason)]);
    expect(source.slice(errors[0]!.from, errors[0]!.to)).toBe(text);
  });

  it('that calls another that calls it is explained at the call', () => {
    const source = 'function f(x) = g(x)\nfunction g(x) = f(x) + 1\nenter long when f(close) > 1';
    const errors = compileRules(source).problems.filter((one) => one.severity === 'error');
    expect(errors.map((one) => one.reason)).toStrictEqual([
      expect.stringContaining('inside itself'),
    ]);
  });

  it('that could not be read spoils no call of it', () => {
    const { problems } = compileRules('function f(x) = x +\nenter long when f(close) > 1');
    expect(problems.map((one) => one.line)).toStrictEqual([1]);
  });

  it('that is never called is a warning', () => {
    const { program, problems } = compileRules('function f(x) = x\nenter long when close > 1');
    expect(program).not.toBeNull();
    expect(problems.map((one) => one.reason)).toStrictEqual(['f is defined but never used.']);
  });

  it('that repaints may not be traded on', () => {
    const { program } = compileRules('function f(n) = zigzag(n)\nenter long when close > f(5)');
    expect(program).toBeNull();
  });
});

describe('a plot', () => {
  const entry = 'enter long when close > 1';

  it('is drawn by its own name, or by what it says', () => {
    const source = `let mean = sma(close, 2)
      plot close - open
      plot highest(high, 2) as "top"
      plot 70 as "level" on own pane
      plot bollinger(close, 2, 1) as "band" on own pane
      ${entry} and mean > 0`;
    expect(drawn(source).map(({ name, pane }) => [name, pane])).toStrictEqual([
      ['mean', 'price'],
      ['close - open', 'own'],
      ['top', 'price'],
      ['level', 'own'],
      ['band.upper', 'own'],
      ['band.middle', 'own'],
      ['band.lower', 'own'],
    ]);
    expect(drawn(source)[3]!.values).toStrictEqual(new Array(8).fill(70));
  });

  it('of another timeframe is drawn on the bars of the run', () => {
    const source = `plot bollinger(close, 2, 0) on H2 as "b"\n${entry}`;
    const values = drawn(source)[1]!.values;
    expect(values).toHaveLength(8);
    expect(values.at(-1)).toBe(8);
  });

  it('of a name says where that is drawn', () => {
    const source = `let mean = sma(close, 2)\nplot mean on own pane\n${entry}`;
    expect(drawn(source).map(({ name, pane }) => [name, pane])).toStrictEqual([['mean', 'own']]);
    expect(compileRules(source).problems).toStrictEqual([]);
  });

  it.each([
    ['plot close > open', 'close > open', 'this is a condition'],
    ['plot [1, 2]', '[1, 2]', 'this is a list'],
    ['plot close as ""', '""', '1 to 40'],
    ['plot close as "x"\nplot open as "x"', '"x"', 'called x already'],
    ['plot', 'plot', 'missing after plot'],
    ['plot close as x', 'x', 'cannot follow as'],
  ])('%s is explained', (line, text, reason) => {
    const source = `${line}\n${entry}`;
    const errors = compileRules(source).problems.filter((one) => one.severity === 'error');
    expect(errors.map((one) => one.reason)).toStrictEqual([expect.stringContaining(reason)]);
    expect(source.slice(errors[0]!.from, errors[0]!.to)).toBe(text);
  });

  it('may be of what repaints', () => {
    const { program, problems } = compileRules(`plot zigzag(5)\n${entry}`);
    expect(program).not.toBeNull();
    expect(problems.map((one) => one.severity)).toStrictEqual(['warning']);
  });

  it('leaves its words free as names', () => {
    const source =
      'input plot = 1\ninput price = 2\ninput own = 3\ninput function = 4\nenter long when max(\n plot, price, own,\n function + 1) < close';
    expect(compileRules(source).problems).toStrictEqual([]);
  });

  it('shows no value where there is none to draw', () => {
    const [since] = drawn(`plot bars_since(close > 4)\n${entry}`);
    expect(since!.values).toStrictEqual([NaN, NaN, NaN, 0, 1, 0, 0, 0]);
  });
});

describe('texts that would never end', () => {
  const entry = 'enter long when close > 1';

  it.each([
    [
      'functions that double',
      Array.from({ length: 35 }, (_, i) => `function f${i + 1}(x) = f${i}(x) + f${i}(x + 1)`),
      'function f0(x) = x',
      'f35(close) > 1',
    ],
    [
      'functions in functions',
      Array.from({ length: 2000 }, (_, i) => `function f${i + 1}(x) = f${i}(x)`),
      'function f0(x) = x',
      'f2000(close) > 1',
    ],
    [
      'deep functions in deep functions',
      Array.from(
        { length: 35 },
        (_, i) => `function f${i + 1}(x) = ${'abs('.repeat(150)}f${i}(x)${')'.repeat(150)}`,
      ),
      'function f0(x) = x',
      'f35(close) > 1',
    ],
    [
      'absolute numbers without end',
      Array.from({ length: 2000 }, (_, i) => `let a${i + 1} = abs(a${i})`),
      'input a0 = 1',
      'close > a2000',
    ],
    [
      'names of inputs that double',
      Array.from({ length: 60 }, (_, i) => `let a${i + 1} = a${i} + a${i}`),
      'input a0 = 1',
      'close > a60',
    ],
    [
      'lists of functions of lists',
      Array.from(
        { length: 30 },
        (_, i) =>
          `function f${i + 1}(x) = sum_of(f${i}(x + n) for n in [1, 2, 3, 4, 5, 6, 7, 8, 9])`,
      ),
      'function f0(x) = x',
      'f30(close) > 1',
    ],
  ])('are refused: %s', (_name, lines, first, condition) => {
    const { program, problems } = compileRules(
      `${[first, ...lines].join('\n')}\nenter long when ${condition}`,
    );
    expect(program).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'series that double',
      Array.from({ length: 60 }, (_, i) => `let a${i + 1} = a${i} + a${i}`),
      'let a0 = close',
      'close > a60',
    ],
    [
      'literals that double',
      Array.from({ length: 60 }, (_, i) => `let a${i + 1} = a${i} + a${i}`),
      'let a0 = 1',
      'close > a60',
    ],
  ])('are written out once: %s', (_name, lines, first, condition) => {
    const { program } = compileRules(
      `${[first, ...lines].join('\n')}\nenter long when ${condition}`,
    );
    expect(program!.plan.length).toBeLessThan(100);
  });

  it.each([
    ['a megabyte', `${entry}\n${'let a = close\n'.repeat(75_000)}`],
    ['brackets', `enter long when ${'('.repeat(10_000)}close${')'.repeat(10_000)} > 1`],
    ['calls', `enter long when ${'abs('.repeat(10_000)}close${')'.repeat(10_000)} > 1`],
    ['lists', `enter long when ${'max_of(['.repeat(7000)}close > 1`],
    ['timeframes', `enter long when close${' on D1'.repeat(9000)} > 1`],
    ['comprehensions', `let a = [${'1 for a in ['.repeat(4000)}`],
    ['functions', Array.from({ length: 3000 }, (_, i) => `function f${i}() = 1`).join('\n')],
    ['plots', `${entry}\n${'plot close\n'.repeat(5000)}`],
    ['quotes', '"'.repeat(65_000)],
    ['orders', `${entry}\n${'take 1% at 1\n'.repeat(4500)}`],
  ])('are read to the end: %s', (_name, source) => {
    const { program, problems } = compileRules(source);
    expect(program === null).toBe(problems.some((one) => one.severity === 'error'));
  });
});
