/** A thinned line keeps its ends and every extreme, so that no drawdown is drawn shallower. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equityPoints, fewerPoints, keptIndices, underwater } from './equity-points.ts';

const equityCurve = fc
  .array(fc.double({ min: -900, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 4_000 })
  .map((steps) => {
    let money = 10_000;
    return Float64Array.from(steps, (step) => (money += step));
  });

test('kept indices rise, include both ends and stay within the limit', () => {
  fc.assert(
    fc.property(equityCurve, fc.integer({ min: 10, max: 500 }), (equity, limit) => {
      const kept = keptIndices([equity, underwater(equity)], limit);
      expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 10));
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(equity.length - 1);
      for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeGreaterThan(kept[i - 1]!);
    }),
  );
});

test('highest, lowest and deepest drawdown survive', () => {
  fc.assert(
    fc.property(equityCurve, (equity) => {
      const falls = underwater(equity);
      const kept = [...keptIndices([equity, falls], 60)];
      const least = (line: Float64Array) => line.reduce((low, each) => Math.min(low, each));
      const most = (line: Float64Array) => line.reduce((high, each) => Math.max(high, each));
      expect(Math.max(...kept.map((i) => equity[i]!))).toBe(most(equity));
      expect(Math.min(...kept.map((i) => equity[i]!))).toBe(least(equity));
      expect(Math.min(...kept.map((i) => falls[i]!))).toBe(least(falls));
    }),
  );
});

test('drawdown is measured from the highest value so far', () => {
  expect([...underwater(Float64Array.of(100, 120, 90, 120, 60))]).toEqual([0, 0, -0.25, 0, -0.5]);
});

test('points thinned twice still show the deepest drawdown, the extremes and the end', () => {
  fc.assert(
    fc.property(equityCurve, (equity) => {
      const timesMs = Float64Array.from(equity.keys());
      const points = fewerPoints(equityPoints(timesMs, equity, 200), 60);
      const falls = underwater(equity);
      const least = (line: Float64Array) => line.reduce((low, each) => Math.min(low, each));
      expect(points.length).toBeLessThanOrEqual(60);
      expect(points.at(-1)).toEqual({
        bar: equity.length - 1,
        ms: equity.length - 1,
        equity: equity.at(-1)!,
        drawdownRatio: falls.at(-1)!,
      });
      expect(Math.min(...points.map((each) => each.drawdownRatio))).toBe(least(falls));
      expect(Math.min(...points.map((each) => each.equity))).toBe(least(equity));
    }),
  );
});
