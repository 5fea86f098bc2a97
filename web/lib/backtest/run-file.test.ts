/** A run's file is the JSON it would be if it were written at once. */
import { expect, it } from 'vitest';
import type { Run } from '#core/collections/run.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { jsonSteps } from './run-file.ts';

function trips(count: number) {
  const numbers = (step: number) => Float64Array.from({ length: count }, (_, i) => i * step);
  const bars = (from: number) => Int32Array.from({ length: count }, (_, i) => from + 2 * i);
  return {
    count,
    entryBar: bars(0),
    exitBar: bars(1),
    entryMs: numbers(60_000),
    exitMs: numbers(60_000),
    entryPrice: numbers(0.5),
    exitPrice: numbers(0.25),
    units: numbers(-1),
    profit: numbers(3),
    commission: numbers(0),
    exitReason: new Uint8Array(count),
    ambiguous: new Uint8Array(count),
    market: new Uint16Array(count).fill(1),
  };
}

const run = {
  strategyName: '"roundTrips": []',
  source: 'plot close',
  inputs: { slow: 3 },
  settings: defaultSettings,
  seriesId: 'A-D1',
  hash: 'ab',
  bars: 9,
  firstMs: 0,
  lastMs: 1,
  stats: {},
  createdMs: 2,
  note: '',
} as unknown as Run;

it('holds every round trip, whatever the run is called', () => {
  for (const count of [0, 1, 500, 1203]) {
    const columns = trips(count);
    const steps = jsonSteps(run, columns);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const text = step.value.join('');
    const file = JSON.parse(text);
    expect(text).toBe(`${JSON.stringify(file, null, 2)}\n`);
    expect(file.strategy.name).toBe(run.strategyName);
    expect(file.roundTrips).toHaveLength(count);
    file.roundTrips.forEach(
      (each: { readonly profit: number; readonly exitBar: number }, i: number) =>
        expect(each).toMatchObject({
          profit: columns.profit[i],
          exitBar: columns.exitBar[i],
          market: 1,
        }),
    );
  }
});
