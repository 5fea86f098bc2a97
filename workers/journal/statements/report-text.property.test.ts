import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from './report-text.ts';

/** Wherever it lies in a file that was read: at an odd place too. */
function wideBytes(text: string, before: number): Uint8Array {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0));
  const bytes = new Uint8Array(before + 2 * codes.length);
  codes.forEach((code, at) => bytes.set([code & 0xff, code >> 8], before + 2 * at));
  return bytes.subarray(before);
}

test('a text of two bytes a letter is read to the letter, wherever one beyond the plain ones stands', () => {
  const plain = fc.string({ unit: 'binary-ascii', maxLength: 9 });
  const other = fc.constantFrom('', 'é', '−', '\u0080', '\u0100', '中');
  fc.assert(
    fc.property(plain, other, plain, fc.nat(3), (before, letter, after, place) => {
      const text = `<html>${before}${letter}${after}`;
      expect(textOf(wideBytes(`\ufeff${text}`, place))).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
