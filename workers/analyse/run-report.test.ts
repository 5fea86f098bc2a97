/** Reports of stored runs, with their prices and without. */
import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { fail, ok } from '#core/result.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { madeBars } from '#core/statistics/made-run.ts';
import { backtest } from '#workers/backtest/engine.ts';
import { runRecord } from '#workers/backtest/run-record.ts';
import { openReports } from './run-report.ts';

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

function stored(seen: Bars) {
  const { source, inputs, settings } = request;
  const steps = backtest({ bars: seen, source, inputs, settings });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return runRecord(request, { innerIds: [], companionIds: [] }, step.value.value, {
    createdMs: 0,
    tookMs: 1,
  });
}

test('prices added since on both sides change nothing', async () => {
  const record = stored(sliceBars(bars, 40, 360));
  const reports = openReports({
    loadRun: async () => ok(record),
    loadBars: async () => ok(bars),
  });
  const alone = openReports({
    loadRun: async () => ok(record),
    loadBars: async () => ok(sliceBars(bars, 40, 360)),
  });
  const report = await reports.report('one');
  expect(report).toEqual(await alone.report('one'));
  if (!report.ok) return expect.unreachable();
  expect(report.value.exactTimes).toBe(true);
  expect(report.value.roundTrips).toBeGreaterThan(5);
  expect(report.value.excursions!.number).toHaveLength(report.value.roundTrips);
  expect(report.value.rolling!.windowDays).toBe(80);
});

test('without the prices all but the excursions is told', async () => {
  const record = stored(bars);
  const { report } = openReports({
    loadRun: async () => ok(record),
    loadBars: async () => fail({ code: 'store.not-found', detail: 'gone' }),
  });
  const answer = await report('one');
  if (!answer.ok) return expect.unreachable();
  expect(answer.value.exactTimes).toBe(false);
  expect(answer.value.excursions).toBeNull();
  const growth = answer.value.years.reduce((total, { ratio }) => total * (1 + ratio), 1);
  expect(growth * 10_000).toBeCloseTo(record.arrays.equity.at(-1)!, 6);
});

test('a run on several markets brings its own times, and tells no excursions', async () => {
  const record = stored(bars);
  const timelineMs = bars.timesMs.map((time) => time + 1);
  const arrays = { ...record.arrays, timelineMs };
  const { report } = openReports({
    loadRun: async () => ok({ ...record, arrays }),
    loadBars: async () => ok(bars),
  });
  const answer = await report('one');
  if (!answer.ok) return expect.unreachable();
  expect(answer.value).toMatchObject({ exactTimes: true, excursions: null });
});

test('a run that is not stored is said to be missing', async () => {
  const { report } = openReports({
    loadRun: async () => ok(null),
    loadBars: async () => ok(bars),
  });
  expect(await report('two')).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
});
