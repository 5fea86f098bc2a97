import { expect, it } from 'vitest';
import type { Run } from '#core/collections/run.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { honestyNotes } from './honesty.ts';
import { verdict } from './verdict.ts';

function run(change: Partial<Run>, stats: Record<string, number | null> = {}): Run {
  return {
    id: 'a',
    strategyId: null,
    strategyName: 'Cross',
    source: '',
    inputs: {},
    settings: {
      ...defaultSettings,
      commission: { ...defaultSettings.commission, fixed: 1 },
      spread: { ...defaultSettings.spread, rate: 0.001 },
    },
    seriesId: 'GOOG.D1',
    hash: '00',
    bars: 2000,
    firstMs: 0,
    lastMs: 1,
    warmupBars: 10,
    roundTrips: 200,
    ambiguousRoundTrips: 0,
    droppedEntries: 0,
    stats: stats as Run['stats'],
    createdMs: 0,
    tookMs: 1,
    note: '',
    ...change,
  };
}

const ids = (given: Run, facts = {}) =>
  honestyNotes({
    run: given,
    hasAsk: false,
    ruined: false,
    openProfit: 0,
    capped: 0,
    ...facts,
  }).map((note) => note.id);

it.each([
  [10, 5, 'Beats buying and holding'],
  [10, 50, 'Makes less than buying and holding'],
  [-10, -50, 'Loses money'],
  [10, -5, 'Makes money'],
])('a return of %d %% against %d %% of holding: %s', (returnPct, buyHoldReturnPct, title) => {
  expect(verdict(run({}, { returnPct, buyHoldReturnPct })).title).toBe(title);
});

it('says that nothing was traded before it speaks of returns', () => {
  expect(verdict(run({ roundTrips: 0 }, { returnPct: 0, buyHoldReturnPct: 9 })).title).toBe(
    'Never traded',
  );
});

it('always says that nothing was held back, and nothing else of a clean run', () => {
  expect(ids(run({}))).toEqual(['in-sample']);
});

it('calls a run without costs free, unless the file held the ask', () => {
  const free = run({ settings: defaultSettings });
  expect(ids(free)).toContain('free');
  expect(ids(free, { hasAsk: true })).toContain('cheap');
});

it('names bars that held both stop and target, dropped entries, leverage and few round trips', () => {
  const given = run({
    ambiguousRoundTrips: 3,
    droppedEntries: 2,
    roundTrips: 12,
    settings: { ...defaultSettings, margin: 0.02, fill: 'close' },
  });
  expect(ids(given, { openProfit: 5, ruined: true })).toEqual([
    'ruin',
    'few',
    'free',
    'ambiguous',
    'close',
    'leverage',
    'dropped',
    'open',
    'in-sample',
  ]);
});

it('names the currency of the prices, which the money is counted in', () => {
  const given = run({ seriesId: 'USDJPY.H1' });
  const note = honestyNotes({
    run: given,
    hasAsk: false,
    ruined: false,
    openProfit: 0,
    capped: 0,
  }).find(({ id }) => id === 'currency');
  expect(note?.title).toBe('Money is in JPY');
  expect(note?.text).toContain('10,000 JPY');
});

it('says of a run without round trips what kept them away', () => {
  const words = (given: Run, openProfit = 0) =>
    honestyNotes({ run: given, hasAsk: false, ruined: false, openProfit, capped: 0 })[0]!.text;
  expect(words(run({ roundTrips: 0 }))).toContain('Loosen a condition');
  expect(words(run({ roundTrips: 0, droppedEntries: 7 }))).toContain('none could be made');
  expect(words(run({ roundTrips: 0 }), 12)).toContain('still open');
});
