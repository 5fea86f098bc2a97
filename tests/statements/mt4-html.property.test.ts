import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import { mt4Html, type Mt4Order } from './mt4-html.ts';
import { read } from './read-report.ts';

const cents = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 100);
const firstMs = Date.UTC(2024, 1, 5, 9);
const order = fc.record({
  kind: fc.constantFrom<Mt4Order['kind']>('buy', 'sell', 'buy', 'sell', 'balance', 'credit'),
  symbol: fc.constantFrom('eurusd', 'xauusd', 'a & b'),
  hundredths: fc.integer({ min: 1, max: 400 }),
  openedMs: fc.nat(2_000_000).map((s) => firstMs + s * 1000),
  heldMs: fc.nat(200_000).map((s) => s * 1000),
  price: fc.integer({ min: 100_000, max: 900_000_000 }).map((n) => n / 1e5),
  closePrice: fc.integer({ min: 100_000, max: 900_000_000 }).map((n) => n / 1e5),
  sl: fc.constantFrom(0, 1.05),
  commission: cents(900),
  taxes: cents(10),
  swap: cents(900),
  profit: cents(90_000_000),
  comment: fc.constantFrom('', '[sl]', 'my "hidden" <b>plan</b>'),
});
const orders = fc.array(order, { minLength: 1, maxLength: 30 }).map((all) =>
  all.map(({ heldMs, ...each }, at): Mt4Order => {
    const isTrade = each.kind === 'buy' || each.kind === 'sell';
    const costs = isTrade ? {} : { commission: 0, taxes: 0, swap: 0 };
    const comment = isTrade ? each.comment : 'Deposit';
    return { ...each, ...costs, comment, ticket: 5000 + at, closedMs: each.openedMs + heldMs };
  }),
);

describe('a statement of MetaTrader 4', () => {
  it('is read back order for order, to the cent of its balance', () => {
    fc.assert(
      fc.property(orders, cents(1_000_000), (made, startBalance) => {
        const back = read(mt4Html(made, startBalance), { encoding: 'utf-8' });
        expect(back).toMatchObject({
          ...{ format: 'mt4-html', account: '1234567', currency: 'USD' },
          ...{ startBalance, balanceFault: null },
          skippedByReason: { 'Still open: it comes with the statement in which it is closed.': 1 },
        });
        const { trips, operations } = roundTripsOf(back.deals);
        const traded = made.filter(({ kind }) => kind === 'buy' || kind === 'sell');
        const told = new Map(trips.map((trip) => [trip.id, trip]));
        expect(trips).toHaveLength(traded.length);
        expect(operations).toHaveLength(made.length - traded.length);
        for (const { ticket, kind, symbol, hundredths, ...each } of traded) {
          expect(told.get(`1234567 ${ticket}`)).toMatchObject({
            ...{ side: kind, symbol, volumeLots: hundredths / 100, isWhole: true },
            ...{
              openedMs: each.openedMs,
              closedMs: each.closedMs,
              sl: each.sl === 0 ? null : each.sl,
            },
            ...{
              gross: each.profit,
              commission: each.commission,
              fee: each.taxes,
              swap: each.swap,
            },
          });
        }
      }),
    );
  });

  it('joins what was closed in part, however often', () => {
    const plain = fc.sample(order, { numRuns: 1, seed: 2 })[0]!;
    const part = (ticket: number, hundredths: number, comment: string): Mt4Order => ({
      ...{ ...plain, kind: 'buy', ticket, hundredths, comment, profit: 10, price: 1.1 },
      ...{ openedMs: firstMs, closedMs: firstMs + ticket * 1000, closePrice: 1.2 },
      ...{ commission: 0, taxes: 0, swap: 0, symbol: 'eurusd' },
    });
    const made = [
      part(71, 3, 'to #72'),
      part(72, 3, 'from #71'),
      part(74, 4, 'from #72[tp]'),
      part(90, 9, 'from #91'),
      part(91, 9, 'from #90'),
    ];
    const { trips } = roundTripsOf(read(mt4Html(made, 0)).deals);
    expect(trips.find(({ id }) => id === '1234567 71')).toMatchObject({
      ...{ volumeLots: 0.1, net: 30, openedMs: firstMs, closedMs: firstMs + 74_000 },
    });
  });

  it('gives each line that is not taken with its reason', () => {
    const made = fc.sample(orders, { numRuns: 1, seed: 9 })[0]!;
    const text = mt4Html(made, 5).replace(/(<td class=mspt>)[\d-][^<]*/, '$1?');
    const { skippedByReason, balanceFault } = read(text);
    expect(Object.values(skippedByReason)).toEqual([1, 1]);
    expect(balanceFault).not.toBeNull();
  });
});
