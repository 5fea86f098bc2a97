/** Paging a chart through a long series: back to its start, forward to its end, view kept. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  newerWindow,
  newestWindow,
  olderWindow,
  shiftOf,
  windowBars,
  type BarWindow,
} from './bar-window.ts';

/** What the store answers: the last `windowBars` times before the window's end. */
function load(series: Float64Array, at: BarWindow): Float64Array {
  const { beforeMs } = at;
  const end = beforeMs === null ? series.length : series.findIndex((ms) => ms >= beforeMs);
  return series.subarray(Math.max(0, end - windowBars), end);
}
const seriesOf = (steps: readonly number[], length: number) => {
  let ms = 0;
  return Float64Array.from({ length }, (_, i) => (ms += steps[i % steps.length]!));
};
const anySeries = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), fc.nat(30_000))
  .map(([steps, length]) => seriesOf(steps, length + 1));

test('going older reaches the first bar, each window sharing bars with the last', () => {
  fc.assert(
    fc.property(anySeries, fc.integer({ min: 10, max: 3_500 }), (series, viewBars) => {
      let at: BarWindow | null = newestWindow;
      let shown = load(series, at);
      for (let steps = 0; at !== null; steps++) {
        expect(steps).toBeLessThan(60);
        const next = olderWindow(at, shown, { seriesFirstMs: series[0]!, viewBars });
        if (next) {
          const older = load(series, next);
          expect(older.length).toBeLessThanOrEqual(windowBars);
          expect(shiftOf(shown, older)).toBeGreaterThan(0);
          shown = older;
        }
        at = next;
      }
      expect(shown[0]).toBe(series[0]);
    }),
    { numRuns: 40 },
  );
});

test('going newer returns through the same windows to the newest bar', () => {
  const series = seriesOf([60_000], 21_000);
  const passed: BarWindow[] = [newestWindow];
  for (;;) {
    const at = passed.at(-1)!;
    const next = olderWindow(at, load(series, at), { seriesFirstMs: series[0]!, viewBars: 200 });
    if (!next) break;
    passed.push(next);
  }
  let at = passed.pop()!;
  while (passed.length > 0) {
    at = newerWindow(at)!;
    expect(at.beforeMs).toBe(passed.pop()!.beforeMs);
  }
  expect(newerWindow(at)).toBeNull();
});

test('a bar is found again at its shifted place', () => {
  fc.assert(
    fc.property(anySeries, fc.nat(), fc.nat(), (series, from, to) => {
      const old = series.subarray(from % series.length);
      const next = series.subarray(to % series.length);
      const shift = shiftOf(old, next);
      expect(shift).not.toBeNull();
      const shared = old.findIndex((ms) => ms >= next[0]!);
      expect(next[shared + shift!]).toBe(old[shared]);
    }),
  );
});

test('windows that share no bar have no shift', () => {
  expect(shiftOf(Float64Array.of(1, 2, 3), Float64Array.of(7, 8))).toBeNull();
  expect(shiftOf(Float64Array.of(7, 8), Float64Array.of(1, 2, 3))).toBeNull();
  expect(shiftOf(Float64Array.of(), Float64Array.of(1))).toBeNull();
});

test('a view as wide as the window pages nowhere: the next window could not hold it', () => {
  const series = seriesOf([60_000], 21_000);
  const shown = load(series, newestWindow);
  const view = { seriesFirstMs: series[0]!, viewBars: windowBars - 50 };
  expect(olderWindow(newestWindow, shown, view)).toBeNull();
});
