import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import type { JournalTrip } from './api.ts';
import { tripFile } from './trip-file.ts';

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom('=1+1', '+cmd', '-2', '@x', '\t=1', 'a"b', 'a,b', 'zwei\r\nZeilen', ''),
);
const trip: fc.Arbitrary<JournalTrip> = fc.record({
  id: hostile,
  account: hostile,
  symbol: hostile,
  side: fc.constantFrom('buy', 'sell'),
  openedMs: fc.integer({ min: 0, max: 1e12 }),
  closedMs: fc.option(fc.integer({ min: 0, max: 1e12 })),
  volumeLots: fc.constant(0.1),
  openLots: fc.constant(0),
  entryPrice: fc.option(fc.constant(1.1)),
  exitPrice: fc.option(fc.constant(1.2)),
  gross: fc.constant(-12.5),
  commission: fc.constant(-1),
  fee: fc.constant(0),
  swap: fc.constant(0),
  net: fc.constant(-13.5),
  sl: fc.constant(null),
  tp: fc.constant(null),
  isWhole: fc.boolean(),
  deals: fc.constant(['a 1']),
  tags: fc.array(hostile, { maxLength: 3 }),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
  playbook: fc.option(hostile),
  met: fc.array(hostile, { maxLength: 3 }),
  mistakes: fc.array(hostile, { maxLength: 3 }),
  currency: fc.option(fc.constant('EUR')),
  r: fc.option(fc.constant(-0.5)),
});
const trips = fc.array(trip, { maxLength: 20 });

it('gives a spreadsheet every round trip in its columns, and nothing that it would run', () => {
  fc.assert(
    fc.property(trips, (all) => {
      const { data } = Papa.parse<string[]>(tripFile(all, 'csv').join(''), {
        skipEmptyLines: true,
      });
      const [names, ...rows] = data;
      expect(rows).toHaveLength(all.length);
      rows.forEach((row, at) => {
        expect(row).toHaveLength(names!.length);
        const cells = row.map((cell) => cell.replace(/^'/, ''));
        expect(cells[names!.indexOf('Id')]).toBe(all[at]!.id.replace(/^'/, ''));
        expect(row[names!.indexOf('Result')]).toBe('-13.5');
        const isNumber = (cell: string) => /^-?[\d.]+$/.test(cell);
        expect(row.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !isNumber(cell))).toEqual([]);
      });
    }),
  );
});

it('gives a program every round trip as it is, of however many parts', () => {
  fc.assert(
    fc.property(trips, fc.constantFrom(1, 60), (some, times) => {
      const all = Array.from({ length: times }, () => some).flat();
      const read: unknown = JSON.parse(tripFile(all, 'json').join(''));
      expect(read).toEqual({ format: 'offing-round-trips', version: 1, roundTrips: all });
    }),
  );
});
