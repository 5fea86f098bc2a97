/** Indicators against values published by others. */
import { describe, expect, it } from 'vitest';
import { adx } from './adx.ts';
import { atr } from './atr.ts';
import { bollinger } from './bollinger.ts';
import { ema } from './ema.ts';
import { macd } from './macd.ts';
import * as achelis from '../../tests/golden/reference/achelis.ts';
import * as taLib from '../../tests/golden/reference/ta-lib.ts';
import { rma } from './rma.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { stdev } from './stdev.ts';
import { stochastic } from './stochastic.ts';
import { trueRange } from './true-range.ts';
import { wma } from './wma.ts';

const column = (values: readonly number[]): Float64Array => Float64Array.from(values);

/** Within one unit of the last printed digit, for the tables are rounded and some cut. */
function expectNear(actual: number, expected: number, decimals: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(10 ** -decimals * 1.001);
}

function expectColumn(
  actual: Float64Array,
  from: number,
  expected: readonly number[],
  decimals: number,
): void {
  expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(from);
  expect(actual.length).toBe(from + expected.length);
  expected.forEach((value, index) => expectNear(actual[from + index]!, value, decimals));
}

describe('TA-Lib regression tables', () => {
  it.each([
    ['rsi 14', rsi(taLib.closes, 14), taLib.rsi14, 14],
    ['sma 30', sma(taLib.closes, 30), taLib.sma30, 29],
    ['wma 30', wma(taLib.closes, 30), taLib.wma30, 29],
    ['ema 10', ema(taLib.closes, 10), taLib.ema10, 9],
  ] as const)('gives the same %s, from the same bar', (_name, actual, expected, from) => {
    expect(taLib.closes.length).toBe(252);
    expect(actual.findIndex((value) => !Number.isNaN(value))).toBe(from);
    for (const { bar, value, decimals } of expected) expectNear(actual[bar]!, value, decimals);
  });

  it('gives the same macd 12 26 9, whichever period comes first', () => {
    const { bar, line, signal, decimals } = taLib.macd12269;
    for (const [fast, slow] of [
      [12, 26],
      [26, 12],
    ] as const) {
      const ours = macd(taLib.closes, { fast, slow, signal: 9 });
      expect(ours.signal.findIndex((value) => !Number.isNaN(value))).toBe(bar);
      expectNear(ours.line[bar]!, line, decimals);
      expectNear(ours.signal[bar]!, signal, decimals);
      expectNear(ours.histogram[bar]!, line - signal, decimals);
    }
  });

  it('gives the same bollinger 20 2', () => {
    const { bar, upper, middle, lower, decimals } = taLib.bollinger20;
    const ours = bollinger(taLib.closes, 20, 2);
    expectNear(ours.upper[bar]!, upper, decimals);
    expectNear(ours.middle[bar]!, middle, decimals);
    expectNear(ours.lower[bar]!, lower, decimals);
  });
});

describe('tables of Technical Analysis from A to Z', () => {
  it.each([
    ['sma 5', achelis.sma5, (values: Float64Array) => sma(values, 5), 3],
    ['ema 5, first price', achelis.ema5, (values: Float64Array) => ema(values, 5, 'first'), 3],
    ['wma 5', achelis.wma5, (values: Float64Array) => wma(values, 5), 4],
    ["Wilder's average 5", achelis.rma5, (values: Float64Array) => rma(values, 5), 4],
    ['rsi 5', achelis.rsi5, (values: Float64Array) => rsi(values, 5), 4],
    ['stdev 5', achelis.stdev5, (values: Float64Array) => stdev(values, 5), 4],
  ] as const)('gives the same %s', (_name, table, compute, decimals) => {
    expectColumn(compute(column(table.values)), table.from, table.expected, decimals);
  });

  it('gives the same bollinger 5 2', () => {
    const { values, from, upper, middle, lower } = achelis.bollinger5;
    const ours = bollinger(column(values), 5, 2);
    expectColumn(ours.upper, from, upper, 4);
    expectColumn(ours.middle, from, middle, 4);
    expectColumn(ours.lower, from, lower, 4);
  });

  it('gives the same true range and atr 4', () => {
    const { high, low, close, ranges, from, expected } = achelis.atr4;
    const bars = { high: column(high), low: column(low), close: column(close) };
    expectColumn(trueRange(bars), 0, ranges, 4);
    expectColumn(atr(bars, 4), from, expected, 4);
  });

  it('gives the same stochastic 5 3 3', () => {
    const { high, low, close, from, k, d } = achelis.stochastic533;
    const bars = { high: column(high), low: column(low), close: column(close) };
    const ours = stochastic(bars, { period: 5, smoothing: 3, signal: 3 });
    expectColumn(ours.d, from, d, 4);
    // The table begins k where d begins.
    expectColumn(ours.k.fill(NaN, 0, from), from, k, 4);
  });

  it('gives the same adx 14 and directions', () => {
    const { high, low, close } = achelis.adx14;
    const bars = { high: column(high), low: column(low), close: column(close) };
    const ours = adx(bars, 14);
    expectColumn(ours.adx, achelis.adx14.from, achelis.adx14.adx, 4);
    expectColumn(ours.plusDi, achelis.adx14.directionsFrom, achelis.adx14.plusDi, 4);
    expectColumn(ours.minusDi, achelis.adx14.directionsFrom, achelis.adx14.minusDi, 4);
  });
});
