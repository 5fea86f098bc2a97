/** Searches of every kind through an archive, and those that cannot be as they say. */
import { strToU8 } from 'fflate';
import { expect, test } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import { guides } from '#core/optimise/guided.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import { searchMethods, type Sweep } from '#core/optimise/sweep.ts';
import type { Entries } from './archive-file.ts';
import { readSweeps } from './archive-sweeps.ts';

const bars = makeBars({ count: 600, seed: 3 });

function read(sweep: Sweep) {
  const entries = {
    'sweeps.json': strToU8(JSON.stringify([sweep])),
    'sweep-batches.json': strToU8('[]'),
    'sweep-batches.bin': new Uint8Array(0),
  };
  return readSweeps(entries as Partial<Entries> as Entries);
}
const learning = (method: 'genetic' | 'bayesian', change: Partial<Sweep> = {}) =>
  makeSweep(bars, { method, trials: 40, batchTrials: guides[method]!.batchTrials, ...change });

test.each(searchMethods)('a search by %s comes back as it was', (method) => {
  const sweep = makeSweep(bars, { method, batchTrials: guides[method]?.batchTrials ?? 125 });
  expect(read(sweep)).toEqual({ ok: true, value: { sweeps: [sweep], sweepBatches: [] } });
});

test('the folds of a cross-validation come back with their gaps', () => {
  const sweep = makeSweep(bars, { validation: { kind: 'purged', folds: 4, embargoBars: 7 } });
  expect(sweep.segments.filter(({ without }) => without?.embargoBars === 7)).toHaveLength(4);
  expect(read(sweep)).toEqual({ ok: true, value: { sweeps: [sweep], sweepBatches: [] } });
});

test('generations of another size would wait for each other, and are refused', () => {
  const refused = { ok: false, error: { code: 'store.archive-invalid' } };
  expect(read(learning('genetic', { batchTrials: 125 }))).toMatchObject(refused);
  const axes = [{ name: 'fast', from: 1, to: 9_000, step: 1 }];
  expect(read(learning('bayesian', { axes, trials: 2_001 }))).toMatchObject(refused);
  expect(read(learning('bayesian'))).toMatchObject({ ok: true });
});
