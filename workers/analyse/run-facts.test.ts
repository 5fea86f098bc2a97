import { expect, it } from 'vitest';
import type { Run } from '#core/collections/run.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import type { RunArrays } from '#workers/store/database.ts';
import { arrayFacts } from './run-facts.ts';

/** 10,000 afford 99 units at 100 and 0.1 %; after a loss of 1,000, the 89 of a short. */
const arrays: RunArrays = {
  runId: 'a',
  equity: Float64Array.of(10_000, 9000, 8950, 8960),
  roundTrips: {
    count: 3,
    entryBar: Int32Array.of(0, 1, 2),
    exitBar: Int32Array.of(1, 2, 3),
    entryMs: Float64Array.of(0, 1, 2),
    exitMs: Float64Array.of(1, 2, 3),
    entryPrice: Float64Array.of(100, 100, 100),
    exitPrice: Float64Array.of(90, 101, 101),
    units: Float64Array.of(99, -89, 10),
    profit: Float64Array.of(-1000, -50, 10),
    commission: Float64Array.of(0, 0, 0),
    exitReason: Uint8Array.of(0, 0, 0),
    ambiguous: Uint8Array.of(0, 0, 0),
  },
};

function run(source: string): Run {
  const settings = {
    ...defaultSettings,
    commission: { ...defaultSettings.commission, rate: 0.001 },
  };
  return { source, settings } as Run;
}

it('counts the positions for whose risk the money was too little', () => {
  expect(arrayFacts(run('stop 1% of close\n  Size risk 1%'), arrays).capped).toBe(2);
});

it('counts none where the size is no matter of risk', () => {
  expect(arrayFacts(run('# size risk 1%\nsize 100% of equity'), arrays).capped).toBe(0);
});

it('calls an account lost that a gap beyond a stop emptied, with nothing left open', () => {
  const profit = Float64Array.of(-1000, -50, -9500);
  const emptied = { ...arrays, equity: Float64Array.of(10_000, 9000, 8950, 0) };
  const facts = arrayFacts(run('stop 1% of close'), {
    ...emptied,
    roundTrips: { ...arrays.roundTrips, profit },
  });
  expect([facts.ruined, facts.openProfit]).toEqual([true, 0]);
});
