import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, dealsIn } from './deal-columns.ts';
import type { JournalDeal } from './journal-deal.ts';

const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const words = fc.string({ unit: 'grapheme', maxLength: 12 });
const deal: fc.Arbitrary<JournalDeal> = fc.record({
  ...{ account: words, deal: words, order: words, position: words, symbol: words, comment: words },
  kind: fc.constantFrom('buy', 'sell', 'balance', 'credit', 'charge', 'other'),
  entry: fc.constantFrom('in', 'out', 'inout', 'out-by', null),
  ...{ volumeLots: figure, price: figure, commission: figure, fee: figure, swap: figure },
  ...{ profit: figure, atMs: fc.integer() },
  ...{ sl: fc.option(figure), tp: fc.option(figure) },
});

test('deals come back from their columns as they were, through text', () => {
  fc.assert(
    fc.property(fc.array(deal, { maxLength: 20 }), (deals) => {
      expect(dealsIn(JSON.parse(JSON.stringify(columnsOf(deals))))).toEqual(deals);
    }),
  );
});

test('columns that are damaged or of a later version are no deals', () => {
  const whole = columnsOf(fc.sample(deal, { numRuns: 3, seed: 1 }));
  const { columns } = whole;
  const damaged: readonly unknown[] = [
    null,
    'deals',
    { ...whole, version: 2 },
    { ...whole, texts: whole.texts.slice(1) },
    { ...whole, columns: { ...columns, price: columns.price.slice(1) } },
    { ...whole, columns: { ...columns, price: ['1', '2', '3'] } },
    { ...whole, columns: { ...columns, kind: columns.account } },
    { ...whole, columns: { ...columns, deal: [0, 1, 0.5] } },
  ];
  expect(damaged.map(dealsIn)).toEqual(damaged.map(() => null));
  expect(dealsIn(whole)).toHaveLength(3);
});
