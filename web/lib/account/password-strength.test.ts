/** The device judges a password by the same rules as the server. */
import { expect, test } from 'vitest';
import { loadPasswordJudge, strengthWords } from './password-strength.ts';

const judge = await loadPasswordJudge();

test.each([
  ['short', 'granite'],
  ['common', 'password1234'],
  ['common', 'qwertyuiop123'],
  ['common', 'aaaaaaaaaaaaaa'],
  ['personal', 'offing-trader-mira'],
  ['long', 'granite tide '.repeat(30)],
  [null, 'tidal clock under granite'],
])('the weakness is %s of %s', (weakness, password) => {
  expect(judge(password, ['mira@offing.example']).weakness).toBe(weakness);
});

test('a weakness is told, and a weak password never looks strong', () => {
  const weak = judge('mira mira mira mira mira', ['mira@offing.example']);
  expect(weak.weakness).not.toBeNull();
  expect(weak.score).toBeLessThan(2);
  expect(strengthWords(weak).length).toBeGreaterThan(20);
  expect(strengthWords(judge('tidal clock under granite', []))).toBe('Strong.');
});
