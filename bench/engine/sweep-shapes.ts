/** The searches that the bench runs: three kinds of rules, a thousand combinations each. */
import type { Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import type { Axis } from '#core/optimise/axis.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { Sweep } from '#core/optimise/sweep.ts';

export const sweepBars = (): Bars => makeBars({ count: 100_000, seed: 5 });

interface Shape {
  readonly name: string;
  readonly source: string;
  readonly axes: readonly Axis[];
}

export const shapes: readonly Shape[] = [
  {
    name: 'SMA cross',
    source: `input fast = 10
input slow = 100
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
exit long when crosses_below(a, b)`,
    axes: [
      { name: 'fast', from: 5, to: 53, step: 2 },
      { name: 'slow', from: 60, to: 216, step: 4 },
    ],
  },
  {
    name: 'RSI, ATR stop',
    source: `input period = 14
input level = 30
input room = 2
let strength = rsi(close, period)
enter long when crosses_above(strength, level)
exit long when strength > 100 - level
stop long room * atr(14)`,
    axes: [
      { name: 'period', from: 10, to: 29, step: 1 },
      { name: 'level', from: 20, to: 38, step: 2 },
      { name: 'room', from: 1, to: 5, step: 1 },
    ],
  },
  {
    name: 'Bollinger',
    source: `input period = 20
input width = 2
let band = bollinger(close, period, width)
enter long when crosses_below(close, band.lower)
exit long when close > band.middle`,
    axes: [
      { name: 'period', from: 20, to: 116, step: 4 },
      { name: 'width', from: 1.5, to: 3.45, step: 0.05 },
    ],
  },
];

export function shapeSweep(index: number, bars: Bars): Sweep {
  const { source, axes } = shapes[index]!;
  return makeSweep(bars, { source, axes });
}
