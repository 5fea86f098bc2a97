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
      const kind = { decimals: 2 };
      const read = readNumber(text, kind);
      if (read === null) expect(notNumberWords(text, kind)).toContain('can mean');
      else expect(read).toBe(number);
    }),
  );
});

test('either meaning that is offered for a number of two is read as that', () => {
  const kind = { decimals: 2 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 0, max: 999 }),
      (whole, part) => {
        const digits = String(part).padStart(3, '0');
        for (const text of [`${whole},${digits}`, `${whole}.${digits}`]) {
          const [, large = '', small = ''] = / can mean (\S+) or (\S+):/.exec(
            notNumberWords(text, kind),
          )!;
          expect(readNumber(large, kind)).toBe(whole * 1_000 + part);
          expect(readNumber(small, kind)).toBe(Number(`${whole}.${digits}`));
        }
      },
    ),
  );
});

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
