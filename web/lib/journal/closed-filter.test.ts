import { expect, it } from 'vitest';
import { madeDeal } from '#core/journal/made-deals.ts';
import type { TripFilter } from '#workers/journal/api.ts';
import { tripBook } from '#workers/journal/trip-book.ts';
import { filtered } from '#workers/journal/trip-filter.ts';
import { closedAlone } from './closed-filter.ts';

const every: TripFilter = {
  ...{ account: null, symbol: null, side: null, tag: null, outcome: null },
  ...{ fromMs: null, untilMs: null, text: '' },
};

it('leaves of a filter those that are closed, whatever else it asks for', () => {
  const book = tripBook();
  const out = { kind: 'sell', entry: 'out', profit: 5 } as const;
  const deals = [
    madeDeal({ deal: '1', position: '1', atMs: -900 }),
    madeDeal({ ...out, deal: '2', position: '1', atMs: -5 }),
    madeDeal({ deal: '3', position: '3', atMs: 10 }),
    madeDeal({ ...out, deal: '4', position: '3', atMs: 20, profit: -5 }),
    madeDeal({ deal: '5', position: '5', atMs: 30 }),
  ];
  book.sources([{ id: 'a', account: '100@Demo', currency: 'USD', deals }]);
  const filters: readonly Partial<TripFilter>[] = [
    ...[{}, { fromMs: 0 }, { untilMs: 0 }, { fromMs: -10, untilMs: 15 }],
    ...(['won', 'lost', 'open'] as const).map((outcome) => ({ outcome })),
  ];
  for (const parts of filters) {
    const filter = { ...every, ...parts };
    const closed = filtered(book, filter).filter(({ closedMs }) => closedMs !== null);
    expect(filtered(book, closedAlone(filter))).toEqual(closed);
  }
  expect(filtered(book, every)).toHaveLength(3);
});
