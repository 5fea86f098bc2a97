import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GroupKind } from '#core/journal/group-kinds.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { tripReport } from '#core/journal/trip-report.ts';
import { summaries } from '#core/journal/trip-sums.ts';
import type { TripFilter } from './api.ts';
import { tripBook } from './trip-book.ts';
import { filtered } from './trip-filter.ts';

const every: TripFilter = {
  ...{ account: null, symbol: null, side: null, tag: null, outcome: null },
  ...{ fromMs: null, untilMs: null, text: '' },
};

const made = fc.array(
  fc.record({
    symbol: fc.constantFrom('EURUSD', 'XAUUSD', 'US500'),
    side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
    account: fc.constantFrom('1@Demo', '2@Demo'),
    cents: fc.integer({ min: -9_000, max: 9_000 }),
    tags: fc.subarray(['Gap', 'News']),
    mistakes: fc.subarray(['Chased', 'Late']),
    playbook: fc.constantFrom('p1', null),
    isOpen: fc.boolean(),
  }),
  { maxLength: 30 },
);
type Made = typeof made extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

function dealsOf({ symbol, side, account, cents, isOpen }: Made, n: number): JournalDeal[] {
  const position = String(2 * n + 1);
  const shared = { account, symbol, position };
  const [kind, other] = side === 'buy' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  const first = madeDeal({ ...shared, deal: position, kind, atMs: n * 60_000, commission: -1 });
  if (isOpen) return [first];
  const closing = { entry: 'out', atMs: n * 90_000 + 1, profit: cents / 100, kind: other } as const;
  return [first, madeDeal({ ...shared, deal: String(2 * n + 2), ...closing })];
}

/** A filter that selects a group, for those that a filter can. */
const filters: readonly (readonly [GroupKind, (key: string) => Partial<TripFilter>])[] = [
  ['symbol', (symbol) => ({ symbol })],
  ['side', (side) => ({ side: side === 'buy' ? 'buy' : 'sell' })],
  ['account', (account) => ({ account })],
  ['tag', (tag) => ({ tag })],
  ['playbook', (playbook) => ({ playbook })],
  ['mistake', (mistake) => ({ mistake })],
];

it('a group of the report has the figures of the list that its filter leaves', () => {
  fc.assert(
    fc.property(made, (trips) => {
      const book = tripBook();
      const deals = trips.flatMap(dealsOf);
      book.sources([{ id: 'a', account: '1@Demo', currency: 'USD', deals }]);
      book.marks(
        trips.map(({ account, tags, mistakes, playbook }, n) => ({
          ...{ id: `${account} ${2 * n + 1}`, tags, mistakes, playbook, met: [], updatedMs: 1 },
        })),
      );
      const ask = { unit: 'money', zone: 'UTC', startBalances: book.startBalances() } as const;
      for (const currency of ['USD', null]) {
        const { groups } = tripReport(book.all(), { ...ask, currency });
        for (const [kind, filterOf] of filters) {
          for (const { key, ...figures } of groups[kind]) {
            if (key === '') continue;
            const left = filtered(book, { ...every, ...filterOf(key) });
            const told = summaries(left).find((each) => each.currency === currency);
            const { trips: count, won, net, profitFactor, expectancy, expectancyR } = figures;
            expect({ trips: count, won, net, profitFactor, expectancy, expectancyR }).toEqual({
              trips: told?.trips,
              won: told?.won,
              net: told?.net,
              profitFactor: told?.profitFactor,
              expectancy: told?.expectancy,
              expectancyR: told?.expectancyR,
            });
          }
        }
      }
    }),
  );
});
