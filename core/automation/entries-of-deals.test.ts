import { describe, expect, test } from 'vitest';
import type { DealEntry } from '../broker/book.ts';
import { entriesOfDeals } from './entries-of-deals.ts';
import type { TimedDeal } from './timed-deals.ts';

let deals = 0;
function deal(order: string, entry: DealEntry, volumeLots: number, atMs = ++deals): TimedDeal {
  return {
    ...{ deal: String(atMs), order, position: '7', symbol: 'EURUSD', kind: 'buy', entry },
    ...{ volumeLots, price: 1, commission: 0, swap: 0, profit: 0, magic: '', comment: '' },
    ...{ serverMs: 0, atMs, reason: 'program' },
  };
}

describe('the latest entry', () => {
  test('is one, however many deals its order filled in', () => {
    const made = [deal('7', 'in', 0.3, 1), deal('7', 'in', 0.3, 2), deal('7', 'in', 0.4, 3)];
    const entry = entriesOfDeals(made).get('7');
    expect(entry).toMatchObject({ order: '7', entries: 1, lots: 1, atMs: 1 });
    const added = entriesOfDeals([...made, deal('8', 'in', 0.5, 4), deal('8', 'in', 0.5, 5)]);
    expect(added.get('7')).toMatchObject({ order: '8', entries: 2, lots: 2, atMs: 4 });
  });

  test('that turns a net round in several deals is the first of what came of it', () => {
    const made = [
      ...[deal('7', 'in', 1), deal('8', 'in', 1), deal('9', 'out', 1.5)],
      ...[deal('9', 'inout', 1), deal('9', 'in', 0.5)],
    ];
    expect(entriesOfDeals(made).get('7')).toMatchObject({ order: '9', entries: 1, lots: 1 });
  });

  test('knows what left before it, and not what left since', () => {
    const made = [
      ...[deal('7', 'in', 1), deal('8', 'out', 0.5), deal('9', 'inout', 1.5)],
      deal('10', 'out', 0.5),
    ];
    expect([...entriesOfDeals(made).get('7')!.leftBefore]).toEqual(['8']);
  });
});
