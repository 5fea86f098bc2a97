/** The kernels in a real Chromium: the hash that Node gives the same two thousand runs. */
import { expect, test } from 'vitest';
import golden from '../../tests/golden/regression/many-runs.json' with { type: 'json' };
import { hashOfManyRuns, lastOf } from '../../tests/fuzz/many-runs.ts';
import { createKernel, typescriptKernel } from './kernel.ts';

test('Chromium runs the WASM kernel', () => {
  expect(createKernel().name).toBe('wasm');
});

test.each([createKernel(), typescriptKernel])('$name comes to the hash on record', (kernel) => {
  const hash = hashOfManyRuns(({ bars, signals, settings }) =>
    lastOf(kernel.run(bars, signals, settings)),
  );
  expect(hash).toBe(golden.hash);
});
