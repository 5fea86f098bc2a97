/** What every indicator promises, on random series. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstValue } from './first-value.ts';
import type { Indicator } from './indicator.ts';
import { indicators } from './registry.ts';

const hourMs = 3_600_000;
const price = fc.oneof(
  fc.integer({ min: 1, max: 500_000 }).map((points) => points / 100),
  fc.double({ min: 0.01, max: 10_000, noNaN: true }),
);

/** Bars with low ≤ open, close ≤ high, and now and then a stretch where nothing moves. */
const bars = fc
  .array(fc.tuple(fc.array(price, { minLength: 4, maxLength: 4 }), fc.nat(3)), {
    minLength: 1,
    maxLength: 120,
  })
  .map((rows) =>
    rows.flatMap(([four, repeats]) => {
      const [a, b, c, d] = four.toSorted((x, y) => x - y) as [number, number, number, number];
      return Array.from({ length: repeats + 1 }, () => ({ low: a, open: b, close: c, high: d }));
    }),
  )
  .map((rows) => ({
    open: Float64Array.from(rows, (row) => row.open),
    high: Float64Array.from(rows, (row) => row.high),
    low: Float64Array.from(rows, (row) => row.low),
    close: Float64Array.from(rows, (row) => row.close),
    series: Float64Array.from(rows, (row) => row.close),
    volume: Float64Array.from(rows, (row) => (row.high % 7 < 1 ? 0 : row.high)),
    openMs: Float64Array.from(rows, (_, i) => i * 5 * hourMs),
  }));

type Series = typeof bars extends fc.Arbitrary<infer T> ? T : never;

const parametersOf = (indicator: Indicator): fc.Arbitrary<readonly number[]> =>
  fc.tuple(
    ...indicator.parameters.map((parameter) =>
      parameter.kind === 'period'
        ? fc.integer({ min: parameter.min, max: Math.min(parameter.max, 30) })
        : fc.double({ min: parameter.min, max: Math.min(parameter.max, 5), noNaN: true }),
    ),
  );

const compute = (indicator: Indicator, series: Series, parameters: readonly number[], to: number) =>
  indicator.compute(
    indicator.sources.map((source) => series[source].slice(0, to)),
    parameters,
  );

describe.each(indicators.map((indicator) => [indicator.name, indicator] as const))(
  '%s',
  (_name, indicator) => {
    it.runIf(!indicator.repaints)('changes no value when the future is cut off', () => {
      fc.assert(
        fc.property(bars, parametersOf(indicator), fc.nat(), (series, parameters, cut) => {
          const length = series.close.length;
          const to = cut % (length + 1);
          const whole = compute(indicator, series, parameters, length);
          const part = compute(indicator, series, parameters, to);
          part.forEach((column, output) => {
            expect(column).toStrictEqual(whole[output]!.slice(0, to));
          });
        }),
      );
    });

    it('has a value on every bar after its first', () => {
      fc.assert(
        fc.property(bars, parametersOf(indicator), (series, parameters) => {
          const columns = compute(indicator, series, parameters, series.close.length);
          expect(columns.length).toBe(indicator.outputs.length);
          for (const column of columns) {
            expect(column.length).toBe(series.close.length);
            expect(column.subarray(firstValue(column)).every(Number.isFinite)).toBe(true);
          }
        }),
      );
    });

    it('starts later by as many bars as its source does', () => {
      const late = indicator.sources.includes('series') ? 7 : 0;
      fc.assert(
        fc.property(bars, parametersOf(indicator), (series, parameters) => {
          const shift = (column: Float64Array) => {
            const shifted = new Float64Array(column.length + late).fill(NaN);
            shifted.set(column, late);
            return shifted;
          };
          const plain = compute(indicator, series, parameters, series.close.length);
          const moved = indicator.compute(
            indicator.sources.map((source) => shift(series[source])),
            parameters,
          );
          moved.forEach((column, output) => {
            expect(column.slice(late)).toStrictEqual(plain[output]);
          });
        }),
      );
    });

    it('does not touch its sources', () => {
      fc.assert(
        fc.property(bars, parametersOf(indicator), (series, parameters) => {
          const sources = indicator.sources.map((source) => series[source].slice());
          const before = sources.map((source) => source.slice());
          indicator.compute(sources, parameters);
          expect(sources).toStrictEqual(before);
        }),
      );
    });
  },
);

describe('bounds', () => {
  it.each(['rsi', 'stochastic', 'adx'])('keeps %s between 0 and 100', (name) => {
    const indicator = indicators.find((one) => one.name === name)!;
    fc.assert(
      fc.property(bars, parametersOf(indicator), (series, parameters) => {
        for (const column of compute(indicator, series, parameters, series.close.length)) {
          for (const value of column.subarray(firstValue(column))) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(100);
          }
        }
      }),
    );
  });
});

describe('a market that does not move', () => {
  const flat = new Float64Array(200).fill(1.2345);
  const series = { open: flat, high: flat, low: flat, close: flat, series: flat, volume: flat };
  it.each([
    ['sma', [1.2345]],
    ['ema', [1.2345]],
    ['wma', [1.2345]],
    ['rma', [1.2345]],
    ['highest', [1.2345]],
    ['lowest', [1.2345]],
    ['rsi', [50]],
    ['atr', [0]],
    ['true_range', [0]],
    ['stdev', [0]],
    ['change', [0]],
    ['macd', [0, 0, 0]],
    ['bollinger', [1.2345, 1.2345, 1.2345]],
    ['stochastic', [50, 50]],
    ['adx', [0, 0, 0]],
  ] as const)('gives %s its resting value', (name, expected) => {
    const indicator = indicators.find((one) => one.name === name)!;
    const parameters = indicator.parameters.map((parameter) => parameter.default ?? 9);
    const last = compute(indicator, series, parameters, 200).map((column) => column.at(-1)!);
    last.forEach((value, output) => expect(value).toBeCloseTo(expected[output]!, 12));
  });
});
