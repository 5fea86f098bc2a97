/** What rules know of the clock, and of what held before. */
import { describe, expect, it } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { compileRules } from './compile.ts';
import { evaluateRules, evaluateSeries } from './evaluate.ts';

const HOUR_MS = 3_600_000;

/** Hourly bars from `first` on, UTC. */
function hours(first: string, closes: readonly number[], stepMs = HOUR_MS): Bars {
  const fromMs = Date.parse(`${first}Z`);
  const points = Int32Array.from(closes);
  return {
    length: closes.length,
    timesMs: Float64Array.from(closes, (_, i) => fromMs + i * stepMs),
    scale: 1,
    digits: 0,
    bid: { open: points, high: points, low: points, close: points },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
}

const flat = (count: number): readonly number[] => new Array<number>(count).fill(5);

function values(expression: string, bars: Bars): readonly number[] {
  const { program, problems } = compileRules(
    `let seen = ${expression}\nenter long when close > seen`,
  );
  expect(problems).toStrictEqual([]);
  const series = evaluateSeries(program!, bars, {});
  if (!series.ok) throw new Error(series.error.code);
  return Array.from(series.value[0]!.values);
}

/** Bars on which the condition holds, from the second on. */
function holds(condition: string, bars: Bars): readonly number[] {
  const { program, problems } = compileRules(`enter long when ${condition}`);
  expect(problems).toStrictEqual([]);
  const work = evaluateRules(program!, bars, {});
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) throw new Error(step.value.error.code);
  return Array.from(step.value.value.entry).flatMap((side, bar) => (side === 1 ? [bar] : []));
}

describe('parts of the clock', () => {
  it.each([
    ['minute', '2024-02-29T23:45', 45],
    ['hour', '2024-02-29T23:45', 23],
    ['weekday', '2024-02-29T23:45', 4],
    ['weekday', '2024-03-03T00:00', 7],
    ['weekday', '1969-12-29T00:00', 1],
    ['day', '2024-02-29T23:45', 29],
    ['month', '2024-02-29T23:45', 2],
    ['hour("Europe/London")', '2024-07-01T12:00', 13],
    ['hour("Europe/London")', '2024-01-01T12:00', 12],
    ['day("Asia/Tokyo")', '2024-02-29T23:45', 1],
    ['month("Asia/Tokyo")', '2024-02-29T23:45', 3],
    ['minute("Asia/Kolkata")', '2024-02-29T00:00', 30],
    ['hour("+05:00")', '2024-02-29T20:00', 1],
  ])('%s of %s is %i', (name, time, expected) => {
    expect(values(name, hours(time, [1]))).toStrictEqual([expected]);
  });

  it('follow the clocks on the very bar on which they change', () => {
    // London went from 01:00 to 02:00 at 01:00 UTC on 31 March 2024, and back on 27 October.
    expect(values('hour("Europe/London")', hours('2024-03-30T23:00', flat(4)))).toStrictEqual([
      23, 0, 2, 3,
    ]);
    expect(values('hour("Europe/London")', hours('2024-10-26T23:00', flat(4)))).toStrictEqual([
      0, 1, 1, 2,
    ]);
  });

  it('may be names of the text instead', () => {
    const source = 'input hour = 3\nlet count = hour + 1\nenter long when close > count';
    expect(compileRules(source).problems).toStrictEqual([]);
    expect(compileRules('let rsi = 1\nenter long when close > rsi').program).toBeNull();
  });
});

describe('sessions', () => {
  it('hold on bars that open inside them', () => {
    const bars = hours('2024-01-15T05:00', flat(14));
    expect(holds('session("08:00-16:30")', bars)).toStrictEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('move with summer time', () => {
    const inWinter = holds('london', hours('2024-01-15T05:00', flat(14)));
    const inSummer = holds('london', hours('2024-07-15T05:00', flat(14)));
    expect([inWinter[0], inWinter.at(-1)]).toStrictEqual([3, 11]);
    expect([inSummer[0], inSummer.at(-1)]).toStrictEqual([2, 10]);
  });

  it('may go past midnight', () => {
    const bars = hours('2024-01-15T20:00', flat(8));
    expect(holds('session("22:00-02:00", "UTC")', bars)).toStrictEqual([2, 3, 4, 5]);
  });

  it.each([
    ['london', '2024-01-15T08:00', true],
    ['london', '2024-01-15T17:00', false],
    ['newyork', '2024-01-15T13:00', true],
    ['newyork', '2024-01-15T22:00', false],
    ['tokyo', '2024-01-15T00:00', true],
    ['tokyo', '2024-01-15T09:00', false],
    ['sydney', '2024-01-14T20:00', true],
    ['sydney', '2024-01-15T05:00', false],
  ])('%s at %s: %s', (name, time, expected) => {
    const before = new Date(Date.parse(`${time}Z`) - HOUR_MS).toISOString().slice(0, 16);
    expect(holds(name, hours(before, flat(2))).includes(1)).toBe(expected);
  });

  it('have a high and a low that stay until the next one begins', () => {
    const bars = hours('2024-01-15T06:00', [9, 2, 5, 7, 3, 8, 1], 4 * HOUR_MS);
    // Opens: 06, 10, 14, 18, 22, 02, 06.
    expect(values('session_high("10:00-18:00")', bars)).toStrictEqual([NaN, 2, 5, 5, 5, 5, 5]);
    expect(values('session_low("18:00-06:00")', bars)).toStrictEqual([NaN, NaN, NaN, 7, 3, 3, 3]);
    const daily = hours('2024-01-15T10:00', [4, 6, 2], 24 * HOUR_MS);
    expect(values('session_high("10:00-18:00")', daily)).toStrictEqual([4, 6, 2]);
  });

  it.each([
    ['session("8-16")', '"8-16"', '"08:00-16:30"'],
    ['session("08:00-25:00")', '"08:00-25:00"', '"08:00-16:30"'],
    ['session("08:00-08:00")', '"08:00-08:00"', '"08:00-16:30"'],
    ['session("08:61-09:00")', '"08:61-09:00"', '"08:00-16:30"'],
    ['session("08:00-16:30", "Europe/Londn")', '"Europe/Londn"', '"Europe/London"'],
    ['hour("New York") > 3', '"New York"', ''],
    ['session(8, 16)', '8', ''],
  ])('%s is explained', (condition, text, suggestion) => {
    const source = `enter long when ${condition}`;
    const { problems } = compileRules(source);
    const [problem] = problems;
    expect(source.slice(problem!.from, problem!.to)).toBe(text);
    if (suggestion) expect(problem!.suggestion).toBe(suggestion);
  });
});

describe('what held before', () => {
  const bars = hours('2024-01-15T00:00', [1, 3, 2, 2, 5, 4, 4, 6]);

  it.each([
    ['bars_since(close > 4)', [NaN, NaN, NaN, NaN, 0, 1, 2, 0]],
    ['bars_since(close > close[1])', [NaN, 0, 1, 2, 0, 1, 2, 0]],
    ['count(close > 2, 3)', [NaN, NaN, 1, 1, 1, 2, 3, 3]],
    ['count(close > close[1], 3)', [NaN, NaN, NaN, 1, 1, 1, 1, 1]],
    ['value_when(close == 2, close + 10)', [NaN, NaN, 12, 12, 12, 12, 12, 12]],
    ['highest_since(close == 2, close)', [1, 3, 2, 2, 5, 5, 5, 6]],
    ['lowest_since(close > 4, close)', [1, 1, 1, 1, 5, 4, 4, 6]],
    ['highest_since(close > 100, close)', [1, 3, 3, 3, 5, 5, 5, 6]],
  ])('%s', (expression, expected) => {
    expect(values(expression, bars)).toStrictEqual(expected);
  });

  it('is above every number where it never did', () => {
    expect(holds('bars_since(close > 4) < 2', bars)).toStrictEqual([4, 5, 7]);
    expect(holds('bars_since(close > 100) > 50', bars)).toStrictEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is asked of conditions alone', () => {
    const { problems } = compileRules('enter long when bars_since(close) < 2');
    expect(problems[0]?.reason).toBe(
      'The condition of bars_since is a condition; this is a series.',
    );
  });
});

describe('lists', () => {
  const bars = hours('2024-01-15T00:00', [1, 3, 2, 2, 5, 4, 4, 6]);

  it.each([
    ['max_of([close, close[1], 3])', [NaN, 3, 3, 3, 5, 5, 4, 6]],
    ['min_of([close, 3])', [1, 3, 2, 2, 3, 3, 3, 3]],
    ['sum_of(close[n] for n in [0, 1])', [NaN, 4, 5, 4, 7, 9, 8, 10]],
    ['average_of([close, 3])', [2, 3, 2.5, 2.5, 4, 3.5, 3.5, 4.5]],
    ['count_of(close > n for n in [1, 2, 3])', [0, 2, 1, 1, 3, 3, 3, 3]],
    ['sum_of([1, 2, 3]) + close', [7, 9, 8, 8, 11, 10, 10, 12]],
    ['sum_of([close, n] for n in [1, 2])', [5, 9, 7, 7, 13, 11, 11, 15]],
    ['sum_of(n * m for n in [1, 2] for m in [1])', null],
    [
      'sum_of(sum_of(n * m * close for n in [1, 2]) for m in [1, 10])',
      [33, 99, 66, 66, 165, 132, 132, 198],
    ],
  ])('%s', (expression, expected) => {
    if (expected === null) {
      expect(compileRules(`enter long when ${expression} > 1`).program).toBeNull();
    } else expect(values(expression, bars)).toStrictEqual(expected);
  });

  it('join conditions', () => {
    expect(holds('all_of(close > n for n in [1, 4])', bars)).toStrictEqual([4, 7]);
    expect(holds('any_of([close == 3, close == 6])', bars)).toStrictEqual([1, 7]);
  });

  it('may be named and computed on another timeframe', () => {
    const source =
      'let lengths = [1, 2]\nlet means = [sma(close, n) for n in lengths]\nlet seen = max_of(means) on H2\nenter long when close > seen';
    const { program, problems } = compileRules(source);
    expect(problems).toStrictEqual([]);
    const series = evaluateSeries(program!, bars, {});
    expect(series.ok && Array.from(series.value[0]!.values)).toStrictEqual([
      NaN,
      NaN,
      NaN,
      2.5,
      2.5,
      4,
      4,
      6,
    ]);
  });

  it.each([
    ['max_of([]) > 1', 'is empty'],
    ['max_of([close > 1]) > 1', 'numbers or series; this one holds a condition'],
    ['any_of([close])', 'conditions; this one holds a series'],
    ['max_of(close) > 1', 'a list in square brackets'],
    ['max_of(n for n in close) > 1', 'After in comes a list'],
    ['[1, 2] > 1', 'this is a list'],
    ['[1, 2][1] > 1', 'this is a list'],
    [`max_of([${'1, '.repeat(100)}1]) > close`, '100 values'],
  ])('%s is explained', (condition, reason) => {
    const errors = compileRules(`enter long when ${condition}`).problems;
    expect(errors.map((one) => one.reason)).toStrictEqual([expect.stringContaining(reason)]);
  });

  it('that unfold without end are refused in bounded work', () => {
    const tens = `[${Array.from({ length: 100 }, (_, i) => i).join(', ')}]`;
    const deep = Array.from({ length: 8 }, (_, i) => ` for a${i} in ${tens})`).join('');
    const source = `enter long when ${'sum_of('.repeat(8)}close * a0${deep} > 1`;
    const { problems } = compileRules(source);
    expect(problems.some((one) => one.reason.includes('unfold'))).toBe(true);
  });
});
