import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableDetail, storableText } from './storable-text.ts';

test('whole letters stay, and a text that is cut ends in none that is half', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
      const stored = storableText(text, most);
      expect(stored.length).toBeLessThanOrEqual(most);
      expect(/[\0\p{Cs}]/u.test(stored)).toBe(false);
      if (text.length <= most && !text.includes('\0')) expect(stored).toBe(text);
    }),
  );
});

test('what Postgres refuses in a text is shown as a letter that nobody knows', () => {
  expect(storableText('a\0\ud83db', 10)).toBe('a\ufffd\ufffdb');
  expect(storableText('to the \u{1f4c8}', 8)).toBe('to the \ufffd');
  expect(storableDetail({ text: '\0', count: 3 }, 10)).toEqual({ text: '\ufffd', count: 3 });
});
