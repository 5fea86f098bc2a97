import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealsIn } from './deal-columns.ts';
import { columnsOf } from './made-deal-columns.ts';
import { anyDeal } from './made-deal-values.ts';

test('deals come back from their columns as they were, through text', () => {
  fc.assert(
    fc.property(fc.array(anyDeal, { maxLength: 20 }), (deals) => {
      expect(dealsIn(JSON.parse(JSON.stringify(columnsOf(deals))))).toEqual(deals);
    }),
  );
});

test('columns that are damaged or of a later version are no deals', () => {
  const whole = columnsOf(fc.sample(anyDeal, { numRuns: 3, seed: 1 }));
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
