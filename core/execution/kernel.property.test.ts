/** The kernel and the reference broker are two programs with one meaning. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase, settingsArbitrary, type RunCase } from '../../tests/fuzz/run-case.ts';
import { interleave } from './kernel-bars.ts';
import { createScratch, runKernel, type KernelOptions } from './kernel.ts';
import { exitReasonCode, exitReasons, type Outcome } from './outcome.ts';
import { runReference } from './reference-broker.ts';

function kernel({ bars, signals, settings }: RunCase, options: KernelOptions = {}): Outcome {
  const steps = runKernel(interleave(bars), signals, settings, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const reference = ({ bars, signals, settings }: RunCase) => runReference(bars, signals, settings);

describe('the kernel', { timeout: 60_000 }, () => {
  test('is tried on runs that meet every kind of exit', () => {
    const reasons = new Set<string>();
    let ambiguous = 0;
    for (const run of fc.sample(runCase, { numRuns: 1000, seed: 1 })) {
      const { roundTrips } = reference(run);
      roundTrips.exitReason.forEach((code) => reasons.add(exitReasons[code]!));
      ambiguous += roundTrips.ambiguous.reduce((sum, flag) => sum + flag, 0);
    }
    const known = exitReasons.slice(0, exitReasonCode.end + 1);
    expect([...reasons].sort()).toEqual(known.toSorted());
    expect(ambiguous).toBeGreaterThan(10);
  });

  test('gives the very outcome of the reference broker', () => {
    fc.assert(
      fc.property(runCase, (run) => {
        expect(kernel(run)).toStrictEqual(reference(run));
      }),
      { numRuns: 2_000 },
    );
  });

  test('gives the same outcome however it is sliced', () => {
    fc.assert(
      fc.property(runCase, fc.integer({ min: 1, max: 20 }), (run, barsPerSlice) => {
        expect(kernel(run, { barsPerSlice })).toStrictEqual(kernel(run));
      }),
      { numRuns: 1000 },
    );
  });

  test('is not swayed by what an earlier run left in its scratch', () => {
    fc.assert(
      fc.property(runCase, settingsArbitrary, (run, otherSettings) => {
        const scratch = createScratch(run.bars.length);
        kernel({ ...run, settings: otherSettings }, { scratch });
        const outcome = kernel(run, { scratch });
        expect(outcome).toStrictEqual(reference(run));
        expect(outcome.equity).toBe(scratch.equity);
      }),
      { numRuns: 1000 },
    );
  });

  test('reports a share that rises to at most the whole', () => {
    fc.assert(
      fc.property(runCase, (run) => {
        const { bars, signals, settings } = run;
        const shares = [...runKernel(interleave(bars), signals, settings, { barsPerSlice: 3 })];
        expect(shares).toEqual([...shares].sort((a, b) => a - b));
        expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
      }),
    );
  });
});
