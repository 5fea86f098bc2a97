/** Indicators against the tables that Tulip Indicators is tested with, most from Achelis 2000. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accumulationDistribution } from './accumulation-distribution.ts';
import { adxr } from './adxr.ts';
import { aroon } from './aroon.ts';
import { cci } from './cci.ts';
import { chaikinMoneyFlow } from './chaikin-money-flow.ts';
import { chaikinOscillator } from './chaikin-oscillator.ts';
import { chaikinVolatility } from './chaikin-volatility.ts';
import { change } from './change.ts';
import { cmo } from './cmo.ts';
import { dema } from './dema.ts';
import { dmi } from './dmi.ts';
import { dpo } from './dpo.ts';
import { easeOfMovement } from './ease-of-movement.ts';
import { fisher } from './fisher.ts';
import { hma } from './hma.ts';
import { klinger } from './klinger.ts';
import { macd } from './macd.ts';
import { massIndex } from './mass-index.ts';
import { mfi } from './mfi.ts';
import { momentum } from './momentum.ts';
import { natr } from './natr.ts';
import { nvi } from './nvi.ts';
import { obv } from './obv.ts';
import { ppo } from './ppo.ts';
import { pvi } from './pvi.ts';
import { qstick } from './qstick.ts';
import { regression } from './regression.ts';
import { roc } from './roc.ts';
import { stochRsi } from './stoch-rsi.ts';
import { sum } from './sum.ts';
import { tema } from './tema.ts';
import { timeSeriesForecast } from './time-series-forecast.ts';
import { trima } from './trima.ts';
import { trix } from './trix.ts';
import { ultimate } from './ultimate.ts';
import { volumeOscillator } from './volume-oscillator.ts';
import { vwma } from './vwma.ts';
import { williamsR } from './williams-r.ts';
import { highest, lowest } from './window-extreme.ts';

interface Golden {
  readonly cases: Readonly<
    Record<
      string,
      {
        /** Inputs, then outputs, which end on the last bar. */
        readonly columns: readonly (readonly number[])[];
        readonly decimals: readonly number[];
      }
    >
  >;
}
type Inputs = readonly Float64Array[];

const golden = JSON.parse(
  readFileSync(new URL('../../tests/golden/reference/tulip.json', import.meta.url), 'utf8'),
) as Golden;

const bars = ([high, low, close]: Inputs) => ({ high: high!, low: low!, close: close! });
/** The index is a share of the two movements, in which the true range and the close cancel. */
const withoutClose = ([high, low]: Inputs) => ({ high: high!, low: low!, close: low! });
const slow = (fast: number, long: number, signal = 1) => ({ fast, slow: long, signal });

const computed: readonly (readonly [
  string,
  number,
  (inputs: Inputs) => readonly Float64Array[],
])[] = [
  ['ad (atoz)', 4, (all) => [accumulationDistribution(bars(all), all[3]!)]],
  ['adosc 3 10 (atoz)', 4, (all) => [chaikinOscillator(bars(all), all[3]!, slow(3, 10))]],
  ['aroon 5 (atoz)', 2, ([high, low]) => pick(aroon({ high: high!, low: low! }, 5))],
  ['aroonosc 5 (extra)', 2, ([high, low]) => [aroon({ high: high!, low: low! }, 5).oscillator]],
  ['cci 5 (atoz)', 3, (all) => [cci(bars(all), 5)]],
  ['cmo 5 (atoz)', 1, ([values]) => [cmo(values!, 5)]],
  ['cmf 21 (extra)', 4, (all) => [chaikinMoneyFlow(bars(all), all[3]!, 21)]],
  ['cvi 5 (atoz)', 2, ([high, low]) => [volatility(high!, low!)]],
  ['cvi 5 (untest)', 2, ([high, low]) => [volatility(high!, low!)]],
  ['dema 5 (atoz)', 1, ([values]) => [dema(values!, 5, 'first')]],
  ['tema 5 (atoz)', 1, ([values]) => [tema(values!, 5, 'first')]],
  ['trix 3 (atoz)', 1, ([values]) => [trix(values!, 3, 'first')]],
  ['trima 5 (atoz)', 1, ([values]) => [trima(values!, 5)]],
  ['dpo 6 (atoz)', 1, ([values]) => [dpo(values!, 6)]],
  ['emv (atoz)', 3, ([high, low, volume]) => [ease(high!, low!, volume!)]],
  ['emv (untest)', 3, ([high, low, volume]) => [ease(high!, low!, volume!)]],
  ['kvo 34 55 (atoz)', 4, (all) => [klinger(bars(all), all[3]!, slow(34, 55), 'first').line]],
  ['mass 3 (atoz)', 2, ([high, low]) => [mass(high!, low!, 3)]],
  ['mfi 14 (atoz)', 4, (all) => [mfi(bars(all), all[3]!, 14)]],
  ['nvi (atoz)', 2, ([close, volume]) => [nvi(close!, volume!)]],
  ['nvi (untest)', 2, ([close, volume]) => [nvi(close!, volume!)]],
  ['pvi (extra)', 2, ([close, volume]) => [pvi(close!, volume!)]],
  ['pvi (untest)', 2, ([close, volume]) => [pvi(close!, volume!)]],
  ['obv (atoz)', 2, ([close, volume]) => [obv(close!, volume!)]],
  ['obv (untest)', 2, ([close, volume]) => [obv(close!, volume!)]],
  ['qstick 4 (atoz)', 2, ([open, close]) => [qstick({ open: open!, close: close! }, 4)]],
  ['qstick 5 (untest)', 2, ([open, close]) => [qstick({ open: open!, close: close! }, 5)]],
  ['ultosc 7 14 28 (atoz)', 3, (all) => [ultimate(bars(all), { short: 7, middle: 14, long: 28 })]],
  ['vosc 2 5 (atoz)', 1, ([volume]) => [volumeOscillator(volume!, slow(2, 5))]],
  ['vosc 2 5 (untest)', 1, ([volume]) => [volumeOscillator(volume!, slow(2, 5))]],
  ['willr 5 (atoz)', 3, (all) => [williamsR(bars(all), 5)]],
  ['linreg 5 (extra)', 1, ([values]) => [regression(values!, 5).end]],
  ['linregslope 5 (extra)', 1, ([values]) => [regression(values!, 5).slope]],
  ['tsf 5 (extra)', 1, ([values]) => [timeSeriesForecast(values!, 5)]],
  ['roc 3 (extra)', 1, ([values]) => [roc(values!, 3).map((percent) => percent / 100)]],
  ['roc 3 (extra)', 1, ([values]) => [momentum(values!, 3).map((percent) => percent / 100 - 1)]],
  ['max 3 (extra)', 1, ([values]) => [highest(values!, 3)]],
  ['min 3 (extra)', 1, ([values]) => [lowest(values!, 3)]],
  ['mom 3 (extra)', 1, ([values]) => [change(values!, 3)]],
  ['sum 2 (extra)', 1, ([values]) => [sum(values!, 2)]],
  ['vwma 4 (extra)', 2, ([values, volume]) => [vwma(values!, volume!, 4)]],
  ['hma 5 (untest)', 1, ([values]) => [hma(values!, 5)]],
  ['fisher 5 (untest)', 2, ([high, low]) => [fisher({ high: high!, low: low! }, 5)]],
  ['dx 14 (atoz)', 2, (all) => [dmi(withoutClose(all), 14).dx]],
  ['di 14 (atoz)', 3, (all) => [dmi(bars(all), 14).plus, dmi(bars(all), 14).minus]],
  ['adxr 14 (atoz)', 2, (all) => [adxr(withoutClose(all), 14)]],
  ['ppo 3 5 (extra)', 1, ([values]) => [ppo(values!, slow(3, 5), 'first').line]],
  ['apo 3 5 (extra)', 1, ([values]) => [macd(values!, slow(3, 5), 'first').line]],
  ['stochrsi 5 (extra)', 1, ([values]) => [strength(values!)]],
];

const pick = (all: ReturnType<typeof aroon>) => [all.down, all.up];
const volatility = (high: Float64Array, low: Float64Array) =>
  chaikinVolatility({ high, low }, { period: 5, change: 5 }, 'first');
const ease = (high: Float64Array, low: Float64Array, volume: Float64Array) =>
  easeOfMovement({ high, low, volume }, 1);
const mass = (high: Float64Array, low: Float64Array, period: number) =>
  massIndex({ high, low }, { average: 9, period }, 'first');
const strength = (values: Float64Array) =>
  stochRsi(values, { strength: 5, period: 5, smoothing: 1, signal: 1 }).k.map(
    (percent) => percent / 100,
  );

const inputsOf = (name: string, count: number): Inputs =>
  golden.cases[name]!.columns.slice(0, count).map((column) => Float64Array.from(column));

describe('tables of Tulip Indicators', () => {
  it.each(computed)('give the same %s', (name, inputs, compute) => {
    const { columns, decimals } = golden.cases[name]!;
    const actual = compute(inputsOf(name, inputs));
    actual.forEach((column, output) => {
      const expected = columns[inputs + output]!;
      const from = column.length - expected.length;
      const allowed = Math.max(
        1.001 * 10 ** -decimals[inputs + output]!,
        1e-9 * Math.abs(expected[0]!),
      );
      expected.forEach((value, i) => {
        const ours = column[from + i]!;
        const message = `value ${i} of output ${output}: ${ours}, printed ${value}`;
        expect(Math.abs(ours - value), message).toBeLessThanOrEqual(allowed);
      });
    });
  });

  it('give the same natr 4, of which one figure is rounded to three digits', () => {
    const actual = natr(bars(inputsOf('natr 4 (extra)', 3)), 4);
    const expected = golden.cases['natr 4 (extra)']!.columns[3]!;
    expected.forEach((value, i) => expect(Math.abs(actual[3 + i]! - value)).toBeLessThan(5e-4));
  });
});
