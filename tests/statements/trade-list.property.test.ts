import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import { bytesOf } from './mt5-html.ts';
import { read } from './read-report.ts';

const cents = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 100);
const firstMs = Date.UTC(2024, 1, 5, 9);
const trade = fc.record({
  symbol: fc.constantFrom('EURUSD', 'DE40', '=cmd()'),
  side: fc.constantFrom('buy', 'Sell', 'LONG', 'short'),
  hundredths: fc.integer({ min: 1, max: 400 }),
  openedS: fc.nat(20_000_000),
  heldS: fc.nat(200_000),
  open: fc.integer({ min: 100_001, max: 900_000_000 }).map((n) => n / 1e5),
  close: fc.integer({ min: 100_001, max: 900_000_000 }).map((n) => n / 1e5),
  commission: fc.integer({ min: 1, max: 900 }).map((n) => -n / 100),
  swap: cents(900),
  profit: cents(9_000_000),
});
type Made = typeof trade extends fc.Arbitrary<infer T> ? T : never;

/** `ymd`, or the day or the month first. */
type Order = 'ymd' | 'dmy' | 'mdy';
function clock(seconds: number, order: Order): string {
  const iso = new Date(firstMs + seconds * 1000).toISOString();
  const [year, month, day] = iso.slice(0, 10).split('-');
  const date = {
    ymd: `${year}-${month}-${day}`,
    dmy: `${day}/${month}/${year}`,
    mdy: `${month}/${day}/${year}`,
  };
  return `${date[order]} ${iso.slice(11, 19)}`;
}

interface Manner {
  readonly separator: ',' | ';' | '\t';
  readonly order: Order;
  readonly costs: 'signed' | 'plain';
  readonly money: 'gross' | 'net';
}
function list(trades: readonly Made[], { separator, order, costs, money }: Manner): string {
  const figure = (value: number, decimals: number): string => {
    const text = value.toFixed(decimals);
    return separator === ';' ? text.replace('.', ',') : text;
  };
  const rows = trades.map((each, at) => [
    ...[String(at + 1), each.symbol, each.side, figure(each.hundredths / 100, 2)],
    ...[clock(each.openedS, order), figure(each.open, 5)],
    ...[clock(each.openedS + each.heldS, order), figure(each.close, 5)],
    figure(costs === 'plain' ? -each.commission : each.commission, 2),
    figure(each.swap, 2),
    figure(money === 'net' ? each.profit + each.commission + each.swap : each.profit, 2),
  ]);
  const names =
    `Trade ID,Symbol,Side,Quantity,Entry Time,Entry Price,Exit Time,Exit Price,Commission,Swap,${
      money === 'net' ? 'Net P&L' : 'Profit'
    }`.split(',');
  return ['My trades', names.join(separator), ...rows.map((row) => row.join(separator)), ''].join(
    '\r\n',
  );
}

const trades = fc
  .array(trade, { minLength: 3, maxLength: 20 })
  .map((all) => all.toSorted((a, b) => a.openedS + a.heldS - b.openedS - b.heldS))
  // Over several months of days above twelve, so that the order of dates is told.
  .map((all) => [...all, { ...all[0]!, openedS: 86_400 * 10, heldS: 5 }]);
const manner = fc.record<Manner>({
  separator: fc.constantFrom(',', ';', '\t'),
  order: fc.constantFrom('ymd', 'dmy', 'mdy'),
  costs: fc.constantFrom('signed', 'plain'),
  money: fc.constantFrom('gross', 'net'),
});

describe('a list of trades', () => {
  it('is read back trade for trade, however it is written', () => {
    fc.assert(
      fc.property(trades, manner, (made, written) => {
        const back = read(list(made, written), { encoding: 'utf-8', account: 'Mine' });
        expect(back).toMatchObject({ format: 'generic', account: 'Mine', skipped: [] });
        const told = new Map(roundTripsOf(back.deals).trips.map((trip) => [trip.id, trip]));
        expect(told.size).toBe(made.length);
        for (const [at, each] of made.entries()) {
          const openedMs = firstMs + each.openedS * 1000;
          expect(told.get(`Mine ${at + 1}`)).toMatchObject({
            ...{ symbol: each.symbol, volumeLots: each.hundredths / 100, gross: each.profit },
            ...{
              commission: each.commission,
              swap: each.swap,
              entryPrice: expect.closeTo(each.open, 8),
            },
            ...{ openedMs, closedMs: openedMs + each.heldS * 1000, isWhole: true },
            side: /buy|long/i.test(each.side) ? 'buy' : 'sell',
          });
        }
      }),
    );
  });

  it('without numbers names its trades by what they are, the same each time', () => {
    const text =
      'Time,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Swap,Profit\n' +
      '2024.05.06 10:00:00,EURUSD,buy,0.10,1.1,1.09,,2024.05.06 11:00:00,1.2,0,"1,000.00"\n'.repeat(
        2,
      ) +
      '2024.05.06 10:00:00,EURUSD,buy,0.10,1.1,,,,,,\n' +
      '2024.05.06 10:00:00,EURUSD,deposit,,,,,,,,5\n';
    const back = read(text, { encoding: 'utf-8' });
    expect(new Set(back.deals.map(({ deal }) => deal)).size).toBe(4);
    expect(back.deals).toEqual(read(text, { encoding: 'utf-8' }).deals);
    expect(back.deals.map(({ profit }) => profit)).toEqual([0, 0, 1000, 1000]);
    expect(back.deals[0]?.sl).toBe(1.09);
    expect(Object.values(back.skippedByReason)).toEqual([1, 1]);
  });

  it('of anything fails in words', () => {
    const [made] = fc.sample(trades, { numRuns: 1, seed: 1 });
    const plain = { separator: ',', order: 'ymd', costs: 'signed', money: 'gross' } as const;
    const text = list(made!, plain);
    for (let end = 0; end < text.length; end += 11) {
      const bytes = bytesOf(text.slice(0, end), 'utf-8');
      const result = readStatement({ name: 'a.csv', bytes }, {});
      if (!result.ok) expect(result.error.code).toBe('journal.format-unknown');
      else expect(result.value.deals.length % 2).toBe(0);
    }
    for (const hostile of [',\n'.repeat(99_999), '"'.repeat(99_999), '__proto__,'.repeat(9999)]) {
      const result = readStatement({ name: 'a.csv', bytes: bytesOf(hostile, 'utf-8') }, {});
      expect(result).toMatchObject({ ok: false, error: { code: 'journal.format-unknown' } });
    }
  });
});
