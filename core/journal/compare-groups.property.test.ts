import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../market/made-bars.ts';
import { compareGroups } from './compare-groups.ts';
import { madeTrips } from './made-trips.ts';
import { permutationTest } from './permutation-test.ts';
import { tripReport, type ReportAsk } from './trip-report.ts';

const values = (maxLength: number) =>
  fc
    .array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength })
    .map((all) => Float64Array.from(all));
const seed = 1;

describe('a permutation test', () => {
  it('says the same whichever group comes first and in whatever order', () => {
    fc.assert(
      fc.property(values(20), values(20), (a, b) => {
        const told = permutationTest(a, b, { seed });
        expect(permutationTest(b, a.toReversed(), { seed })).toEqual(told);
      }),
      { numRuns: 30 },
    );
  });

  it('says what all ways to deal the values say, where they can be counted', () => {
    fc.assert(
      fc.property(values(5), values(5), (a, b) => {
        const all = [...a, ...b];
        const total = all.reduce((x, y) => x + y, 0);
        const apart = (sum: number) => Math.abs(sum / a.length - (total - sum) / b.length);
        const seen = apart(a.reduce((x, y) => x + y, 0));
        const sums = choices(all, a.length);
        const share = sums.filter((sum) => apart(sum) >= seen - 1e-9).length / sums.length;
        const told = permutationTest(a, b, { seed })!;
        expect(Math.abs(told.share - share)).toBeLessThan(0.04);
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it('finds a difference by chance no more often than it says', () => {
    const random = createRandom(3);
    const draw = () => Float64Array.from({ length: 15 }, () => random() ** 3);
    const shares = Array.from({ length: 200 }, () => permutationTest(draw(), draw(), { seed })!);
    const found = shares.filter(({ share }) => share < 0.1).length;
    expect(found).toBeGreaterThan(8);
    expect(found).toBeLessThan(36);
  });

  it('says nothing of an empty group, and that equal values part by chance always', () => {
    const same = new Float64Array(6).fill(2.5);
    expect(permutationTest(new Float64Array(), same, { seed })).toBeNull();
    expect(permutationTest(same, same, { seed })?.share).toBe(1);
  });
});

/** The sums of all choices of so many of the values. */
function choices(all: readonly number[], count: number): number[] {
  if (count === 0) return [0];
  if (all.length < count) return [];
  const [first = 0, ...rest] = all;
  return [...choices(rest, count - 1).map((sum) => sum + first), ...choices(rest, count)];
}

describe('two groups', () => {
  const ask: ReportAsk = { unit: 'money', currency: 'USD', zone: 'UTC', startBalances: new Map() };

  it('against the rest make up the whole, and are the groups of the report', () => {
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const { whole, groups } = tripReport(trips, ask);
        for (const { key, ...figures } of groups.symbol) {
          const found = compareGroups(trips, { ...ask, a: { kind: 'symbol', key }, b: null });
          expect(found.a).toMatchObject({ trips: figures.trips, won: figures.won });
          expect(found.inBoth).toBe(0);
          expect(found.a.trips + found.b.trips).toBe(whole.trips);
          expect(found.a.net + found.b.net).toBeCloseTo(whole.net, 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('that share round trips count them in neither', () => {
    fc.assert(
      fc.property(madeTrips, (trips) => {
        const [a, b] = [
          { kind: 'tag', key: 'News' },
          { kind: 'side', key: 'buy' },
        ] as const;
        const found = compareGroups(trips, { ...ask, a, b });
        const own = trips.filter(
          ({ closedMs, currency }) => closedMs !== null && currency === 'USD',
        );
        const both = own.filter(({ tags, side }) => tags.includes('News') && side === 'buy').length;
        const inA = own.filter(({ tags }) => tags.includes('News')).length;
        expect([found.inBoth, found.a.trips]).toEqual([both, inA - both]);
        expect(found.band === null).toBe(
          found.a.expectancyBand === null || found.b.expectancyBand === null,
        );
        if (found.band) {
          expect(found.band.low).toBeLessThanOrEqual(found.apart! + 1e-9);
          expect(found.band.high).toBeGreaterThanOrEqual(found.apart! - 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });
});

it('of few, or of results that are all alike, tells no bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 99 }),
      madeTrips,
      (count, net, [first]) => {
        fc.pre(first !== undefined);
        const of = (side: 'buy' | 'sell') =>
          Array.from({ length: count }, () => ({
            ...first!,
            side,
            net,
            closedMs: first!.openedMs,
          }));
        const groups = { a: { kind: 'side', key: 'buy' }, b: null } as const;
        const ask = { unit: 'money', zone: 'UTC', startBalances: new Map() } as const;
        const found = compareGroups([...of('buy'), ...of('sell')], { ...ask, ...groups });
        expect([found.a.trips, found.apart, found.band]).toEqual([count, 0, null]);
      },
    ),
  );
});
