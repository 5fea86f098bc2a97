/** Round trips at random for tests, as a report counts them. */
import fc from 'fast-check';
import type { ReportedTrip } from './trip-units.ts';

const firstMs = Date.UTC(2025, 0, 6);
const tagsInUse = ['Breakout', 'News', 'Late'];

const parts = fc.record({
  account: fc.constantFrom('1@Demo', '2@Demo'),
  symbol: fc.constantFrom('EURUSD', 'USDJPY.r', 'XAUUSD'),
  side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  /** Over more than a year, so that clocks change within. */
  openedMinutes: fc.integer({ min: 0, max: 600_000 }),
  heldMinutes: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: null, freq: 8 }),
  hundredths: fc.integer({ min: 1, max: 2_000 }),
  cents: fc.integer({ min: -50_000, max: 50_000 }),
  r: fc.option(fc.integer({ min: -300, max: 500 }).map((n) => n / 100)),
  tags: fc.subarray(tagsInUse),
  playbook: fc.constantFrom('p1', 'p2', null),
  mistakes: fc.subarray(['Chased', 'No stop']),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
  currency: fc.constantFrom('USD', 'USD', 'EUR', null),
  isWhole: fc.boolean(),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

export const madeTrips: fc.Arbitrary<readonly ReportedTrip[]> = fc
  .array(parts, { maxLength: 60 })
  .map((all) => all.map(madeTrip));

function madeTrip(each: Parts, at: number): ReportedTrip {
  const { account, symbol, side, tags, rating, playbook, mistakes, currency, r, isWhole } = each;
  const openedMs = firstMs + each.openedMinutes * 60_000;
  const net = each.cents / 100;
  return {
    ...{ id: `${account} ${at}`, account, symbol, side, openedMs, isWhole },
    closedMs: each.heldMinutes === null ? null : openedMs + each.heldMinutes * 60_000,
    ...{ volumeLots: each.hundredths / 100, openLots: 0, entryPrice: 1.1 },
    exitPrice: 1.1 + ((side === 'buy' ? 1 : -1) * net) / 1e4,
    ...{ gross: net, commission: 0, fee: 0, swap: 0, net, sl: null, tp: null, deals: [] },
    ...{ tags, rating, playbook, mistakes, currency, r },
  };
}
