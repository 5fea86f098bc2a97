import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '#core/journal/made-deal-columns.ts';
import { anyDeal } from '#core/journal/made-deal-values.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { readDeals, writeDeals } from './statement-content.ts';

/** As version 1 wrote them. */
const olderBytes = (deals: Parameters<typeof columnsOf>[0]) =>
  new TextEncoder().encode(JSON.stringify(columnsOf(deals)));

test('bytes of before and of now tell the same deals, wherever they lie in a buffer', () => {
  fc.assert(
    fc.property(fc.array(anyDeal, { maxLength: 12 }), fc.nat(9), (deals, at) => {
      const bytes = writeDeals(deals);
      const room = new Uint8Array(bytes.length + at);
      room.set(bytes, at);
      expect([...readDeals(room.subarray(at))!]).toEqual(deals);
      expect([...readDeals(olderBytes(deals))!]).toEqual(deals);
    }),
  );
});

test('the same deals are the same bytes, in less room than before', () => {
  const deals = Array.from({ length: 500 }, (_, n) => madeDeal({ deal: String(n), atMs: n }));
  expect(writeDeals(deals)).toEqual(writeDeals([...deals]));
  expect(3 * writeDeals(deals).length).toBeLessThan(olderBytes(deals).length);
});

test('bytes that are cut, changed or of a later version are no deals', () => {
  const bytes = writeDeals([madeDeal({}), madeDeal({ deal: '2', comment: 'Ä', sl: 1.05 })]);
  expect(readDeals(bytes)).toHaveLength(2);
  for (let at = 0; at < bytes.length; at++) {
    expect(readDeals(bytes.slice(0, at))).toBeNull();
    expect(readDeals(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)))).toBeNull();
  }
});
