import { expect, test } from 'vitest';
import { isEndOf, passphraseFault } from './passphrase.ts';

test('a passphrase is held to what is asked of a password', async () => {
  expect(await passphraseFault('short', [])).toMatch(/Too short/);
  expect(await passphraseFault('password1234', [])).toMatch(/Too easy/);
  expect(await passphraseFault('marina.harbour1', ['marina.harbour@offing.example'])).toMatch(
    /Too close/,
  );
  expect(await passphraseFault('seven slow boats in fog', [])).toBeUndefined();
});

test('the end of a recovery code is taken however it is typed, and no other', () => {
  const code = '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ';
  expect(isEndOf(code, 'wxyz')).toBe(true);
  expect(isEndOf(code, ' WXYZ ')).toBe(true);
  expect(isEndOf(code, 'RSTV')).toBe(false);
  expect(isEndOf(code, '')).toBe(false);
});
