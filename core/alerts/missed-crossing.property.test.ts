import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barBuilder, type BotBar } from '../automation/bar-builder.ts';
import { alertWays } from './alert.ts';
import { hasCrossed, sideOf, type Side } from './crossing.ts';
import { lastCrossing } from './missed-crossing.ts';

const [lengthMs, level] = [60_000, 100];
const way = fc.constantFrom(...alertWays);
const prices = fc.array(fc.integer({ min: 97, max: 103 }), { minLength: 1, maxLength: 40 });

/** Bars of seven prices each, and of each price whether it crossed. */
function play(values: readonly number[], asked: (typeof alertWays)[number]) {
  const builder = barBuilder(lengthMs, -1);
  const bars: BotBar[] = [];
  const crossedMs: number[] = [];
  let side: Side | null = null;
  values.forEach((value, i) => {
    const timeMs = Math.floor(i / 7) * lengthMs + (i % 7);
    const bar = builder.put(value, timeMs);
    if (bar) bars.push(bar);
    const now = sideOf(value, level);
    if (hasCrossed(side, now, asked)) crossedMs.push(Math.floor(timeMs / lengthMs) * lengthMs);
    side = now;
  });
  const last = builder.pass(Infinity);
  return { bars: last ? [...bars, last] : bars, crossedMs };
}

test('what bars show did happen, in the bar that is named', () => {
  fc.assert(
    fc.property(prices, way, (values, asked) => {
      const { bars, crossedMs } = play(values, asked);
      const found = lastCrossing(bars, level, asked);
      if (found) expect(crossedMs).toContain(found.openMs);
    }),
  );
});

test('a crossing that nothing undoes is seen, in its bar', () => {
  fc.assert(
    fc.property(prices, way, (values, asked) => {
      const move = asked === 'above' ? [97, 103] : [103, 97];
      const { bars, crossedMs } = play([...values, ...move], asked);
      expect(lastCrossing(bars, level, asked)?.openMs).toBe(crossedMs.at(-1));
    }),
  );
});

test('a leap between two bars and one over and back within a bar are seen', () => {
  const flat = (openMs: number, at: number) => ({ openMs, open: at, high: at, low: at, close: at });
  const leap = [flat(0, 99), flat(60_000, 101)];
  expect(lastCrossing(leap, level, 'above')?.openMs).toBe(60_000);
  expect(lastCrossing(leap, level, 'below')).toBeNull();
  const spike = [{ ...flat(0, 99), high: 101 }, flat(60_000, 99)];
  expect(lastCrossing(spike, level, 'above')?.openMs).toBe(0);
  expect(lastCrossing(spike, level, 'touch')?.openMs).toBe(0);
  expect(lastCrossing([flat(0, 101), flat(60_000, 102)], level, 'touch')).toBeNull();
});
