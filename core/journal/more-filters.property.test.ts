/** What else a list of round trips can be kept to. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keysFor } from './group-kinds.ts';
import { madeTrips } from './made-trips.ts';
import {
  isAskable,
  spanOf,
  spanText,
  moreFilterAsk,
  moreFilterNames,
  moreFilterTests,
  type MoreFilterName,
  type FilteredTrip,
} from './more-filters.ts';

const known = { zone: 'Europe/Berlin', isNoted: ({ id }: FilteredTrip) => id.length % 2 === 0 };
const trips: readonly FilteredTrip[] = fc
  .sample(madeTrips, { seed: 13, numRuns: 12 })
  .flat()
  .map((trip) => ({ ...trip, met: [] }));
const left = (name: MoreFilterName, asked: string) =>
  trips.filter((trip) => moreFilterTests({ [name]: asked }, known).every((test) => test(trip)));

const end = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }));

it('a span is read as it was written, and one without an end is none', () => {
  fc.assert(
    fc.property(end, end, (from, until) => {
      const span = {
        from: from === null ? null : from + 0,
        until: until === null ? null : until + 0,
      };
      const isNone = from === null && until === null;
      expect(spanOf(spanText(span))).toEqual(isNone ? null : span);
    }),
  );
});

it('what cannot be asked so leaves everything, whoever wrote the address', () => {
  fc.assert(
    fc.property(fc.constantFrom(...moreFilterNames), fc.string(), (name, asked) => {
      if (!isAskable(name, asked)) expect(left(name, asked)).toEqual(trips);
    }),
  );
});

it('what has it and what has it not are all of them, and none twice', () => {
  const whether = moreFilterNames.filter((name) => moreFilterAsk(name) === 'whether');
  expect(whether.length).toBeGreaterThan(0);
  for (const name of whether) {
    const both = [...left(name, 'yes'), ...left(name, 'no')];
    expect(new Set(both)).toEqual(new Set(trips));
    expect(both).toHaveLength(trips.length);
  }
});

it('every round trip whose opening is known is of one weekday and one hour', () => {
  const days = moreFilterAsk('weekday') as readonly string[];
  const hours = Array.from({ length: 24 }, (_, hour) => `${hour}..${hour}`);
  const whole = trips.filter(({ isWhole }) => isWhole);
  expect(days.flatMap((day) => left('weekday', day))).toHaveLength(whole.length);
  expect(hours.flatMap((hour) => left('hour', hour))).toHaveLength(whole.length);
});

it('a session leaves what its group in the reports counts', () => {
  const keysOf = keysFor('session', known);
  for (const session of moreFilterAsk('session') as readonly string[]) {
    const inGroup = trips.filter((trip) => trip.isWhole && [keysOf(trip)].flat().includes(session));
    expect(left('session', session)).toEqual(inGroup);
  }
});

it('hours over midnight are those that the hours between them are not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 0, max: 22 }), (from, until) => {
      fc.pre(from > until + 1);
      const [night, day] = [`${from}..${until}`, `${until + 1}..${from - 1}`];
      const whole = trips.filter(({ isWhole }) => isWhole);
      expect(left('hour', night).length + left('hour', day).length).toBe(whole.length);
    }),
  );
});
