import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inParts, inQuestions } from './wanted-quotes.ts';

test('every symbol is in one question, in order, and no question has more than it may', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 130 }),
      fc.integer({ min: 1, max: 50 }),
      (symbols, most) => {
        const parts = inParts(symbols, most);
        expect(parts.flat()).toEqual(symbols);
        expect(parts.filter(({ length }) => length === 0 || length > most)).toEqual([]);
        const asked = inQuestions(new Map([['a', symbols]]), most);
        expect(asked).toEqual(parts.map((part) => ({ accountId: 'a', symbols: part })));
      },
    ),
  );
});
