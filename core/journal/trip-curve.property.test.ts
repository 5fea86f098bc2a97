import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveOf, streaksOf } from './trip-curve.ts';

const cents = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 400 });

describe('the curve of results', () => {
  it('falls as deep as between any peak and any later point, however few points are kept', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 10, max: 60 }), (given, limit) => {
        const values = Float64Array.from(given);
        const timesMs = Float64Array.from(given, (_, i) => 1_000 + i);
        const curve = curveOf(timesMs, values, limit);
        const sums = given.reduce((all, value) => [...all, all.at(-1)! + value], [0]);
        const deepest = sums.map((peak, i) => peak - Math.min(...sums.slice(i)));
        expect(curve.deepestFall).toBe(Math.max(...deepest));
        expect(curve.sums.length).toBeLessThanOrEqual(Math.max(limit, 2));
        if (given.length === 0) return;
        expect(0 - Math.min(...curve.falls)).toBe(curve.deepestFall);
        expect(Math.max(...curve.sums)).toBe(Math.max(...sums));
        expect([curve.sums[0], curve.sums.at(-1)]).toEqual([0, sums.at(-1)]);
        expect([curve.timesMs[0], curve.timesMs.at(-1)]).toEqual([timesMs[0], timesMs.at(-1)]);
      }),
    );
  });
});

describe('streaks', () => {
  it('are the longest runs of one sign, as text shows them', () => {
    const signs = fc.array(fc.constantFrom(-1, 0, 1), { maxLength: 60 });
    fc.assert(
      fc.property(signs, (given) => {
        const text = given.map((sign) => '-0+'[sign + 1]).join('');
        const longest = (runs: RegExp) =>
          Math.max(0, ...Array.from(text.matchAll(runs), ([run]) => run.length));
        const [end = ''] = /(\+*|-*)$/.exec(text) ?? [];
        expect(streaksOf(Float64Array.from(given))).toEqual({
          longestWon: longest(/\++/g),
          longestLost: longest(/-+/g),
          now: end.startsWith('-') ? -end.length : end.length,
        });
      }),
    );
  });
});
