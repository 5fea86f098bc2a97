/** Which runs a kernel may make: those on which it cannot differ from the broker. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCase, settingsArbitrary, wholeSettingsArbitrary } from '../../tests/fuzz/run-case.ts';
import { interleave } from './kernel-bars.ts';
import { runKernel } from './kernel.ts';
import { isSimple } from './is-simple.ts';
import { runReference } from './reference-broker.ts';

const { signals } = fc.sample(runCase, { numRuns: 1, seed: 1 })[0]!;

test('settings that the kernels know make a simple run', () => {
  fc.assert(
    fc.property(settingsArbitrary, (settings) => {
      expect(isSimple(settings, signals)).toBe(true);
    }),
  );
});

test('a run called simple is one on which kernel and broker agree', () => {
  let simple = 0;
  fc.assert(
    fc.property(runCase, settingsArbitrary, wholeSettingsArbitrary, (run, known, whole) => {
      // One setting at a time is not the default.
      for (const key of Object.keys(whole) as (keyof typeof whole)[]) {
        const settings = { ...known, [key]: whole[key] };
        if (!isSimple(settings, run.signals)) continue;
        simple++;
        const steps = runKernel(interleave(run.bars), run.signals, settings);
        let step = steps.next();
        while (!step.done) step = steps.next();
        expect(step.value).toStrictEqual(runReference(run.bars, run.signals, settings));
      }
    }),
    { numRuns: 300 },
  );
  expect(simple).toBeGreaterThan(1000);
}, 60_000);
