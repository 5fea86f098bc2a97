/** The run that kernels are measured on: 1 M made bars, a trade every so many of them. */
import { interleave, type KernelBars } from '#core/execution/kernel-bars.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { prices, type Bars } from '#core/market/bars.ts';

export const FRACTION = 0.01;

export interface MadeRun {
  readonly name: string;
  readonly bars: Bars;
  readonly kernelBars: KernelBars;
  readonly signals: Signals;
  readonly settings: RunSettings;
}

/** With stop, target, spread and commission, alternately long and short. */
export const madeSettings: RunSettings = {
  ...defaultSettings,
  cash: 1e6,
  commission: { ...defaultSettings.commission, fixed: 0.1, rate: 0.000_01 },
  spread: { ...defaultSettings.spread, rate: 0.000_01 },
  exclusive: true,
};

export function makeRuns(count: number): readonly MadeRun[] {
  const bars = makeBars({ count, seed: 1 });
  const kernelBars = interleave(bars);
  const run = (name: string, barsPerTrade: number, levels: Levels): MadeRun => {
    const signals = makeSignals(bars, barsPerTrade, levels);
    return { name, bars, kernelBars, signals, settings: madeSettings };
  };
  return [
    run('dense', 20, { stop: 0.002, target: 0.003 }),
    run('sparse', 500, { stop: 0.01, target: 0.015 }),
  ];
}

interface Levels {
  readonly stop: number;
  readonly target: number;
}

function makeSignals(bars: Bars, barsPerTrade: number, { stop, target }: Levels): Signals {
  const { length } = bars;
  const close = prices(bars.bid, 'close', bars.scale);
  const away = (fraction: number) => close.map((price) => price * (1 + fraction));
  const entry = new Int8Array(length);
  for (let i = barsPerTrade, side = 1; i < length; i += barsPerTrade, side = -side) entry[i] = side;
  return {
    length,
    warmupBars: 10,
    entry,
    exit: new Uint8Array(length),
    stop: { long: away(-stop), short: away(stop) },
    target: { long: away(target), short: away(-target) },
    sizing: { kind: 'equity', fraction: FRACTION },
  };
}
