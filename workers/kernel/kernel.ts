/** The kernel that runs trade with: WASM where the platform has it, else its twin in TypeScript. */
import { interleave } from '#core/execution/kernel-bars.ts';
import { runKernel } from '#core/execution/kernel.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Bars } from '#core/market/bars.ts';
import { compileKernel } from './compile.ts';
import { openSeries, type ResidentSeries } from './resident-series.ts';

const BARS_PER_SLICE = 250_000;

export interface Kernel {
  readonly name: 'wasm' | 'typescript';
  /**
   * The outcome of `runReference`, bit for bit; yields the share of bars done, 0 … 1, after each
   * slice, so that a worker can report and be cancelled.
   */
  run(
    bars: Bars,
    signals: Signals,
    settings: RunSettings,
    barsPerSlice?: number,
  ): Generator<number, Outcome>;
}

/** Make one a worker: it keeps the bars of its latest run, so that the next need not bring them. */
export function createKernel(): Kernel {
  const module = compileKernel();
  return module ? wasmKernel(module) : typescriptKernel;
}

export const typescriptKernel: Kernel = {
  name: 'typescript',
  run: (bars, signals, settings, barsPerSlice = BARS_PER_SLICE) =>
    runKernel(interleave(bars), signals, settings, { barsPerSlice }),
};

/** A run has its series to itself: one that starts meanwhile, or after one given up, opens another. */
function wasmKernel(module: WebAssembly.Module): Kernel {
  let idle: ResidentSeries | null = null;
  return {
    name: 'wasm',
    *run(bars, signals, settings, barsPerSlice = BARS_PER_SLICE) {
      const kept = idle;
      idle = null;
      const series = kept?.holds(bars) ? kept : openSeries(module, bars);
      if (!series) return yield* typescriptKernel.run(bars, signals, settings, barsPerSlice);
      series.loadSignals(signals);
      const traded = yield* series.trade(settings, barsPerSlice);
      idle = series;
      return { ...traded, equity: series.equity.slice() };
    },
  };
}
