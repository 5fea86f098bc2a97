import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealsIn } from './deal-columns.ts';
import { dealsOfTable, tableOf, type DealTable } from './deal-table.ts';
import { columnsOf } from './made-deal-columns.ts';
import { copyOf, passDeals, type Deals, type JournalDeal } from './journal-deal.ts';
import { madeDeal } from './made-deals.ts';
import { anyDeal } from './made-deal-values.ts';

function passed(deals: Deals): readonly JournalDeal[] {
  const kept: JournalDeal[] = [];
  passDeals(deals, (deal) => kept.push(copyOf(deal)) > 0);
  return kept;
}

test('a table tells the deals that it was made of, as the older columns do', () => {
  fc.assert(
    fc.property(fc.array(anyDeal, { maxLength: 20 }), (deals) => {
      const told = dealsOfTable(tableOf(deals));
      expect(told).toHaveLength(deals.length);
      expect([...told!]).toEqual(deals);
      expect(passed(told!)).toEqual(deals);
      expect([...told!]).toEqual(dealsIn(JSON.parse(JSON.stringify(columnsOf(deals)))));
    }),
  );
});

test('a large figure beside one of eight decimals comes back to the last digit', () => {
  const profits = [40_661_043.7, 36_996_025.2, 0.000_000_01];
  const deals = profits.map((profit, n) => madeDeal({ deal: String(n), profit }));
  expect([...dealsOfTable(tableOf(deals))!].map(({ profit }) => profit)).toEqual(profits);
});

test('a table of more rows than are unpacked at once tells all of them, in order', () => {
  const deals = Array.from({ length: 2_500 }, (_, n) =>
    madeDeal({ deal: String(n), profit: n / 100, atMs: n, sl: n % 3 === 0 ? null : 1 + n / 1e5 }),
  );
  const told = dealsOfTable(tableOf(deals))!;
  expect([...told]).toEqual(deals);
  expect(passed(told)).toEqual(deals);
});

test('a table is gone through no further than is asked', () => {
  const told = dealsOfTable(
    tableOf([madeDeal({}), madeDeal({ deal: '2' }), madeDeal({ deal: '3' })]),
  )!;
  const seen: string[] = [];
  expect(passDeals(told, ({ deal }) => seen.push(deal) < 2)).toBe(false);
  expect(seen).toEqual([madeDeal({}).deal, '2']);
});

test('a table that does not hold together is no deals', () => {
  const whole = tableOf([madeDeal({}), madeDeal({ deal: '2b', comment: 'x', price: 1.2 })]);
  const { columns } = whole;
  const with_ = (more: Partial<DealTable['columns']>): DealTable => ({
    ...whole,
    columns: { ...columns, ...more },
  });
  const damaged: readonly DealTable[] = [
    { ...whole, count: 3 },
    { ...whole, texts: whole.texts.slice(1) },
    { ...whole, texts: whole.texts.map(() => 'x') },
    with_({ price: { ...columns.price, values: Float64Array.of(1, NaN) } }),
    with_({ price: { ...columns.price, values: Float64Array.of(1, Infinity) } }),
    with_({ price: { ...columns.price, as: 'place' } }),
    with_({ deal: { as: 'place', values: Int32Array.of(0, -1), parts: 1 } }),
    with_({ deal: { as: 'place', values: Uint8Array.of(0, 0.5 + 200), parts: 1 } }),
    with_({ kind: { as: 'number', values: Uint8Array.of(0), parts: 1 } }),
  ];
  expect(damaged.map(dealsOfTable)).toEqual(damaged.map(() => null));
  expect(dealsOfTable(whole)).toHaveLength(2);
});
