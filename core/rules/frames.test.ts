/** What rules see of longer timeframes and of other symbols. */
import { describe, expect, it } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { compileRules } from './compile.ts';
import { evaluateRules, evaluateSeries } from './evaluate.ts';
import type { Companions } from './frame-bars.ts';

const HOUR_MS = 3_600_000;

/** Bars of whole closes; each opens and stays at its close unless `more` says otherwise. */
function barsAt(timesMs: readonly number[], closes: readonly number[], more: Partial<Bars> = {}) {
  const points = Int32Array.from(closes);
  const bars: Bars = {
    length: closes.length,
    timesMs: Float64Array.from(timesMs),
    scale: 1,
    digits: 0,
    bid: { open: points, high: points, low: points, close: points },
    ask: null,
    volume: null,
    spreadPoints: null,
    ...more,
  };
  return bars;
}

/** Hourly bars from `first` on whose closes are 1, 2, 3 … */
function hours(count: number, first = '2024-01-01T00:00'): Bars {
  const fromMs = Date.parse(`${first}Z`);
  const index = Array.from({ length: count }, (_, i) => i);
  return barsAt(
    index.map((i) => fromMs + i * HOUR_MS),
    index.map((i) => i + 1),
  );
}

function values(expression: string, bars: Bars, companions?: Companions): readonly number[] {
  const { program, problems } = compileRules(
    `let seen = ${expression}\nenter long when close > seen`,
  );
  expect(problems).toStrictEqual([]);
  const series = evaluateSeries(program!, bars, {}, companions);
  if (!series.ok) throw new Error(series.error.code);
  return Array.from(series.value[0]!.values);
}

function signals(source: string, bars: Bars, companions?: Companions) {
  const { program, problems } = compileRules(source);
  expect(problems.filter((one) => one.severity === 'error')).toStrictEqual([]);
  const work = evaluateRules(program!, bars, {}, undefined, companions);
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const none = NaN;

describe('a longer timeframe', () => {
  it('shows its last closed bar, from the close of the bar that completes it', () => {
    expect(values('close on H4', hours(10))).toStrictEqual([none, none, none, 4, 4, 4, 4, 8, 8, 8]);
  });

  it('has the first open, the extremes, the last close and the sum of volumes', () => {
    const bars = hours(4);
    const more: Bars = {
      ...bars,
      bid: {
        open: Int32Array.of(5, 6, 7, 8),
        high: Int32Array.of(9, 30, 9, 9),
        low: Int32Array.of(4, 3, 2, 3),
        close: Int32Array.of(6, 7, 8, 9),
      },
      volume: Float64Array.of(1, 2, 3, 4),
    };
    for (const [field, expected] of [
      ['open', 5],
      ['high', 30],
      ['low', 2],
      ['close', 9],
      ['volume', 10],
    ] as const) {
      expect(values(`${field} on H4`, more)[3]).toBe(expected);
    }
  });

  it('computes indicators and history on its own bars', () => {
    expect(values('sma(close, 2) on H4', hours(12)).slice(6)).toStrictEqual([none, 6, 6, 6, 6, 10]);
    expect(values('close[1] on H4', hours(12)).slice(6)).toStrictEqual([none, 4, 4, 4, 4, 8]);
    expect(values('(close on H4)[1]', hours(6))).toStrictEqual([none, none, none, none, 4, 4]);
  });

  it('binds looser than arithmetic and tighter than comparisons', () => {
    const plan = (condition: string) => compileRules(`enter long when ${condition}`).program!.plan;
    expect(plan('close > high - low on D1')).toStrictEqual(plan('close > ((high - low) on D1)'));
    expect(plan('close on D1 + 1 > open and close > 2')).toStrictEqual(
      plan('(((close on D1) + 1) > open) and (close > 2)'),
    );
  });

  it('computes a name again on its bars', () => {
    const { program } = compileRules(
      'let mean = sma(close, 2)\nlet slow = mean on H4\nenter long when close > slow',
    );
    const series = evaluateSeries(program!, hours(8), {});
    expect(series.ok && series.value[1]!.values[7]).toBe(6);
  });

  it('takes conditions, parts of several outputs, and names of them', () => {
    const result = signals('enter long when (close > close[1]) on H4', hours(9));
    expect(result.ok && result.value.warmupBars).toBe(7);
    expect(result.ok && Array.from(result.value.entry)).toStrictEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    const parts = values('(bollinger(close, 2, 1) on H4).middle', hours(8));
    expect(parts[7]).toBe(6);
    expect(values('bollinger(close, 2, 1).middle on H4', hours(8))[7]).toBe(6);
  });

  it('may stand inside another', () => {
    // Days of 24 hours; the mean over two days of the last four-hour bar known at their ends.
    const seen = values('sma(close on H4, 2) on D1', hours(49));
    expect(seen.slice(46)).toStrictEqual([none, 36, 36]);
  });

  it('begins days at midnight UTC, weeks on Monday, months on the first', () => {
    // 2024-01-01 was a Monday.
    const week = values('open on W1', hours(24 * 8, '2024-01-03T00:00'));
    expect(week.findIndex((value) => value === 1)).toBe(24 * 5 - 1);
    const day = values('close on D1', hours(30, '2024-01-03T05:00'));
    expect(day.findIndex((value) => value === 19)).toBe(18);
    const month = values('open on MN1', hours(24 * 10, '2024-01-25T00:00'));
    expect(month.findIndex((value) => value === 1)).toBe(24 * 7 - 1);
  });

  it('may begin its days by the clocks of a zone', () => {
    // 17:00 in New York is 22:00 UTC in winter and 21:00 in summer.
    const days = (first: string, frame: string) =>
      values(`close on ${frame}`, hours(30, first)).findIndex((value) => !Number.isNaN(value));
    const newYork = 'D1 in "America/New_York+07:00"';
    expect(days('2024-01-15T03:00', newYork)).toBe(18);
    expect(days('2024-07-15T03:00', newYork)).toBe(17);
    expect(days('2024-07-15T03:00', 'D1')).toBe(20);
    // The clocks of London go forward at 01:00 on 31 March: that day has 23 hours.
    const short = values('open on D1 in "Europe/London"', hours(60, '2024-03-30T00:00'));
    expect(short.findIndex((value) => value === 1)).toBe(23);
    expect(short.findIndex((value) => value === 25)).toBe(46);
    // The same days are one frame, those of another zone are not.
    const { program } = compileRules(
      `enter long when close > open on ${newYork} and high > low on ${newYork} and close > open on D1`,
    );
    expect(program!.frames).toHaveLength(3);
  });

  it('loses no hour that the clocks repeat', () => {
    const seen = values('close on H1 in "Europe/London"', hours(8, '2024-10-26T22:00'));
    expect(seen.slice(2)).toStrictEqual([3, 4, 5, 6, 7, 8]);
    const days = values('close on D1 in "Europe/London"', hours(60, '2024-10-26T00:00'));
    expect(days.indexOf(48)).toBe(47);
  });

  it('leaves a row out that comes after its bar has closed', () => {
    // Two rows two hours apart, twice: only then an hour is seen, after the bar was thought closed.
    const start = Date.UTC(2024, 0, 1);
    const at = [0, 2, 4, 6, 7, 8, 9, 10, 11].map((hour) => start + hour * HOUR_MS);
    const closes = at.map((_, i) => i + 1);
    expect(values('high on H4', barsAt(at, closes))).toStrictEqual([
      none,
      none,
      2,
      4,
      4,
      4,
      4,
      4,
      9,
    ]);
  });

  it('has bars named by their opens in UTC', () => {
    const opens = values('hour on D1 in "America/New_York+07:00"', hours(30, '2024-01-15T03:00'));
    expect(opens.at(-1)).toBe(22);
  });

  it('closes a bar whose last rows are missing when the next row closes', () => {
    const start = Date.UTC(2024, 0, 1);
    const at = [0, 1, 2, 5, 6, 7].map((hour) => start + hour * HOUR_MS);
    expect(values('close on H4', barsAt(at, [1, 2, 3, 6, 7, 8]))).toStrictEqual([
      none,
      none,
      none,
      3,
      3,
      8,
    ]);
  });

  it('may be that of the bars themselves', () => {
    expect(values('close on H1', hours(6)).slice(2)).toStrictEqual([3, 4, 5, 6]);
  });

  it('is refused where it is shorter than that of the bars', () => {
    const result = signals('enter long when close on M15 > 1', hours(9));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'run.timeframe-too-short', figures: { timeframe: 'M15' } },
    });
  });

  it('counts its warm-up in bars of the run', () => {
    const result = signals('enter long when close > sma(close, 3) on H4', hours(20));
    expect(result.ok && result.value.warmupBars).toBe(11);
  });

  it('says nothing where it never closes', () => {
    const result = signals('enter long when close > close on MN1', hours(20));
    expect(result.ok && result.value.warmupBars).toBe(20);
  });
});

describe('another symbol', () => {
  const start = Date.UTC(2024, 0, 1);
  const other = barsAt(
    [0, 1, 2, 4, 5].map((hour) => start + hour * HOUR_MS),
    [10, 20, 30, 50, 60],
  );
  const companions = new Map([['GBPUSD', other]]);

  it('shows its last bar that has closed when a bar closes', () => {
    expect(values('close on "GBPUSD"', hours(7), companions)).toStrictEqual([
      none,
      none,
      30,
      30,
      50,
      60,
      60,
    ]);
  });

  it('may be read on a longer timeframe', () => {
    const longer = values('high on "GBPUSD" H2', hours(7), companions);
    expect(longer.slice(3)).toStrictEqual([20, 30, 60, 60]);
  });

  it('is named, so that its bars can be loaded', () => {
    const { program } = compileRules(
      'let a = close on "GBPUSD"\nlet b = close on "US500" D1\nenter long when close > a and close > b + (open on "GBPUSD")',
    );
    expect(program!.symbols).toStrictEqual(['GBPUSD', 'US500']);
    expect(compileRules('enter long when close > open on D1').program!.symbols).toStrictEqual([]);
  });

  it('is missed by name', () => {
    const result = signals('enter long when close > close on "GBPUSD"', hours(7));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'run.symbol-missing', figures: { symbol: 'GBPUSD' } },
    });
  });
});

describe('a mistake', () => {
  it.each([
    ['enter long when close > open on X9', 'X9', 'no timeframe', ''],
    ['enter long when close > open on GBPUSD', 'GBPUSD', 'in quotes', '"GBPUSD"'],
    ['enter long when close > open on D1 in "Mars"', '"Mars"', 'No time zone', ''],
    ['enter long when close > open on "GBP USD"', '"GBP USD"', '1 to 32', ''],
    ['enter long when close > "GBPUSD"', '"GBPUSD"', 'this is a text', ''],
    ['enter long when close > "GBPUSD', '"', 'never closed', ''],
    ["enter long when close > open on 'GBPUSD'", "'", 'double quotes', '"'],
  ])('%s is explained', (source, text, reason, suggestion) => {
    const { problems } = compileRules(source);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(source.slice(problem!.from, problem!.to)).toBe(text);
    expect(problem!.reason).toContain(reason);
    if (suggestion) expect(problem!.suggestion).toBe(suggestion);
  });

  it('of too many timeframes is explained', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `let a${i} = close on D${i + 1}`);
    const { problems } = compileRules(`${lines.join('\n')}\nenter long when close > a1`);
    expect(problems.some((one) => one.reason.includes('16 other timeframes'))).toBe(true);
  });

  it('of names in names without end is explained', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `let a${i + 1} = a${i} + 1`);
    const { problems } = compileRules(
      `let a0 = close\n${lines.join('\n')}\nenter long when close > a60 on D1`,
    );
    expect(problems.some((one) => one.reason.includes('deep'))).toBe(true);
  });

  it('leaves the words on, for and in free as names', () => {
    const source =
      'input on = 3\ninput in = 2\nlet for = on + in\nenter long when close > for on D1';
    expect(compileRules(source).problems).toStrictEqual([]);
  });
});
