/** Indicators against short examples that others published with their result. */
import { describe, expect, it } from 'vitest';
import { findIndicator } from './registry.ts';

type Sources = Readonly<Record<string, readonly number[]>>;

/** The outputs by name; the only one is called ''. */
function compute(name: string, parameters: readonly number[], sources: Sources) {
  const indicator = findIndicator(name)!;
  const columns = indicator.compute(
    indicator.sources.map((source) => Float64Array.from(sources[source]!)),
    parameters,
  );
  return Object.fromEntries(indicator.outputs.map((output, k) => [output, columns[k]!]));
}

const lastOf = (column: Float64Array | undefined): number => column!.at(-1)!;

/**
 * The first three of Anscombe 1973, Graphs in Statistical Analysis, The American Statistician
 * 27:1, in the order of their x, which runs from 4 to 14.
 */
const anscombe = [
  [4.26, 5.68, 7.24, 4.82, 6.95, 8.81, 8.04, 8.33, 10.84, 7.58, 9.96],
  [3.1, 4.74, 6.13, 7.26, 8.14, 8.77, 9.14, 9.26, 9.13, 8.74, 8.1],
  [5.39, 5.73, 6.08, 6.42, 6.77, 7.11, 7.46, 7.81, 8.15, 12.74, 8.84],
] as const;

describe("Anscombe's data", () => {
  it.each(anscombe)('lie on the line 3.00 + 0.500 x with r² 0.67 (%d …)', (...series) => {
    expect(lastOf(compute('linear_regression', [11], { series })[''])).toBeCloseTo(10, 2);
    expect(lastOf(compute('linear_regression_slope', [11], { series })[''])).toBeCloseTo(0.5, 3);
    expect(lastOf(compute('time_series_forecast', [11], { series })[''])).toBeCloseTo(10.5, 2);
    expect(lastOf(compute('r_squared', [11], { series })[''])).toBeCloseTo(0.67, 2);
  });

  // The summary that R prints of the first: courses/Fall09/sta114 of stat.duke.edu.
  it('leave the residual error that R prints', () => {
    const series = anscombe[0];
    const [error, end] = [1.237, 3.0001 + 14 * 0.5001];
    expect(lastOf(compute('r_squared', [11], { series })[''])).toBeCloseTo(0.6665, 4);
    expect(lastOf(compute('standard_error', [11], { series })[''])).toBeCloseTo(error, 3);
    const bands = compute('standard_error_bands', [11, 2, 1], { series });
    expect(lastOf(bands['upper'])).toBeCloseTo(end + 2 * error, 2);
    expect(lastOf(bands['lower'])).toBeCloseTo(end - 2 * error, 2);
    // R divides the squares by the 9 degrees of freedom, the channel by the 11 values.
    const channel = compute('linear_regression_channel', [11, 1], { series });
    expect(lastOf(channel['upper'])).toBeCloseTo(end + error * Math.sqrt(9 / 11), 2);
    expect(lastOf(channel['lower'])).toBeCloseTo(end - error * Math.sqrt(9 / 11), 2);
  });
});

describe('a question of risk managers (pzacademy.com/qa/50785)', () => {
  it('has 32.6 % a year as the volatility of six monthly prices', () => {
    const actual = compute('historical_volatility', [5, 12], {
      series: [35, 38, 41, 37, 33, 32],
    });
    expect(lastOf(actual[''])).toBeCloseTo(32.6, 1);
  });
});

describe('figures of OpenGamma (Apache-2.0)', () => {
  it('are those of the volatility of 21 closes (HistoricalVolatilityCloseCalculatorTest)', () => {
    const actual = compute('historical_volatility', [20, 1], {
      series: [
        ...[132.5, 133.5, 135, 133, 133, 137, 135, 135, 142.5, 143, 144.5, 145, 146, 149, 148],
        ...[147, 147, 147, 145, 145, 150],
      ],
    });
    expect(lastOf(actual[''])).toBeCloseTo(1.73, 2);
  });
});

describe('figures of indicatorts (MIT)', () => {
  // Its windows grow from the first close on; thirteen bars without a fall before it do the same.
  it('are those of the ulcer index 14 (ulcerIndex.test.ts)', () => {
    const closes = [9, 11, 7, 10, 8, 7, 7, 8, 10, 9, 5, 4, 6, 7];
    const series = [...new Array<number>(13).fill(9), ...closes];
    expect(lastOf(compute('ulcer_index', [14], { series })[''])).toBeCloseTo(34.19, 2);
  });

  it('are those of pvt (volumePriceTrend.test.ts)', () => {
    const actual = compute('pvt', [], {
      close: [9, 11, 7, 10, 8],
      volume: [100, 110, 80, 120, 90],
    })['']!;
    [0, 24.44, -4.65, 46.78, 28.78].forEach((value, i) => expect(actual[i]).toBeCloseTo(value, 2));
  });
});

describe('figures of trendyways (tests/sup_resTest.js, Apache-2.0)', () => {
  const days = { high: [10, 15, 25, 10, 10], low: [5, 8, 10, 8, 8], close: [7, 11, 12, 9, 9] };
  const openMs = days.high.map((_, day) => day * 86_400_000);
  const expectLevels = (
    actual: Readonly<Record<string, Float64Array>>,
    expected: Readonly<Record<string, readonly number[]>>,
  ) => {
    for (const [level, values] of Object.entries(expected)) {
      values.forEach((value, day) => expect(actual[level]![day + 1]).toBeCloseTo(value, 12));
    }
  };

  it('are those of the classic pivots of the day after', () => {
    const day = { high: [18, 18], low: [5, 5], close: [15, 15], openMs: [0, 86_400_000] };
    expectLevels(compute('pivot_classic', [0], day), {
      pivot: [12.666666666666666],
      r1: [20.333333333333332],
      r2: [25.666666666666664],
      r3: [33.33333333333333],
      s1: [7.333333333333332],
      s2: [-0.3333333333333339],
      s3: [-5.666666666666668],
    });
  });

  it("are those of Woodie's pivots of the days after", () => {
    expectLevels(compute('pivot_woodie', [0], { ...days, openMs }), {
      pivot: [7.25, 11.25, 14.75, 9],
      r1: [9.5, 14.5, 19.5, 10],
      r2: [12.25, 18.25, 29.75, 11],
      s1: [4.5, 7.5, 4.5, 8],
      s2: [2.25, 4.25, -0.25, 7],
    });
  });

  it('are those of the Camarilla pivots of the days after', () => {
    expectLevels(compute('pivot_camarilla', [0], { ...days, openMs }), {
      r1: [7.458333333333333, 11.641666666666667, 13.375, 9.183333333333334],
      r2: [7.916666666666667, 12.283333333333333, 14.75, 9.366666666666667],
      r3: [8.375, 12.925, 16.125, 9.55],
      r4: [9.75, 14.85, 20.25, 10.1],
      s1: [6.541666666666667, 10.358333333333333, 10.625, 8.816666666666666],
      s2: [6.083333333333333, 9.716666666666667, 9.25, 8.633333333333333],
      s3: [5.625, 9.075, 7.875, 8.45],
      s4: [4.25, 7.15, 3.75, 7.9],
    });
  });
});

describe('figures of StockIndicators (MIT)', () => {
  it('are those of the Fibonacci pivots of the day after (FibonacciPivotPointsTests.cs)', () => {
    const levels = compute('pivot_fibonacci', [0], {
      high: [62.34, 62.05],
      low: [61.37, 60.69],
      close: [62.15, 60.81],
      openMs: [0, 86_400_000],
    });
    const expected = {
      ...{ r3: 62.9233, r2: 62.5528, r1: 62.3239, pivot: 61.9533 },
      ...{ s1: 61.5828, s2: 61.3539, s3: 60.9833 },
    };
    for (const [level, value] of Object.entries(expected)) {
      expect(lastOf(levels[level])).toBeCloseTo(value, 4);
    }
  });

  // Its average is an exponential one; the lines beside it are the same.
  it('are those of the envelope of 2.5 % around its average (Envelopes.cs)', () => {
    const lines = compute('envelope', [1, 2.5], { series: [90.4] });
    expect(lastOf(lines['upper'])).toBeCloseTo(92.66, 2);
    expect(lastOf(lines['lower'])).toBeCloseTo(88.14, 2);
  });
});

describe('figures of trading-signals (MIT)', () => {
  it('are those of the psychological line (PSL.test.ts)', () => {
    const of = (period: number, series: readonly number[]) =>
      compute('psychological', [period], { series })['']!;
    const falling = of(4, [10, 11, 12, 11, 13, 12, 11, 10, 9]);
    expect(Array.from(falling.slice(4))).toStrictEqual([75, 50, 25, 25, 0]);
    expect(lastOf(of(4, [10, 10, 11, 11, 12]))).toBe(50);
  });

  const high = [
    ...[-8, -4, -1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 11, 22, 33, 44, 55, 66, 77, 88, 88, 71, 61],
    ...[51, 41, 51, 61, 71, 81, 91, 11],
  ];
  const low = [
    ...[-9, -5, -2, 8, 7, 6, 5, 4, 3, 2, 1, 0, 10, 20, 30, 40, 50, 60, 70, 80, 85, 70, 60],
    ...[50, 40, 50, 60, 70, 80, 90, 10],
  ];
  const turns = [-9, 9, 0, 88, 40, 91];

  it('are those of the turns of 15 % (ZigZag.test.ts)', () => {
    const { top, bottom, direction } = compute('swing', [15], { high, low });
    const known = [...direction!.keys()].filter(
      (bar) => direction![bar] !== direction![bar - 1] && !Number.isNaN(direction![bar]!),
    );
    expect(known.map((bar) => (direction![bar] === 1 ? bottom : top)![bar])).toStrictEqual(turns);
  });

  it('lie on the zigzag of 15 % (ZigZag.test.ts)', () => {
    const line = compute('zigzag', [15], { high, low })['']!;
    expect([0, 3, 11, 19, 24, 29].map((bar) => line[bar])).toStrictEqual(turns);
  });
});
