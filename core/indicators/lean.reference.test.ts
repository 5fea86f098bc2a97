/** Indicators against the figures that LEAN keeps of them, on the bars they were made of. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cmo } from './cmo.ts';
import { keltner } from './keltner.ts';
import { findIndicator } from './registry.ts';
import { vidya } from './vidya.ts';

type Bars = Readonly<Record<string, readonly number[]>>;
interface Case {
  readonly bars: string;
  /** Bars that the figures were made of. */
  readonly count: number;
  /** First bar with a figure there; null where the figures were made of earlier bars too. */
  readonly first: number | null;
  readonly decimals: number;
  readonly values: readonly (readonly [bar: number, value: number])[];
}
interface Golden {
  readonly bars: Readonly<Record<string, Bars>>;
  readonly cases: Readonly<Record<string, Case>>;
  readonly candles: {
    readonly bars: string;
    readonly found: Readonly<Record<string, Readonly<Record<Side, readonly number[]>>>>;
  };
}
type Side = 'bullish' | 'bearish';
type Columns = (name: string) => Float64Array;

const golden = JSON.parse(
  readFileSync(new URL('../../tests/golden/reference/lean.json', import.meta.url), 'utf8'),
) as Golden;

function columnsOf(bars: string, count: number): Columns {
  return (name) => Float64Array.from(golden.bars[bars]![name]!.slice(0, count));
}

function run(name: string, parameters: readonly number[], output = '') {
  const indicator = findIndicator(name)!;
  return (column: Columns): Float64Array =>
    indicator.compute(
      indicator.sources.map((source) => column(source === 'series' ? 'close' : source)),
      parameters,
    )[indicator.outputs.indexOf(output)]!;
}

const kst = [5, 10, 15, 25, 5, 5, 5, 10, 9];
const cloud = [9, 26, 52, 26];
const simple = (output: 'upper' | 'middle' | 'lower') => (column: Columns) =>
  keltner(
    { high: column('high'), low: column('low'), close: column('close') },
    { period: 20, atrPeriod: 20, multiple: 1.5 },
    'simple',
  )[output];

const computed: readonly (readonly [string, (column: Columns) => Float64Array])[] = [
  ['trima 5', run('trima', [5])],
  ['trima 6', run('trima', [6])],
  ['kama 5', run('kama', [5, 2, 30])],
  ['hma 16', run('hma', [16])],
  ['zlema 5', run('zlema', [5])],
  ['alma 9', run('alma', [9, 0.85, 6])],
  ['t3 5', run('t3', [5, 0.7])],
  ['vwma 20', run('vwma', [20])],
  ['mcginley 14', run('mcginley', [14])],
  ['stoch_rsi k', run('stoch_rsi', [14, 14, 3, 3], 'k')],
  ['stoch_rsi d', run('stoch_rsi', [14, 14, 3, 3], 'd')],
  ['ultimate', run('ultimate', [7, 14, 28])],
  ['awesome', run('awesome', [5, 34])],
  ['cmo 5 wilder', (column) => cmo(column('close'), 5, 'wilder')],
  ['kst line', run('kst', kst, 'line')],
  ['kst signal', run('kst', kst, 'signal')],
  ['choppiness 14', run('choppiness', [14])],
  ['vortex plus', run('vortex', [14], 'plus')],
  ['vortex minus', run('vortex', [14], 'minus')],
  ['heikin_ashi open', run('heikin_ashi', [], 'open')],
  ['heikin_ashi high', run('heikin_ashi', [], 'high')],
  ['heikin_ashi low', run('heikin_ashi', [], 'low')],
  ['heikin_ashi close', run('heikin_ashi', [], 'close')],
  ['accumulation_distribution', run('accumulation_distribution', [])],
  ['force_index 20', run('force_index', [20])],
  ['dema 5', run('dema', [5])],
  ['tema 5', run('tema', [5])],
  ['trix 5', run('trix', [5])],
  ['tsi line', run('tsi', [25, 13, 7], 'line')],
  ['tsi signal', run('tsi', [25, 13, 7], 'signal')],
  ['vidya 9 wilder', (column) => vidya(column('close'), { momentum: 9, period: 9 }, 'wilder')],
  ['frama 16', run('frama', [8, 198])],
  ['time_series_forecast 5', run('time_series_forecast', [5])],
  ['dpo 21', run('dpo', [21])],
  ['fisher 10', run('fisher', [10])],
  ['coppock', run('coppock', [14, 11, 10])],
  ['rvi line', run('rvi', [10], 'line')],
  ['rvi signal', run('rvi', [10], 'signal')],
  ['aroon oscillator 14', run('aroon', [14], 'oscillator')],
  ['connors_rsi', run('connors_rsi', [3, 2, 100])],
  ['supertrend 10 3', run('supertrend', [10, 3], 'line')],
  ['parabolic_sar', run('parabolic_sar', [0.02, 0.2])],
  ['ichimoku conversion', run('ichimoku', cloud, 'conversion')],
  ['ichimoku base', run('ichimoku', cloud, 'base')],
  ['ichimoku span_a', run('ichimoku', cloud, 'span_a')],
  ['ichimoku span_b', run('ichimoku', cloud, 'span_b')],
  ['keltner simple upper', simple('upper')],
  ['keltner simple middle', simple('middle')],
  ['keltner simple lower', simple('lower')],
  ['donchian 50 upper', run('donchian', [50], 'upper')],
  ['donchian 50 middle', run('donchian', [50], 'middle')],
  ['donchian 50 lower', run('donchian', [50], 'lower')],
  ['acceleration_bands upper', run('acceleration_bands', [20, 4], 'upper')],
  ['acceleration_bands middle', run('acceleration_bands', [20, 4], 'middle')],
  ['acceleration_bands lower', run('acceleration_bands', [20, 4], 'lower')],
  ['mfi 20', run('mfi', [20])],
];

/** Two units of the last printed digit: some are cut, some made of prices that were rounded. */
function expectPrinted(actual: number, expected: number, decimals: number): void {
  const allowed = Math.max(2 * 10 ** -decimals, 1e-9 * Math.abs(expected));
  expect(Math.abs(actual - expected), `${actual}, printed ${expected}`).toBeLessThanOrEqual(
    allowed,
  );
}

describe('figures of LEAN', () => {
  it.each(computed)('are those of %s, from the same bar', (name, compute) => {
    const { bars, count, first, decimals, values } = golden.cases[name]!;
    const actual = compute(columnsOf(bars, count));
    if (first !== null) expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(first);
    for (const [bar, value] of values) expectPrinted(actual[bar]!, value, decimals);
  });

  it.each([
    ['cci 14', run('cci', [14]), 1e-3],
    ['williams_r 14', run('williams_r', [14]), 0.01],
    ['roc 50', run('roc', [50]), 1e-5],
  ] as const)('are those of %s, as near as its rounded prices allow', (name, compute, allowed) => {
    const { bars, count, first, values } = golden.cases[name]!;
    const actual = compute(columnsOf(bars, count));
    expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(first);
    for (const [bar, value] of values) {
      expect(Math.abs(actual[bar]! - value)).toBeLessThanOrEqual(allowed);
    }
  });

  it('are those of natr 5 once the ways to begin have met', () => {
    const { bars, count, decimals, values } = golden.cases['natr 5']!;
    const actual = run('natr', [5])(columnsOf(bars, count));
    const late = values.filter(([bar]) => bar >= 150);
    expect(late.length).toBeGreaterThan(5);
    for (const [bar, value] of late) expectPrinted(actual[bar]!, value, decimals);
  });
});

describe('candle patterns that LEAN and TA-Lib find in 500 days', () => {
  it.each([
    ['doji', 'CDLDOJI', '', ['bullish']],
    ['spinning_top', 'CDLSPINNINGTOP', '', ['bullish', 'bearish']],
    ['marubozu', 'CDLMARUBOZU', 'bullish', ['bullish']],
    ['marubozu', 'CDLMARUBOZU', 'bearish', ['bearish']],
    ['hammer', 'CDLHAMMER', '', ['bullish']],
    ['shooting_star', 'CDLSHOOTINGSTAR', '', ['bearish']],
    ['engulfing', 'CDLENGULFING', 'bullish', ['bullish']],
    ['engulfing', 'CDLENGULFING', 'bearish', ['bearish']],
    ['harami', 'CDLHARAMI', 'bullish', ['bullish']],
    ['harami', 'CDLHARAMI', 'bearish', ['bearish']],
    ['piercing', 'CDLPIERCING', '', ['bullish']],
    ['dark_cloud', 'CDLDARKCLOUDCOVER', '', ['bearish']],
    ['morning_star', 'CDLMORNINGSTAR', '', ['bullish']],
    ['evening_star', 'CDLEVENINGSTAR', '', ['bearish']],
    ['three_white_soldiers', 'CDL3WHITESOLDIERS', '', ['bullish']],
  ] as const)('are those that %s finds (%s %s)', (name, published, output, sides) => {
    const parameters = findIndicator(name)!.parameters.map((parameter) => parameter.default!);
    const actual = run(name, parameters, output)(columnsOf(golden.candles.bars, 500));
    const found = [...actual.keys()].filter((bar) => actual[bar] === 1);
    const expected = sides.flatMap((side) => golden.candles.found[published]![side]);
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toStrictEqual(expected.toSorted((a, b) => a - b));
  });

  it('hold no three black crows, and neither do ours', () => {
    const actual = run('three_black_crows', [])(columnsOf(golden.candles.bars, 500));
    expect(golden.candles.found['CDL3BLACKCROWS']!.bearish).toStrictEqual([]);
    expect(actual.indexOf(1)).toBe(-1);
  });
});
