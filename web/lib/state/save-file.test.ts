/** What the world refuses is said; a bug goes on to whoever reports bugs. */
import { expect, test } from 'vitest';
import { fileFailure } from './save-file.ts';

test.each([
  new RangeError('Array buffer allocation failed'),
  new DOMException('no room', 'QuotaExceededError'),
  new TypeError('Failed to fetch dynamically imported module: /a.js'),
  new TypeError('error loading dynamically imported module: /a.js'),
  new TypeError('Importing a module script failed.'),
])('%s is a file that could not be made', (error) => {
  expect(fileFailure(error).code).toBe('file.not-made');
});

test.each([new TypeError('x is undefined'), new Error('what must hold'), 'text'])(
  '%s is a bug and thrown on',
  (error) => {
    expect(() => fileFailure(error)).toThrow(error as Error);
  },
);
