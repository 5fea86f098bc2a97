import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import type { JournalTrip } from './api.ts';
import { tripFile, type WrittenOf } from './trip-file.ts';

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
const level = fc.option(fc.constant(1.05));
const nothing: WrittenOf = () => ({ comment: '', playbookName: null, metCriteria: [], notes: '' });

it('has all that the trader wrote, each in a column of its own after those there always were', () => {
  const written = fc.record({
    ...{ comment: hostile, playbookName: fc.option(hostile), notes: hostile },
    metCriteria: fc.array(hostile, { maxLength: 3 }),
  });
  const planned = fc.record({ plannedSl: level, plannedTp: level });
  const columnsBefore =
    'Account,Symbol,Side,Lots,Opened (UTC),Closed (UTC),In at,Out at,Stop,Target,Before costs,' +
    'Commission,Fee,Swap,Result,Currency,R,Rating,Tags,Mistakes,Id';
  fc.assert(
    fc.property(trip, planned, written, (one, plan, said) => {
      const all = [{ ...one, ...plan }];
      const { data } = Papa.parse<string[]>(tripFile(all, 'csv', () => said).join(''), {
        delimiter: ',',
      });
      const [names, row] = data as [string[], string[]];
      expect(names.join(',').startsWith(`${columnsBefore},`)).toBe(true);
      const cell = (name: string) => row[names.indexOf(name)]!.replace(/^'/, '');
      const bare = (text: string) => text.replace(/^'/, '');
      expect(cell('Planned stop')).toBe(String(plan.plannedSl ?? ''));
      expect(cell('Planned target')).toBe(String(plan.plannedTp ?? ''));
      expect(cell('Playbook')).toBe(bare(said.playbookName ?? ''));
      expect(cell('Criteria met')).toBe(bare(said.metCriteria.join('; ')));
      expect(cell('Comment')).toBe(bare(said.comment));
      expect(cell('Notes')).toBe(bare(said.notes));
      const read = JSON.parse(tripFile(all, 'json', () => said).join('')) as {
        roundTrips: unknown;
      };
      expect(read.roundTrips).toEqual([{ ...all[0], ...said }]);
    }),
  );
});

it('gives a spreadsheet every round trip in its columns, and nothing that it would run', () => {
  fc.assert(
    fc.property(trips, (all) => {
      const { data } = Papa.parse<string[]>(tripFile(all, 'csv', nothing).join(''), {
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
      const read: unknown = JSON.parse(tripFile(all, 'json', nothing).join(''));
      expect(read).toEqual({
        format: 'offing-round-trips',
        version: 1,
        roundTrips: all.map((each) => ({ ...each, ...nothing(each) })),
      });
    }),
  );
});
