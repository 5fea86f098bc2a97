/**
 * Indicators of which no outside figures were found, or few, against their plain definitions.
 *
 * None at all: Parkinson and Garman–Klass volatility, the inside and the outside bar; three black
 * crows only in data that hold none.
 */
import { describe, expect, it } from 'vitest';
import { atr } from './atr.ts';
import { ema } from './ema.ts';
import { findIndicator } from './registry.ts';

const hourMs = 3_600_000;
const length = 60;
/** A wandering market in 5-hour bars, always the same; synthetic. */
const bars = (() => {
  let seed = 42;
  const random = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  let price = 100;
  const rows = Array.from({ length }, () => {
    const open = price;
    price = Math.round((price + (random() - 0.5) * 6) * 100) / 100;
    const high = Math.max(open, price) + Math.round(random() * 100) / 100;
    const low = Math.min(open, price) - Math.round(random() * 100) / 100;
    return { open, high, low, close: price, volume: Math.round(random() * 1000) };
  });
  const column = (name: keyof (typeof rows)[0]) => Float64Array.from(rows, (row) => row[name]);
  return {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    series: column('close'),
    volume: column('volume'),
    openMs: Float64Array.from({ length }, (_, i) => i * 5 * hourMs),
  };
})();
const { open, high, low, close, volume } = bars;

function compute(name: string, parameters: readonly number[], given: Partial<typeof bars> = {}) {
  const indicator = findIndicator(name)!;
  const all = { ...bars, ...given };
  const columns = indicator.compute(
    indicator.sources.map((source) => all[source]),
    parameters,
  );
  return (output = ''): Float64Array => columns[indicator.outputs.indexOf(output)]!;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const bar = (column: Float64Array, i: number): number => column[i]!;
const last = (i: number, period: number): readonly number[] =>
  Array.from({ length: period }, (_, k) => i - period + 1 + k);

/** Least squares written out: where the line ends, and squares around it and the mean. */
function line(i: number, period: number) {
  const x = last(i, period);
  const y = x.map((k) => bar(close, k));
  const slope =
    sum(x.map((k, j) => (k - mean(x)) * (y[j]! - mean(y)))) / sum(x.map((k) => (k - mean(x)) ** 2));
  const at = (k: number) => mean(y) + slope * (k - mean(x));
  const squares = sum(x.map((k, j) => (y[j]! - at(k)) ** 2));
  return { end: at(i), squares, explained: 1 - squares / sum(y.map((v) => (v - mean(y)) ** 2)) };
}

function expectFrom(first: number, actual: Float64Array, plain: (i: number) => number): void {
  expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(first);
  for (let i = first; i < length; i++) expect(actual[i], `bar ${i}`).toBeCloseTo(plain(i), 9);
}

describe('written out', () => {
  it('historical volatility is the sample deviation of the returns, a year', () => {
    expectFrom(10, compute('historical_volatility', [10, 252])(), (i) => {
      const returns = last(i, 10).map((k) => Math.log(bar(close, k) / bar(close, k - 1)));
      const squares = sum(returns.map((one) => (one - mean(returns)) ** 2));
      return 100 * Math.sqrt((252 * squares) / 9);
    });
  });

  it('Parkinson and Garman–Klass volatility follow their papers', () => {
    const range = (k: number) => Math.log(bar(high, k) / bar(low, k)) ** 2;
    const body = (k: number) => Math.log(bar(close, k) / bar(open, k)) ** 2;
    expectFrom(9, compute('parkinson', [10, 252])(), (i) => {
      return 100 * Math.sqrt((252 * mean(last(i, 10).map(range))) / (4 * Math.log(2)));
    });
    expectFrom(9, compute('garman_klass', [10, 252])(), (i) => {
      const daily = last(i, 10).map((k) => 0.5 * range(k) - (2 * Math.log(2) - 1) * body(k));
      return 100 * Math.sqrt(252 * mean(daily));
    });
  });

  it('what is made of a regression follows least squares', () => {
    expectFrom(9, compute('standard_error', [10])(), (i) => Math.sqrt(line(i, 10).squares / 8));
    expectFrom(9, compute('r_squared', [10])(), (i) => line(i, 10).explained);
    expectFrom(9, compute('linear_regression_channel', [10, 2])('upper'), (i) => {
      return line(i, 10).end + 2 * Math.sqrt(line(i, 10).squares / 10);
    });
    expectFrom(11, compute('standard_error_bands', [10, 2, 3])('lower'), (i) => {
      const error = mean(last(i, 3).map((k) => Math.sqrt(line(k, 10).squares / 8)));
      return mean(last(i, 3).map((k) => line(k, 10).end)) - 2 * error;
    });
  });

  it('envelope, momentum, psychological line and price and volume trend are plain sums', () => {
    expectFrom(4, compute('envelope', [5, 3])('upper'), (i) => {
      return 1.03 * mean(last(i, 5).map((k) => bar(close, k)));
    });
    expectFrom(5, compute('momentum', [5])(), (i) => (100 * bar(close, i)) / bar(close, i - 5));
    expectFrom(5, compute('psychological', [5])(), (i) => {
      const rises = last(i, 5).filter((k) => bar(close, k) > bar(close, k - 1));
      return 20 * rises.length;
    });
    expectFrom(0, compute('pvt', [])(), (i) =>
      sum(last(i, i).map((k) => bar(volume, k) * (bar(close, k) / bar(close, k - 1) - 1))),
    );
  });

  it('ulcer index is the root of the mean squared fall from the top of the window', () => {
    const fall = (k: number) => {
      const top = Math.max(...last(k, 5).map((j) => bar(close, j)));
      return (100 * (bar(close, k) - top)) / top;
    };
    expectFrom(8, compute('ulcer_index', [5])(), (i) =>
      Math.sqrt(mean(last(i, 5).map((k) => fall(k) ** 2))),
    );
  });

  it('keltner is an ema of the close and the atr of Wilder', () => {
    const middle = ema(close, 5);
    const range = atr(bars, 7);
    expectFrom(6, compute('keltner', [5, 7, 2])('lower'), (i) => middle[i]! - 2 * range[i]!);
  });

  it.each([
    ['pivot_classic', 'r1', (h: number, l: number, c: number) => (2 * (h + l + c)) / 3 - l],
    ['pivot_classic', 's3', (h: number, l: number, c: number) => l - 2 * (h - (h + l + c) / 3)],
    [
      'pivot_fibonacci',
      's2',
      (h: number, l: number, c: number) => (h + l + c) / 3 - 0.618 * (h - l),
    ],
    ['pivot_camarilla', 'r4', (h: number, l: number, c: number) => c + (1.1 * (h - l)) / 2],
    ['pivot_woodie', 's1', (h: number, l: number, c: number) => (h + l + 2 * c) / 2 - h],
  ] as const)('%s.%s comes from the day before alone', (name, output, level) => {
    const day = (i: number) => Math.floor((i * 5 - 7) / 24);
    const indices = last(length - 1, length);
    expectFrom(2, compute(name, [7])(output), (i) => {
      const before = indices.filter((k) => day(k) === day(i) - 1);
      return level(
        Math.max(...before.map((k) => bar(high, k))),
        Math.min(...before.map((k) => bar(low, k))),
        bar(close, before.at(-1)!),
      );
    });
  });

  it('vwap begins anew each day', () => {
    expectFrom(0, compute('vwap', [0])(), (i) => {
      const today = last(i, i + 1).filter(
        (k) => Math.floor((k * 5) / 24) === Math.floor((i * 5) / 24),
      );
      const price = (k: number) => (bar(high, k) + bar(low, k) + bar(close, k)) / 3;
      const money = sum(today.map((k) => price(k) * bar(volume, k)));
      return money / sum(today.map((k) => bar(volume, k)));
    });
  });
});

describe('swings', () => {
  const tops = Float64Array.of(100, 104, 110, 108, 104, 101, 103, 107, 112, 109);
  const bottoms = tops.map((price) => price - 1);
  const given = { high: tops, low: bottoms };

  it('are known on the bar that confirms them', () => {
    const swing = compute('swing', [5], given);
    expect([...swing('bottom')]).toStrictEqual([NaN, 99, 99, 99, 99, 99, 99, 100, 100, 100]);
    expect([...swing('top')].slice(3)).toStrictEqual([NaN, 110, 110, 110, 110, 110, 110]);
    expect([...swing('direction')]).toStrictEqual([NaN, 1, 1, 1, -1, -1, -1, 1, 1, 1]);
  });

  it('are drawn from turn to turn by zigzag, and level after the last extreme', () => {
    expect(
      [...compute('zigzag', [5], given)()].map((value) => Math.round(value * 100)),
    ).toStrictEqual([9900, 10450, 11000, 10667, 10333, 10000, 10400, 10800, 11200, 11200]);
  });
});

describe('candles', () => {
  const flat = (from: number, to: number) => ({
    open: from,
    close: to,
    low: Math.min(from, to),
    high: Math.max(from, to),
  });

  it('see three black crows after a rise, which no published figures hold', () => {
    const quiet = Array.from({ length: 10 }, (_, i) => flat(100 + i, 101 + i));
    const rows = [...quiet, flat(110, 114), flat(113, 110), flat(112, 108), flat(110, 106)];
    const column = (name: 'open' | 'high' | 'low' | 'close') =>
      Float64Array.from(rows, (row) => row[name]);
    const given = {
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
    };
    const found = compute('three_black_crows', [], given)();
    expect([...found]).toStrictEqual([...new Array<number>(13).fill(NaN), 1]);
  });

  it('see bars inside and outside of the one before', () => {
    const given = { high: Float64Array.of(10, 9, 11, 11, 12), low: Float64Array.of(5, 6, 4, 4, 4) };
    expect([
      ...compute('inside_bar', [], { ...given, open: given.low, close: given.high })(),
    ]).toStrictEqual([NaN, 1, 0, 0, 0]);
    expect([
      ...compute('outside_bar', [], { ...given, open: given.low, close: given.high })(),
    ]).toStrictEqual([NaN, 0, 1, 0, 0]);
  });
});
