/** Every failure has words, and none of them speaks in code. */
import { expect, test } from 'vitest';
import { errorCodes } from '#core/errors.ts';
import { errorWords } from './errors.ts';

test.each(errorCodes)('%s is told in words', (code) => {
  const { what, detail } = errorWords({ code, detail: 'line 7' });
  expect(what.length).toBeGreaterThan(5);
  expect(what).not.toContain(code);
  expect(what).not.toMatch(/[.!]$/);
  expect(detail).toBe(code === 'work.cancelled' ? '' : 'line 7');
});
