/** Studies and checks of runs that walk inside their bars or read another symbol. */
import { expect, test } from 'vitest';
import type { InnerPrices } from '#core/execution/order-desk.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { innerTicks } from '#core/market/inner-prices.ts';
import { companionsDuring } from '#core/optimise/beside.ts';
import { luckOf } from '#core/optimise/luck.ts';
import { endOfFactors, tripFactors } from '#core/optimise/studies/path-end.ts';
import type { StudyRequest } from '#core/optimise/studies/run-study.ts';
import { standardOptions } from '#core/optimise/studies/study.ts';
import { tradeOrder } from '#core/optimise/trade-order.ts';
import { trialInputs } from '#core/optimise/sweep.ts';
import { mean, sampleVariance } from '#core/statistics/moments.ts';
import { dailyReturns, dayEndBars } from '#core/statistics/returns.ts';
import { backtest } from '#workers/backtest/engine.ts';
import { bars, crossing, searchOf, stored, takerOf, ticks } from '#workers/optimise/made-shelf.ts';
import { openStudies } from './study-run.ts';

const settings = (path: RunSettings['path']): RunSettings => ({ ...defaultSettings, path });
const searched = (path: RunSettings['path']) => searchOf({ settings: settings(path) });
const request = (change: Partial<StudyRequest> = {}): StudyRequest => ({
  seriesId: 'EURUSD.H1',
  fromMs: bars.timesMs[0]!,
  toMs: bars.timesMs.at(-1)! + 1,
  source: crossing,
  inputs: {},
  settings: settings('ticks'),
  study: 'fills',
  options: { ...standardOptions, worseRate: 0, skipShare: 0 },
  seed: 2,
  ...change,
});

function open(prices = stored) {
  const studies = openStudies({ takePrices: takerOf(prices), nowMs: () => 0 });
  return {
    async study(asked: StudyRequest) {
      const part = await studies.study(asked, { from: 0, to: 3 }, () => undefined);
      if (!part.ok) throw new Error(part.error.code);
      return part.value!;
    },
    check: (asked: StudyRequest) => studies.check(asked, () => undefined),
    reality: studies.reality,
  };
}

function run(over: Bars, inner: InnerPrices | null, inputs: Readonly<Record<string, number>> = {}) {
  const asked = { source: crossing, inputs, settings: settings('ticks') };
  const steps = backtest({ bars: over, inner, ...asked });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return step.value.value;
}

async function backtestAlongTicks(inputs: Readonly<Record<string, number>> = {}) {
  const prices = await takerOf(stored)(request());
  if (!prices.ok) throw new Error(prices.error.detail);
  const { outcome } = run(bars, prices.value.beside.inner, inputs);
  return { prices: prices.value, outcome };
}

test('fills that are no worse make the run along its ticks', async () => {
  const { real, returnPct } = await open().study(request());
  const { roundTrips } = (await backtestAlongTicks()).outcome;
  expect(real).toEqual(endOfFactors(tripFactors(roundTrips, defaultSettings.cash)));
  expect([...returnPct]).toEqual(new Array(3).fill(real.returnPct));
  const onBars = await open().study(request({ settings: settings('pessimistic') }));
  expect(onBars.real).not.toEqual(real);
});

test('a stretch of the prices is walked along what lies inside its own bars', async () => {
  const stretch = { fromMs: bars.timesMs[100]!, toMs: bars.timesMs[350]! };
  const { real } = await open().study(request(stretch));
  const part = sliceBars(bars, 100, 350);
  const inner = innerTicks(part, 'H1', ticks);
  const { roundTrips } = run(part, inner).outcome;
  expect(roundTrips.count).toBeGreaterThan(10);
  expect(real).toEqual(endOfFactors(tripFactors(roundTrips, defaultSettings.cash)));
});

test.each(['noise', 'blocks'] as const)(
  'by %s paths and run are compared on the bars alone, whatever is stored',
  async (study) => {
    const along = await open().study(request({ study }));
    const onBars = await open().study(request({ study, settings: settings('pessimistic') }));
    expect(along).toEqual(onBars);
    expect(await open({ 'EURUSD.H1': bars }).study(request({ study }))).toEqual(onBars);
  },
);

test('luck shuffles bars alone, and orders the round trips that there were', async () => {
  const ask = {
    trial: 4,
    segment: 0,
    objective: 'returnPct',
    scope: 'rule',
    shuffles: 3,
    seed: 1,
  } as const;
  const luck = (path: RunSettings['path'], beside?: Parameters<typeof luckOf>[3]) => {
    const steps = luckOf({ ...ask, sweep: searched(path) }, bars, undefined, beside);
    let step = steps.next();
    while (!step.done) step = steps.next();
    if (!step.value.ok) throw new Error(step.value.error.code);
    return step.value.value;
  };
  const { prices, outcome } = await backtestAlongTicks(trialInputs(searched('ticks'), 4));
  const [along, onBars] = [luck('ticks', prices.beside), luck('pessimistic')];
  expect(along.score).toBe(onBars.score);
  expect(along.shuffled).toEqual(onBars.shuffled);
  const order = { runs: 10_000, seed: 1 };
  expect(along.order).toEqual(tradeOrder(outcome.roundTrips.profit, defaultSettings.cash, order));
  expect(along.order).not.toEqual(onBars.order);
});

test('a reality check counts the days of trials as they were searched', async () => {
  const sweep = searched('ticks');
  const asked = { sweep, segment: 0, draws: 5, blockDays: 3, seed: 1 };
  const part = await open().reality(asked, { from: 4, to: 5 }, () => undefined);
  const { outcome } = await backtestAlongTicks(trialInputs(sweep, 4));
  const { returns } = dailyReturns(outcome.equity, dayEndBars(bars.timesMs));
  const own = mean(returns)! / Math.sqrt(sampleVariance(returns)!);
  expect(part).toMatchObject({ ok: true, value: { best: own } });
});

const reading = request({
  source: `${crossing}exit long when close on "GBPUSD" < sma(close, 9) on "GBPUSD"\n`,
});

test('rules that read another symbol are studied and checked', async () => {
  const checked = await open().check(reading);
  expect(checked).toMatchObject({ ok: true, value: { lookAhead: { leak: null } } });
  if (!checked.ok) return;
  expect(checked.value.lookAhead.cuts).toBeGreaterThan(30);
  expect(checked.value.warmUp!.rows.length).toBeGreaterThan(2);
  for (const study of ['fills', 'noise', 'blocks'] as const) {
    expect((await open().study({ ...reading, study })).returnPct).toHaveLength(3);
  }
});

test('what is missing is said by its code', async () => {
  const alone = { 'EURUSD.H1': bars };
  const missing = { ok: false, error: { code: 'run.symbol-missing' } };
  expect(await open(alone).check(reading)).toMatchObject(missing);
  await expect(open(alone).study(request())).rejects.toThrow('run.inner-missing');
});

test('a check sees of other symbols what had opened before the bars were cut off', () => {
  const other = stored['GBPUSD.H1'] as Bars;
  const part = sliceBars(bars, 20, 90);
  const cut = companionsDuring(new Map([['GBPUSD', other]]), part, bars).get('GBPUSD')!;
  const during = other.timesMs.filter(
    (time) => time >= bars.timesMs[20]! && time < bars.timesMs[90]!,
  );
  expect([...cut.timesMs]).toEqual([...during]);
  const whole = companionsDuring(new Map([['GBPUSD', other]]), bars, bars).get('GBPUSD')!;
  expect(whole.timesMs.at(-1)).toBe(other.timesMs.at(-1));
});
