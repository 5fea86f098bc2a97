/** What becomes of indicators when all prices are quoted in another unit or volume in another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicators } from './registry.ts';

type Rows = readonly (readonly [number, number, number, number, number])[];
const points = fc.integer({ min: 5_000, max: 15_000 });
const rows: fc.Arbitrary<Rows> = fc.array(fc.tuple(points, points, points, points, fc.nat(1000)), {
  minLength: 60,
  maxLength: 90,
});

function columnsOf(
  all: Rows,
  { price, volume }: { readonly price: number; readonly volume: number },
) {
  const sorted = all.map((row) => row.slice(0, 4).toSorted((a, b) => a - b));
  // The open and the close lie between, in either order.
  const pick = (index: (row: number) => number) =>
    Float64Array.from(sorted, (four, i) => (four[index(i)]! / 100) * price);
  const close = pick((i) => (all[i]![0] > all[i]![1] ? 1 : 2));
  return {
    low: pick(() => 0),
    open: pick((i) => (all[i]![0] > all[i]![1] ? 2 : 1)),
    close,
    series: close,
    high: pick(() => 3),
    volume: Float64Array.from(all, (row) => row[4] * volume),
    openMs: Float64Array.from(all, (_, i) => i * 18_000_000),
  };
}

const inPrice = [
  ...['sma', 'ema', 'wma', 'rma', 'dema', 'tema', 'trima', 'kama', 'hma', 'zlema', 'alma', 't3'],
  ...['vwma', 'vidya', 'mcginley', 'frama', 'linear_regression', 'time_series_forecast', 'macd'],
  ...['awesome', 'accelerator', 'apo', 'dpo', 'qstick', 'atr', 'true_range', 'stdev', 'change'],
  ...['standard_error', 'linear_regression_slope', 'parabolic_sar', 'ichimoku', 'heikin_ashi'],
  ...['bollinger', 'keltner', 'donchian', 'envelope', 'acceleration_bands', 'vwap', 'zigzag'],
  ...['standard_error_bands', 'pivot_classic', 'pivot_fibonacci', 'pivot_camarilla'],
  ...['pivot_woodie', 'highest', 'lowest', 'sum', 'linear_regression_channel', 'force_index'],
];
const withoutUnit = [
  ...['rsi', 'stochastic', 'cci', 'williams_r', 'roc', 'momentum', 'stoch_rsi', 'ultimate', 'ppo'],
  ...['trix', 'cmo', 'tsi', 'kst', 'fisher', 'coppock', 'rvi', 'aroon', 'connors_rsi', 'adx'],
  ...['psychological', 'natr', 'historical_volatility', 'chaikin_volatility', 'mass_index', 'dmi'],
  ...['ulcer_index', 'parkinson', 'garman_klass', 'choppiness', 'adxr', 'vortex', 'r_squared'],
  ...['obv', 'accumulation_distribution', 'chaikin_oscillator', 'chaikin_money_flow', 'mfi', 'pvt'],
  ...['nvi', 'pvi', 'klinger', 'volume_oscillator', 'doji', 'spinning_top', 'marubozu', 'hammer'],
  ...['shooting_star', 'engulfing', 'harami', 'piercing', 'dark_cloud', 'morning_star'],
  ...['evening_star', 'three_white_soldiers', 'three_black_crows', 'inside_bar', 'outside_bar'],
];
const withVolume = ['obv', 'accumulation_distribution', 'chaikin_oscillator', 'force_index', 'pvt'];
const withoutVolume = ['vwma', 'vwap', 'mfi', 'chaikin_money_flow', 'volume_oscillator', 'nvi'];

/** Periods of 5 to 9, so that every indicator has values. */
function expectFactor(name: string, change: 'price' | 'volume', factor: number): void {
  const indicator = indicators.find((one) => one.name === name)!;
  const parameters = indicator.parameters.map((one, k) =>
    one.kind === 'period' ? Math.min(one.max, 5 + (k % 5)) : one.default!,
  );
  const unit = { price: 1, volume: 1 };
  fc.assert(
    fc.property(rows, (all) => {
      const compute = (columns: ReturnType<typeof columnsOf>) =>
        indicator.compute(
          indicator.sources.map((source) => columns[source]),
          parameters,
        );
      const plain = compute(columnsOf(all, unit));
      const changed = compute(columnsOf(all, { ...unit, [change]: 4 }));
      plain.forEach((column, output) => {
        const most = column.reduce(
          (a, value) => (Number.isNaN(value) ? a : Math.max(a, Math.abs(value))),
          1,
        );
        column.forEach((value, i) => {
          if (Number.isNaN(value)) expect(changed[output]![i]).toBeNaN();
          else
            expect(Math.abs(changed[output]![i]! - factor * value)).toBeLessThanOrEqual(
              1e-9 * most,
            );
        });
      });
    }),
    { numRuns: 20 },
  );
}

describe('four times the price', () => {
  it.each(inPrice)('gives four times %s', (name) => {
    expectFactor(name, 'price', 4);
  });
  it.each(withoutUnit)('does not change %s', (name) => {
    expectFactor(name, 'price', 1);
  });
});

describe('four times the volume', () => {
  it.each(withVolume)('gives four times %s', (name) => {
    expectFactor(name, 'volume', 4);
  });
  it.each(withoutVolume)('does not change %s', (name) => {
    expectFactor(name, 'volume', 1);
  });
});
