import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newestAnswer } from './newest-answer.ts';

test('what is shown is never older than what was shown before, and the newest is shown in the end', () => {
  const questions = fc.integer({ min: 1, max: 12 });
  const order = questions.chain((count) =>
    fc.shuffledSubarray(
      Array.from({ length: count }, (_, k) => k + 1),
      { minLength: count },
    ),
  );
  fc.assert(
    fc.property(order, (answers) => {
      const newest = newestAnswer();
      answers.forEach(() => newest.asked());
      const shown = answers.filter((question) => newest.answered(question));
      expect(shown).toEqual(shown.toSorted((a, b) => a - b));
      expect(shown.at(-1)).toBe(answers.length);
      expect(newest.open).toBe(0);
    }),
  );
});
