/** What every indicator promises, on random series. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstValue } from './first-value.ts';
import type { Indicator } from './indicator.ts';
import { indicators } from './registry.ts';
import { openStream } from './stream.ts';

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

/** Series whose decimals change on the way, rising or not, of which the asked one begins late. */
const longSeries = fc
  .record({
    made: bars,
    trend: fc.constantFrom(0, 100, 3000),
    decimals: fc.array(fc.constantFrom(0, 2, 5, null), { minLength: 1, maxLength: 3 }),
    lateBars: fc.nat(9),
  })
  .map(({ made, trend, decimals, lateBars }): Series => {
    const moved = (column: Float64Array) =>
      column.map((value, i) => {
        const part = decimals[Math.floor((i * decimals.length) / column.length)]!;
        return part === null ? value + trend * i : Number((value + trend * i).toFixed(part));
      });
    const [open, high] = [moved(made.open), moved(made.high)];
    const [low, close] = [moved(made.low), moved(made.close)];
    const series = close.slice().fill(NaN, 0, lateBars);
    return { ...made, open, high, low, close, series };
  });

/** Lengths of chunks, over and over; not all of them 0. */
const chunks = fc
  .array(fc.oneof(fc.nat(1), fc.nat(50)), { minLength: 1, maxLength: 8 })
  .map((lengths) => (lengths.some((one) => one > 0) ? lengths : [...lengths, 7]));

const compute = (indicator: Indicator, series: Series, parameters: readonly number[], to: number) =>
  indicator.compute(
    indicator.sources.map((source) => series[source].slice(0, to)),
    parameters,
  );

describe.each(indicators.map((indicator) => [indicator.name, indicator] as const))(
  '%s',
  (_name, indicator) => {
    if (indicator.repaints) {
      it('changes what it has shown, as it says', () => {
        const rising = fc.sample(bars, { numRuns: 50, seed: 7 });
        const changes = rising.some((series) => {
          const length = series.close.length;
          const whole = compute(indicator, series, [5], length)[0]!;
          return Array.from({ length }, (_, to) => to).some((to) =>
            compute(indicator, series, [5], to)[0]!.some(
              (value, i) => !Number.isNaN(value) && value !== whole[i],
            ),
          );
        });
        expect(changes).toBe(true);
      });
    } else {
      it('changes no value when the future is cut off', () => {
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

      it('gives in chunks, whatever their lengths, the very bits it gives at once', () => {
        fc.assert(
          fc.property(
            longSeries,
            parametersOf(indicator),
            chunks,
            (series, parameters, lengths) => {
              const sources = indicator.sources.map((source) => series[source]);
              const whole = indicator.compute(sources, parameters);
              let stream = openStream(indicator, parameters);
              for (let from = 0, chunk = 0; from < series.close.length; chunk++) {
                const to = from + lengths[chunk % lengths.length]!;
                const columns = stream.push(sources.map((source) => source.slice(from, to)));
                columns.forEach((column, output) => {
                  expect(column).toStrictEqual(whole[output]!.slice(from, to));
                });
                from = to;
                // What a page stores when it closes, and goes on from.
                if (chunk % 3 === 1) {
                  stream = openStream(indicator, parameters, structuredClone(stream.state()));
                }
              }
            },
          ),
        );
      });
    }

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
  it.each([
    ['rsi', 0, 100],
    ['stochastic', 0, 100],
    ['adx', 0, 100],
    ['adxr', 0, 100],
    ['dmi', 0, 100],
    ['stoch_rsi', 0, 100],
    ['ultimate', 0, 100],
    ['connors_rsi', 0, 100],
    ['psychological', 0, 100],
    ['mfi', 0, 100],
    ['williams_r', -100, 0],
    ['cmo', -100, 100],
    ['tsi', -100, 100],
    ['aroon', -100, 100],
    ['rvi', -1, 1],
    ['chaikin_money_flow', -1, 1],
    ['r_squared', 0, 1],
    ['choppiness', -1e-9, Infinity],
    ['standard_error', 0, Infinity],
    ['ulcer_index', 0, 100],
  ] as const)('keep %s between %d and %d', (name, least, most) => {
    const indicator = indicators.find((one) => one.name === name)!;
    fc.assert(
      fc.property(bars, parametersOf(indicator), (series, parameters) => {
        for (const column of compute(indicator, series, parameters, series.close.length)) {
          for (const value of column.subarray(firstValue(column))) {
            expect(value).toBeGreaterThanOrEqual(least);
            expect(value).toBeLessThanOrEqual(most);
          }
        }
      }),
    );
  });

  it.each(
    indicators.filter((one) => one.result === 'condition').map((one) => [one.name, one] as const),
  )('make %s 0 or 1', (_name, indicator) => {
    fc.assert(
      fc.property(bars, parametersOf(indicator), (series, parameters) => {
        for (const column of compute(indicator, series, parameters, series.close.length)) {
          for (const value of column.subarray(firstValue(column))) {
            expect(value === 0 || value === 1).toBe(true);
          }
        }
      }),
    );
  });
});

describe('a market that does not move', () => {
  const flat = new Float64Array(200).fill(1.2345);
  const openMs = flat.map((_, i) => i * hourMs);
  const series = {
    open: flat,
    high: flat,
    low: flat,
    close: flat,
    series: flat,
    volume: flat,
    openMs,
  };
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
    ['adxr', [0]],
    ['dmi', [0, 0, 0]],
    ...(
      [
        ...['dema', 'tema', 'trima', 'kama', 'hma', 'zlema', 'alma', 't3', 'vwma', 'vidya'],
        ...['mcginley', 'frama', 'linear_regression', 'time_series_forecast', 'vwap'],
        ...['parabolic_sar'],
      ] as const
    ).map((name) => [name, [1.2345]] as const),
    ...(
      [
        ...['cci', 'roc', 'awesome', 'accelerator', 'apo', 'trix', 'dpo', 'cmo', 'fisher'],
        ...['coppock', 'qstick', 'psychological', 'natr', 'historical_volatility', 'obv', 'pvt'],
        ...['chaikin_volatility', 'ulcer_index', 'standard_error', 'parkinson', 'garman_klass'],
        ...['linear_regression_slope', 'r_squared', 'accumulation_distribution', 'force_index'],
        ...['chaikin_oscillator', 'chaikin_money_flow', 'ease_of_movement', 'volume_oscillator'],
      ] as const
    ).map((name) => [name, [0]] as const),
    ['ppo', [0, 0, 0]],
    ['tsi', [0, 0]],
    ['kst', [0, 0]],
    ['klinger', [0, 0]],
    ['rvi', [0, 0]],
    ['stoch_rsi', [50, 50]],
    ['ultimate', [50]],
    ['mfi', [50]],
    ['williams_r', [-50]],
    ['choppiness', [50]],
    ['momentum', [100]],
    ['mass_index', [25]],
    ['vortex', [1, 1]],
    ['aroon', [100, 100, 0]],
    ['nvi', [1000]],
    ['pvi', [1000]],
    ['supertrend', [1.2345, -1]],
    ['keltner', [1.2345, 1.2345, 1.2345]],
    ['donchian', [1.2345, 1.2345, 1.2345]],
    ['standard_error_bands', [1.2345, 1.2345, 1.2345]],
    ['linear_regression_channel', [1.2345, 1.2345, 1.2345]],
    ['ichimoku', [1.2345, 1.2345, 1.2345, 1.2345]],
    ['heikin_ashi', [1.2345, 1.2345, 1.2345, 1.2345]],
    ['pivot_classic', new Array<number>(7).fill(1.2345)],
    ['pivot_fibonacci', new Array<number>(7).fill(1.2345)],
    ['pivot_camarilla', new Array<number>(9).fill(1.2345)],
    ['pivot_woodie', new Array<number>(7).fill(1.2345)],
  ] as const)('gives %s its resting value', (name, expected) => {
    const indicator = indicators.find((one) => one.name === name)!;
    const parameters = indicator.parameters.map((parameter) => parameter.default ?? 9);
    const last = compute(indicator, series, parameters, 200).map((column) => column.at(-1)!);
    last.forEach((value, output) => expect(value).toBeCloseTo(expected[output]!, 12));
  });
});
