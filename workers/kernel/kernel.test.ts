/** Which kernel runs where, and runs that are too long for one piece. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { hashOfManyRuns, lastOf } from '../../tests/fuzz/many-runs.ts';
import golden from '../../tests/golden/regression/many-runs.json' with { type: 'json' };
import { createKernel, typescriptKernel, type Kernel } from './kernel.ts';
import { MOST_TRIPS } from './layout.ts';

/** Long on every bar, out on every other. */
function restless({ length }: Bars): Signals {
  return {
    length,
    warmupBars: 0,
    entry: new Int8Array(length).fill(1),
    exit: Uint8Array.from({ length }, (_, i) => i & 1),
    stop: null,
    target: null,
    sizing: { kind: 'units', units: 1 },
  };
}

function run(kernel: Kernel, bars: Bars): Outcome {
  return lastOf(kernel.run(bars, restless(bars), defaultSettings));
}

/** Ten bars that stand still at `points`, a tenth of which is the price. */
function stillBars(points: number): Bars {
  const still = () => new Int32Array(10).fill(points);
  const bid = { open: still(), high: still(), low: still(), close: still() };
  return { ...makeBars({ count: 10, seed: 1 }), scale: 10, bid };
}

function withLevels(bars: Bars, side: 1 | -1, levels: { stop: number; target: number }): Signals {
  const column = (level: number) => new Float64Array(bars.length).fill(level);
  return {
    ...restless(bars),
    entry: new Int8Array(bars.length).fill(side),
    exit: new Uint8Array(bars.length),
    stop: { long: column(levels.stop), short: column(levels.stop) },
    target: { long: column(levels.target), short: column(levels.target) },
  };
}

const reference = (bars: Bars) => runReference(bars, restless(bars), defaultSettings);

afterEach(() => vi.unstubAllGlobals());

const patience = { timeout: 60_000 };

test.each([createKernel(), typescriptKernel])(
  '$name comes to the hash on record',
  patience,
  (kernel) => {
    const hash = hashOfManyRuns(({ bars, signals, settings }) =>
      lastOf(kernel.run(bars, signals, settings)),
    );
    expect(hash).toBe(golden.hash);
  },
);

describe('the kernel', patience, () => {
  test('moves round trips out as often as their room fills', () => {
    const bars = makeBars({ count: MOST_TRIPS * 5, seed: 4 });
    const outcome = run(createKernel(), bars);
    expect(outcome.roundTrips.count).toBeGreaterThan(MOST_TRIPS * 2);
    expect(outcome).toStrictEqual(reference(bars));
  });

  test('takes a level for met at its very price, not a rounding beside it', () => {
    const kernel = createKernel();
    const met = new Set<number>();
    // Here a price has fewer binary digits to spare than its points have.
    for (let points = 131_073; points < 131_173; points++) {
      const bars = stillBars(points);
      const price = points / 10;
      for (const level of [price - 2 ** -39, price, price + 2 ** -39]) {
        for (const side of [1, -1] as const) {
          for (const levels of [
            { stop: level, target: NaN },
            { stop: NaN, target: level },
          ]) {
            const signals = withLevels(bars, side, levels);
            const outcome = lastOf(kernel.run(bars, signals, { ...defaultSettings, cash: 1e6 }));
            const expected = runReference(bars, signals, { ...defaultSettings, cash: 1e6 });
            expect(outcome).toStrictEqual(expected);
            met.add(outcome.roundTrips.count);
          }
        }
      }
    }
    expect(met.size).toBe(2);
  });

  test('is the one in TypeScript where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    const bars = makeBars({ count: 500, seed: 4 });
    const kernel = createKernel();
    expect(kernel.name).toBe('typescript');
    expect(run(kernel, bars)).toStrictEqual(reference(bars));
  });

  test('is the one in TypeScript where WebAssembly has no SIMD or is forbidden', () => {
    const { CompileError } = WebAssembly;
    const Module = function () {
      throw new CompileError('invalid value type');
    };
    vi.stubGlobal('WebAssembly', { Module });
    expect(createKernel().name).toBe('typescript');
  });

  test('leaves a run to TypeScript when there is no memory for its bars', () => {
    const kernel = createKernel();
    const { Module, Instance } = WebAssembly;
    const Memory = function () {
      throw new RangeError('could not allocate memory');
    };
    vi.stubGlobal('WebAssembly', { Module, Instance, Memory });
    const bars = makeBars({ count: 500, seed: 4 });
    expect(kernel.name).toBe('wasm');
    expect(run(kernel, bars)).toStrictEqual(reference(bars));
  });

  test('brings the bars of a series in once for many runs', () => {
    const kernel = createKernel();
    const memories = vi.fn(WebAssembly.Memory);
    const { Module, Instance } = WebAssembly;
    vi.stubGlobal('WebAssembly', { Module, Instance, Memory: memories });
    const bars = makeBars({ count: 500, seed: 4 });
    const first = run(kernel, bars);
    expect(run(kernel, bars)).toStrictEqual(first);
    expect(memories).toHaveBeenCalledTimes(1);
    run(kernel, makeBars({ count: 500, seed: 5 }));
    expect(memories).toHaveBeenCalledTimes(2);
  });

  test('begins anew after a run that was given up', () => {
    const kernel = createKernel();
    const bars = makeBars({ count: 2000, seed: 4 });
    kernel.run(bars, restless(bars), defaultSettings, 100).next();
    expect(run(kernel, bars)).toStrictEqual(reference(bars));
  });
});
