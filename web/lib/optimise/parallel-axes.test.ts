import { expect, test } from 'vitest';
import { emptyColumns, trialStateCode } from '#core/optimise/measures.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { brushed, parallelAxes, shareOf } from './parallel-axes.ts';

const figures = ['returnPct', 'roundTrips'];
const axes = [
  { name: 'fast', from: 1, to: 3, step: 1 },
  { name: 'slow', from: 10, to: 30, step: 10 },
];
const sweep = makeSweep(makeBars({ count: 50, seed: 1 }), { axes, figures });
const columns = emptyColumns(9, { segments: 1, figures });
columns.states.fill(trialStateCode.ran);
for (let trial = 0; trial < 9; trial++) columns.values.set([trial - 4, 20], trial * 2);
const order = Int32Array.of(8, 7, 6, 5, 4, 3, 2, 1, 0);
const shown = parallelAxes(sweep, columns, order, {
  segment: 0,
  tested: null,
  objective: 'returnPct',
});

test('each input and the objective have an axis from the least to the greatest value', () => {
  expect(shown.map(({ label, low, high }) => [label, low, high])).toEqual([
    ['fast', 1, 3],
    ['slow', 10, 30],
    ['Return', -4, 4],
  ]);
  expect(shareOf(shown[1]!, 20)).toBe(0.5);
});

test('trials within all brushes stay, in their order', () => {
  const some = brushed(order, shown, { 'input fast': { low: 2, high: 3 } });
  expect([...some]).toEqual([8, 7, 6, 5, 4, 3]);
  const both = { 'input fast': { low: 2, high: 3 }, 'figure 0': { low: -1, high: 2 } };
  expect([...brushed(order, shown, both)]).toEqual([6, 5, 4, 3]);
  expect(brushed(order, shown, {})).toBe(order);
});
