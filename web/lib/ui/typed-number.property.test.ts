import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notNumberWords, plainText, readNumber } from './typed-number.ts';

const numbers = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => ({ number: Number((digits / 10 ** decimals).toFixed(decimals)) }));

/** As people of one country or another write it. */
const locales = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'sv');

test('a number that is written plainly is read as itself', () => {
  fc.assert(
    fc.property(numbers, ({ number }) => {
      const text = number.toFixed(6);
      expect(readNumber(text, { decimals: 6 })).toBe(number);
      expect(readNumber(plainText(number))).toBe(number);
    }),
  );
});

test('a number grouped as any country does is read as itself, or asked about, never as another', () => {
  fc.assert(
    fc.property(numbers, locales, ({ number }, locale) => {
      const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(number);
      const read = readNumber(text);
      if (read === null) expect(notNumberWords(text)).toContain('can mean');
      else expect([number, misread(text)]).toContain(read);
    }),
  );
});

/** `1.125` is taken as plain decimals everywhere; German thousands look the same. */
function misread(text: string): number | undefined {
  const isPlain = /^[-−]?[1-9]\d{0,2}\.\d{3}$/.test(text);
  return isPlain ? Number(text.replace('−', '-')) : undefined;
}

test('a number of any size is shown as it can be read', () => {
  const sizes = fc.double({ min: -1e20, max: 1e20, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(sizes, (number) => {
      const read = readNumber(plainText(number))!;
      expect(Math.abs(read - number)).toBeLessThanOrEqual(Math.abs(number) * 1e-14);
    }),
  );
});

test('nothing but digits, signs and marks between them is ever a number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 12 }), (text) => {
      const read = readNumber(text);
      if (read === null) return;
      expect(Number.isFinite(read)).toBe(true);
      expect(text.trim()).toMatch(/^[-+]?[\d.,' _]+$/);
    }),
  );
});
