/** What connector and server compare of a book. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookHash, bookText, type HashedOrder, type HashedPosition } from './book-hash.ts';

const position: HashedPosition = {
  ...{ position: '7', symbol: 'EURUSD.m', side: 'buy', volumeLots: 0.1, sl: 1.1, tp: null },
};
const order: HashedOrder = {
  ...{ order: '5', symbol: 'XAUUSD', side: 'sell', kind: 'stop-limit', volumeLots: 2 },
  ...{ price: 1900.5, limitPrice: 1901, sl: null, tp: -0 },
};
const number = fc.double({ min: 0, max: 1e6, noNaN: true });
const level = fc.option(number);
const side = fc.constantFrom('buy' as const, 'sell' as const);
const symbol = fc.constantFrom('EURUSD', 'eurusd', 'ÄÖ', '\u{1F600}', '\uFFFD');
const positions = fc.array(
  fc.record({
    position: fc.nat().map(String),
    symbol,
    side,
    volumeLots: number,
    sl: level,
    tp: level,
  }),
);
const orders = fc.array(
  fc.record({
    ...{ order: fc.nat().map(String), symbol, side, volumeLots: number, sl: level, tp: level },
    ...{
      kind: fc.constantFrom('limit' as const, 'stop' as const),
      limitPrice: level,
      price: number,
    },
  }),
);

describe('the hash of a book', () => {
  test('is made over lines that are written down here', () => {
    const text = [
      'o|5|XAUUSD|s|stop-limit|2.00000000|1900.50000000|1901.00000000|0.00000000|0.00000000',
      'p|7|EURUSD.m|b|0.10000000|1.10000000|0.00000000',
    ].join('\n');
    expect(bookText([position], [order])).toBe(text);
    expect(bookHash([position], [order])).toBe(createHash('sha256').update(text).digest('hex'));
    expect(bookText([], [])).toBe('');
  });

  test('does not care in which order things are told', () => {
    fc.assert(
      fc.property(positions, orders, (held, working) => {
        const turned = bookHash([...held].reverse(), [...working].reverse());
        expect(turned).toBe(bookHash(held, working));
      }),
    );
  });

  test('sorts a character beyond the first plane after all others, as its bytes do', () => {
    const named = (symbol: string) => ({ ...position, symbol });
    const text = bookText([named('\u{1F600}'), named('\uFFFD')], []);
    expect(text.indexOf('\uFFFD')).toBeLessThan(text.indexOf('\u{1F600}'));
  });

  test('sorts by bytes, as a connector does that knows no other order', () => {
    fc.assert(
      fc.property(positions, orders, (held, working) => {
        const lines = bookText(held, working).split('\n');
        const bytes = [...lines].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(lines).toEqual(bytes);
      }),
    );
  });

  test('moves with each thing it covers', () => {
    const books = [
      position,
      { ...position, position: '8' },
      { ...position, symbol: 'EURUSD' },
      { ...position, side: 'sell' as const },
      { ...position, volumeLots: 0.11 },
      { ...position, sl: null },
      { ...position, tp: 1.2 },
    ].map((held) => bookHash([held], []));
    const working = [
      order,
      { ...order, order: '6' },
      { ...order, kind: 'limit' as const },
      { ...order, price: 1900.6 },
      { ...order, limitPrice: null },
    ].map((each) => bookHash([], [each]));
    expect(new Set([...books, ...working]).size).toBe(12);
  });
});
