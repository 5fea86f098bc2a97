/** The filter of the journal in addresses. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fieldNames, fieldsIn, filterQuery, tripAddress, withFilter } from './filter-address.ts';

const fields = fc.dictionary(
  fc.constantFrom(...fieldNames),
  fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
);
const urlOf = (address: string) => new URL(address, 'https://offing.example');

it('a filter comes back from the address that it was written to, whatever stands beside it', () => {
  fc.assert(
    fc.property(fields, fc.string({ minLength: 1 }), (asked, trip) => {
      const filter = filterQuery(asked);
      const url = urlOf(tripAddress(filter, trip));
      expect(url.searchParams.get('trip')).toBe(trip);
      expect(fieldsIn(url.searchParams)).toEqual(asked);
    }),
  );
});

it('another filter takes the place of the one before, and nothing else of the address', () => {
  fc.assert(
    fc.property(fields, fields, fc.string({ minLength: 1 }), (before, after, trip) => {
      const [old, next] = [before, after].map(filterQuery);
      const url = urlOf(withFilter(urlOf(tripAddress(old!, trip)), next!));
      expect(url.searchParams.get('trip')).toBe(trip);
      expect(fieldsIn(url.searchParams)).toEqual(after);
    }),
  );
});

it('an address without a filter is as short as it was', () => {
  expect(tripAddress('', null)).toBe('/journal/');
  expect(withFilter(urlOf('/journal/?symbol=EURUSD'), '')).toBe('/journal/');
  expect(tripAddress('r=1..', '1@Demo 2')).toBe('/journal/?trip=1%40Demo%202&r=1..');
});
