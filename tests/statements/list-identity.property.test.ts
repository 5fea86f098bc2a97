/** A trade of a list is the same trade in whatever file, order and company it comes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import type { JournalDeal } from '../../core/journal/journal-deal.ts';
import { underKnownNames } from '../../workers/journal/known-names.ts';
import { tripBook } from '../../workers/journal/trip-book.ts';
import { read } from './read-report.ts';

const header =
  'Ticket,Symbol,Type,Volume,Open Time,Open Price,Close Time,Close Price,Commission,Swap,Profit';
const clock = (minutes: number) =>
  new Date(Date.UTC(2018, 0, 10) + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
/** Few tickets, times and results, so that many are parts of one position, and some all but equal. */
const part = fc
  .record({
    ticket: fc.constantFrom('7001', '7002', ''),
    lots: fc.constantFrom('0.1', '0.2'),
    closed: fc.nat(2),
    price: fc.constantFrom('1.3', '1.4'),
    cents: fc.constantFrom(2930, -1700, 5930),
  })
  .map(({ ticket, lots, closed, price, cents }) =>
    [
      ...[ticket, 'GBPUSD', 'buy', lots, clock(0), '1.2', clock(60 * 24 * 20 * (closed + 1))],
      ...[price, '-0.7', '0', String(cents / 100)],
    ].join(','),
  );
const parts = fc.uniqueArray(part, { minLength: 1, maxLength: 12 });
const dealsOf = (rows: readonly string[]) =>
  read([header, ...rows, ''].join('\n'), { encoding: 'utf-8', account: 'Mine' }).deals;
const netOf = (deals: readonly JournalDeal[]) =>
  Math.round(roundTripsOf(deals).trips.reduce((sum, { net }) => sum + net, 0) * 100);
const moneyOf = (rows: readonly string[]) =>
  rows.reduce((sum, row) => sum + Math.round(Number(row.split(',').at(-1)) * 100) - 70, 0);

describe('a trade of a list', () => {
  it('counts once with its money, in any split into files that overlap, in any order', () => {
    fc.assert(
      fc.property(
        parts.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.array(fc.shuffledSubarray(rows), { maxLength: 4 })),
        ),
        fc.infiniteStream(fc.nat(2)),
        ([rows, some], files) => {
          const whole = dealsOf(rows);
          const split: string[][] = [[], [], []];
          for (const row of rows) split[files.next().value]!.push(row);
          const told = [...some, ...split].flatMap((file) =>
            file.length > 0 ? dealsOf(file) : [],
          );
          expect(roundTripsOf(told)).toEqual(roundTripsOf(whole));
          expect(netOf(told)).toBe(moneyOf(rows));
        },
      ),
    );
  });

  it('that an earlier version stored goes on under the name it has there', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 12 }), (rows, kept) => {
        const before = asBefore(dealsOf(rows.slice(0, kept)));
        const book = tripBook();
        book.sources([{ id: 's', account: 'Mine', currency: null, deals: before }]);
        const again = underKnownNames(dealsOf(rows), book);
        expect(book.known(again)).toBe(before.length);
        expect(netOf([...before, ...again])).toBe(moneyOf(rows));
      }),
    );
  });

  it('is the same one where other lines of a file decide what the sign of its costs means', () => {
    const row = (ticket: string, commission: string) =>
      `${ticket},GBPUSD,buy,0.1,${clock(0)},1.3,${clock(60)},1.4,${commission},0,30`;
    const names = (...rows: string[]) => dealsOf(rows).map(({ deal }) => deal);
    const alone = names(row('7003', '0.7'));
    expect(names(row('7003', '0.7'), row('7004', '-0.2'))).toEqual(expect.arrayContaining(alone));
    // Parts that differ in their costs alone are two, in whatever files they come.
    const other = names(row('7003', '0.8'));
    expect(alone.filter((name) => other.includes(name))).toEqual([]);
  });

  it('that stands twice with its ticket is one, and said to be; without one it is two', () => {
    const row = `7003,GBPUSD,buy,0.1,${clock(0)},1.3,${clock(60)},1.4,-0.7,0,30`;
    const twice = read([header, row, row, ''].join('\n'), { encoding: 'utf-8' });
    expect(twice.deals).toHaveLength(2);
    expect(twice.skipped).toMatchObject([
      { line: 3, reason: 'This line stands twice: it counts once.' },
    ]);
    const nameless = row.replace('7003', '');
    expect(dealsOf([nameless, nameless])).toHaveLength(4);
  });
});

/** As versions named them that told trades of one name apart by their order. */
function asBefore(deals: readonly JournalDeal[]): JournalDeal[] {
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  return deals.map((deal) => {
    const end = deal.deal.slice(deal.deal.lastIndexOf(':'));
    const own = deal.deal.slice(0, -end.length);
    const first = own.slice(0, own.lastIndexOf('@'));
    let name = given.get(own);
    if (name === undefined) {
      const count = (counts.get(first) ?? 0) + 1;
      counts.set(first, count);
      name = count === 1 ? first : `${first}/${count}`;
      given.set(own, name);
    }
    return { ...deal, deal: `${name}${end}`, order: name, position: name };
  });
}
