/** What a page is told of a stored run. */
import { expect, test } from 'vitest';
import { fail, ok } from '#core/result.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { madeBars } from '#core/statistics/made-run.ts';
import { backtest } from '#workers/backtest/engine.ts';
import { runRecord } from '#workers/backtest/run-record.ts';
import { openContents } from './run-contents.ts';

const price = (i: number) => 100 + 20 * Math.sin(i / 7) + i / 50;
const bars = madeBars(
  Array.from({ length: 400 }, (_, i) => [price(i), price(i) + 2, price(i) - 2, price(i + 1)]),
);
const request = {
  runId: 'one',
  seriesId: 'MADE-D1',
  strategyId: null,
  strategyName: 'Cross',
  source:
    'enter long when crosses_above(close, sma(close, 5))\nexit long when close < sma(close, 5)',
  inputs: {},
  settings: { ...defaultSettings, cash: 10_000 },
};

function stored() {
  const steps = backtest({ bars, ...request });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  const ids = { innerIds: [], companionIds: [] };
  return runRecord(request, ids, step.value.value, { createdMs: 0, tookMs: 1 });
}
const gone = async () => fail({ code: 'store.not-found' as const, detail: 'gone' });

test('a short run is told bar by bar, at the times of its prices', async () => {
  const record = stored();
  const { contents } = openContents({
    loadRun: async () => ok(record),
    loadBars: async () => ok(bars),
  });
  const told = await contents('one');
  if (!told.ok || !told.value) return expect.unreachable();
  expect(told.value.exactTimes).toBe(true);
  expect(told.value.roundTrips).toEqual(record.arrays.roundTrips);
  expect(told.value.curve.map(({ ms }) => ms)).toEqual([...bars.timesMs]);
  expect(told.value.curve.map(({ equity }) => equity)).toEqual([...record.arrays.equity]);
  expect(told.value.facts.ruined).toBe(false);
});

test('without its prices the times are estimates, from the first to the last of the run', async () => {
  const record = stored();
  const { contents } = openContents({ loadRun: async () => ok(record), loadBars: gone });
  const told = await contents('one');
  if (!told.ok || !told.value) return expect.unreachable();
  expect(told.value.exactTimes).toBe(false);
  expect(told.value.curve[0]!.ms).toBe(record.run.firstMs);
  expect(told.value.curve.at(-1)!.ms).toBe(record.run.lastMs);
});

test('nothing is told of a run that is not stored', async () => {
  const { contents } = openContents({ loadRun: async () => ok(null), loadBars: gone });
  expect(await contents('one')).toEqual(ok(null));
});
