/** The parts of a playbook and of mistakes are the sums of the round trips that are theirs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mistakeSums, playbookSums, type MarkedTrip } from './mark-sums.ts';
import { summaries } from './trip-sums.ts';

const trip: fc.Arbitrary<MarkedTrip> = fc.record({
  closedMs: fc.option(fc.nat({ max: 1e6 }), { freq: 5 }),
  net: fc.integer({ min: -500, max: 500 }),
  commission: fc.constant(-1),
  ...{ fee: fc.constant(0), swap: fc.constant(0) },
  currency: fc.constantFrom('USD', 'EUR', null),
  r: fc.option(fc.integer({ min: -3, max: 3 })),
  playbook: fc.constantFrom('p', 'q', 'toString', null),
  met: fc.subarray(['x', 'y', 'z']),
  mistakes: fc.subarray(['chased', 'late', '__proto__']),
});
const trips = fc.array(trip, { maxLength: 40 });
const count = (sums: readonly { readonly trips: number }[]) =>
  sums.reduce((total, each) => total + each.trips, 0);

test('a playbook has the figures of its round trips, met and not met are all of them', () => {
  const criteria = { p: ['x', 'y'], q: [] };
  fc.assert(
    fc.property(trips, (all) => {
      for (const { playbook, ...sums } of playbookSums(all, criteria)) {
        const own = all.filter((each) => each.playbook === playbook);
        expect(sums.trips).toBe(own.length);
        expect(sums.all).toEqual(summaries(own));
        const met = own.filter((each) => each.met.includes('x') && each.met.includes('y'));
        expect(sums.met).toEqual(playbook === 'p' ? summaries(met) : []);
        const isSplit = playbook === 'p';
        expect(count(sums.met) + count(sums.unmet)).toBe(isSplit ? count(sums.all) : 0);
      }
      const named = all.filter((each) => each.playbook !== null).length;
      const sums = playbookSums(all, criteria);
      expect(sums.reduce((total, each) => total + each.trips, 0)).toBe(named);
    }),
  );
});

test('a mistake has the figures of the round trips it was made at, the dearest first', () => {
  fc.assert(
    fc.property(trips, (all) => {
      const found = mistakeSums(all);
      for (const { mistake, sums } of found) {
        const own = all.filter(({ mistakes }) =>
          mistake === null ? mistakes.length === 0 : mistakes.includes(mistake),
        );
        expect(sums).toEqual(summaries(own));
      }
      const costs = found
        .filter(({ mistake }) => mistake !== null)
        .map(({ sums }) => Math.min(0, ...sums.map(({ net }) => net)));
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    }),
  );
});
