import { expect, test } from 'vitest';
import { isWritten } from './day-written.ts';

test('a plan says something once there is more than it began with', () => {
  expect(isWritten({ excerpt: '', text: [] }, undefined)).toBe(false);
  expect(isWritten({ excerpt: 'Levels:\n', text: ['a'] }, 'Levels:\n')).toBe(false);
  expect(isWritten({ excerpt: 'Levels: 1.10', text: ['a', 'b'] }, 'Levels:\n')).toBe(true);
  expect(isWritten({ excerpt: 'Wait', text: ['a'] }, 7)).toBe(true);
});

test('a plan that another device began after it was written is written still', () => {
  expect(isWritten({ excerpt: '', text: ['a'] }, undefined)).toBe(true);
  expect(isWritten({ excerpt: 'Levels:', text: ['a', 'b', 'a'] }, 'Levels:')).toBe(true);
  expect(isWritten({ excerpt: 'Levels:', text: ['a', 'a'] }, 'Levels:')).toBe(false);
});
