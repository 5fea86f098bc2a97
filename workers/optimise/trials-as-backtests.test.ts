/** A trial of a search against the backtest of the same inputs, settings and prices. */
import { describe, expect, test } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { trialRunner } from '#core/optimise/evaluator.ts';
import { figures } from '#core/optimise/figures.ts';
import { figureReader, type TrialColumns } from '#core/optimise/measures.ts';
import { rulerFor } from '#core/optimise/purged-ruler.ts';
import { asWalked, markOf, trialInputs, type Sweep } from '#core/optimise/sweep.ts';
import { ok } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { backtest, type FinishedRun } from '#workers/backtest/engine.ts';
import { openBatches } from './batches.ts';
import {
  bars,
  crossing,
  rowOf,
  searchOf,
  stored,
  takerOf,
  ticks,
  type StoredPrices,
} from './made-shelf.ts';

async function search(sweep: Sweep, prices = stored): Promise<TrialColumns> {
  const { open, batch } = openBatches({
    takePrices: takerOf(prices),
    saveBatch: async () => ok(null),
  });
  const opened = await open(sweep);
  if (!opened.ok) throw new Error(opened.error.code);
  const columns = await batch(0);
  if (!columns.ok) throw new Error(columns.error.code);
  return columns.value;
}

async function backtestOf(sweep: Sweep, trial: number): Promise<FinishedRun> {
  const { source, settings } = sweep;
  const prices = await takerOf(stored)(sweep);
  if (!prices.ok) throw new Error(prices.error.detail);
  const { inner, companions } = prices.value.beside;
  const inputs = trialInputs(sweep, trial);
  const steps = backtest({ bars, inner, companions, source, inputs, settings });
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return step.value.value;
}

async function trialOf(sweep: Sweep, trial: number) {
  const prices = await takerOf(stored)(sweep);
  if (!prices.ok) throw new Error(prices.error.detail);
  const program = compileRules(sweep.source).program!;
  const came = trialRunner(program, bars, sweep, prices.value.beside)(trialInputs(sweep, trial));
  if (came.state !== 'ran') throw new Error(came.state);
  return came.outcome;
}

const settings = (change: Partial<RunSettings>): RunSettings => ({ ...defaultSettings, ...change });
const kinds: readonly (readonly [string, Partial<Sweep>])[] = [
  ['along ticks', { settings: settings({ path: 'ticks' }) }],
  ['along a lower timeframe', { settings: settings({ path: 'lowerTimeframe' }) }],
  [
    'of netted positions',
    { settings: settings({ path: 'ticks', positions: 'netting', units: 'fractional' }) },
  ],
  [
    'with a trailing stop',
    {
      settings: settings({ path: 'ticks', units: 'fractional' }),
      source: `${crossing}trail 0.0002\n`,
    },
  ],
  [
    'that reads another symbol',
    {
      settings: settings({ path: 'lowerTimeframe', exclusive: true }),
      source: crossing.replace(
        'crosses_above(a, b)',
        'a > b and close on "GBPUSD" > sma(close, slow) on "GBPUSD"',
      ),
    },
  ],
];

describe.each(kinds)('a trial %s', (_, change) => {
  test('makes the round trips and figures of the backtest', async () => {
    const sweep = searchOf(change);
    const columns = await search(sweep);
    const layout = { segments: 1, figures: sweep.figures };
    for (let trial = 0; trial < sweep.trials; trial += 5) {
      const { outcome, stats } = await backtestOf(sweep, trial);
      const own = await trialOf(sweep, trial);
      expect(own.roundTrips).toEqual(outcome.roundTrips);
      expect(outcome.roundTrips.count).toBeGreaterThan(3);
      for (const key of ['returnPct', 'sharpeGeometric', 'maxDrawdownPct', 'roundTrips'] as const) {
        expect(figureReader(columns, layout, 0, key)(trial)).toBe(stats[key] ?? NaN);
      }
    }
  });

  test('does so in every window and fold', async () => {
    for (const validation of [
      { kind: 'rolling', windows: 2, ratio: 1 },
      { kind: 'purged', folds: 3, embargoBars: 5 },
    ] as const) {
      const sweep = searchOf(change, validation);
      const columns = await search(sweep);
      const layout = { segments: sweep.segments.length, figures: sweep.figures };
      const { outcome, warmupBars } = await backtestOf(sweep, 7);
      sweep.segments.forEach((segment, at) => {
        const ruler = rulerFor(segment, bars);
        const facts = ruler.measure(outcome, sweep.settings.cash, warmupBars);
        for (const { key, compute } of figures) {
          const value = (facts && compute(facts)) ?? NaN;
          const read = figureReader(columns, layout, at, key)(7);
          expect(read).toBe(Number.isFinite(value) ? value : NaN);
        }
      });
    }
  });
});

test('a search along ticks finds other figures than one on the bars alone', async () => {
  const walked = await search(searchOf({ settings: settings({ path: 'ticks' }) }));
  const alone = await search(searchOf({ settings: settings({ path: 'pessimistic' }) }));
  expect(walked.values).not.toEqual(alone.values);
});

describe('a search goes on over the same prices alone', () => {
  const open = (sweep: Sweep, prices: StoredPrices) =>
    openBatches({ takePrices: takerOf(prices), saveBatch: async () => ok(null) }).open(sweep);
  const changed = { ok: false, error: { code: 'optimise.prices-changed' } };
  const inside = searchOf({ settings: settings({ path: 'lowerTimeframe' }) });
  const minutes = stored['EURUSD.M1'] as Bars;

  test('not where what moves inside its bars has changed', async () => {
    expect(await open(inside, stored)).toEqual(ok(null));
    const fewer = { ...stored, 'EURUSD.M1': sliceBars(minutes, 0, minutes.length - 1) };
    expect(await open(inside, fewer)).toMatchObject(changed);
  });

  test('not where something finer is stored now', async () => {
    const quarters = rowOf('EURUSD.M15', barsOfTicks(ticks, 'M15'));
    const begun = { ...inside, beside: [markOf(quarters)] };
    expect(await open(begun, stored)).toMatchObject(changed);
  });

  test('not where another symbol that its rules read has changed', async () => {
    const reading = searchOf({ source: `${crossing}exit long when close on "GBPUSD" < open\n` });
    expect(await open(reading, stored)).toEqual(ok(null));
    const other = stored['GBPUSD.H1'] as Bars;
    const fewer = { ...stored, 'GBPUSD.H1': sliceBars(other, 1, other.length) };
    expect(await open(reading, fewer)).toMatchObject(changed);
  });

  test('and says what is missing', async () => {
    const alone = { 'EURUSD.H1': bars };
    expect(await open(inside, alone)).toMatchObject({ error: { code: 'run.inner-missing' } });
    const reading = searchOf({ source: `${crossing}exit long when close on "GBPUSD" < open\n` });
    expect(await open(reading, alone)).toMatchObject({ error: { code: 'run.symbol-missing' } });
  });

  test('one kept from when searches walked the bars alone goes on as it began', async () => {
    const old = { ...searchOf({ settings: settings({ path: 'ticks' }) }), beside: undefined };
    expect(await open(old, stored)).toMatchObject(changed);
    const walked = asWalked(old);
    expect(walked.settings.path).toBe('pessimistic');
    expect(await open(walked, stored)).toEqual(ok(null));
    expect(asWalked(inside)).toBe(inside);
  });
});
