/** Whole runs of random rules on random bars: one meaning, and no look into the future. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interleave } from '#core/execution/kernel-bars.ts';
import { runKernel } from '#core/execution/kernel.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import type { Signals } from '#core/execution/signals.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { compileRules } from '#core/rules/compile.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import { ruleText } from '../../tests/fuzz/rule-text.ts';
import { settingsArbitrary } from '../../tests/fuzz/run-case.ts';

const bars = fc
  .record({ seed: fc.nat(), count: fc.integer({ min: 20, max: 400 }), ask: fc.boolean() })
  .map(makeBars);

function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function signalsOf(source: string, on: Bars): Signals {
  const { program, problems } = compileRules(source);
  if (!program) throw new Error(JSON.stringify(problems));
  const signals = toEnd(evaluateRules(program, on, {}));
  if (!signals.ok) throw new Error(signals.error.detail);
  return signals.value;
}

const tripColumns = ['entryBar', 'exitBar', 'entryPrice', 'exitPrice', 'units', 'profit'] as const;

describe('random rules', { timeout: 120_000 }, () => {
  test('come to the same in the kernel and in the reference broker', () => {
    let roundTrips = 0;
    fc.assert(
      fc.property(ruleText, bars, settingsArbitrary, (source, on, settings) => {
        const signals = signalsOf(source, on);
        const outcome: Outcome = toEnd(runKernel(interleave(on), signals, settings));
        roundTrips += outcome.roundTrips.count;
        expect(outcome).toStrictEqual(runReference(on, signals, settings));
      }),
      { numRuns: 400 },
    );
    expect(roundTrips).toBeGreaterThan(1000);
  });

  test('change nothing in the past when the future is cut off', () => {
    fc.assert(
      fc.property(ruleText, bars, settingsArbitrary, fc.nat(), (source, on, settings, cut) => {
        const open = { ...settings, closeAtEnd: false };
        const length = 1 + (cut % on.length);
        const whole = runReference(on, signalsOf(source, on), open);
        const past = sliceBars(on, 0, length);
        const part = runReference(past, signalsOf(source, past), open);
        expect(part.equity).toStrictEqual(whole.equity.slice(0, length));
        for (const name of tripColumns) {
          const before = whole.roundTrips[name].slice(0, part.roundTrips.count);
          expect(part.roundTrips[name]).toStrictEqual(before);
        }
      }),
      { numRuns: 250 },
    );
  });
});
