/** Items moved in a list, also where two devices moved them at once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inOrder, moved, orderAtEnd } from './watchlist-order.ts';

interface Item {
  readonly id: string;
  readonly order: string;
}

function apply(items: readonly Item[], changes: readonly Item[]): Item[] {
  return items.map((item) => changes.find(({ id }) => id === item.id) ?? item);
}
function ofLength(count: number): Item[] {
  const items: Item[] = [];
  for (let n = 0; n < count; n++) items.push({ id: `s${n}`, order: orderAtEnd(items) });
  return items;
}
const ids = (items: readonly Item[]) => inOrder(items).map(({ id }) => id);

it('adds at the end, and moves one item to where it is wanted by changing it alone', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 60 }), (moves) => {
      let items = ofLength(8);
      for (const [from, to] of moves) {
        const wanted = ids(items);
        wanted.splice(to, 0, ...wanted.splice(from, 1));
        const changes = moved(items, from, to);
        expect(changes).toHaveLength(from === to ? 0 : 1);
        items = apply(items, changes);
        expect(ids(items)).toEqual(wanted);
      }
    }),
  );
});

it('moves as well where keys are the same or are none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a0', 'a1', '', 'zz zz', '0', 'é', 'a1V'), {
        minLength: 2,
        maxLength: 8,
      }),
      fc.nat(7),
      fc.nat(7),
      (orders, from, to) => {
        const items = orders.map((order, n) => ({ id: `s${n}`, order }));
        const last = { id: 'new', order: orderAtEnd(items) };
        expect(ids([...items, last]).at(-1)).toBe('new');
        if (from >= items.length || to >= items.length) return;
        const wanted = ids(items);
        wanted.splice(to, 0, ...wanted.splice(from, 1));
        expect(ids(apply(items, moved(items, from, to)))).toEqual(wanted);
      },
    ),
  );
});

it('changes nothing for a place that is not there', () => {
  expect(moved(ofLength(3), 1, 3)).toEqual([]);
  expect(moved(ofLength(3), 5, 0)).toEqual([]);
});
