import { expect, test } from 'vitest';
import { verdictOn } from './verdict.ts';

const good = { score: 1, testScore: 0.6, plateau: 0.9, neutral: 0, deflated: 0.97 };

test('a result that held, among good neighbours, beyond luck is worth a closer look', () => {
  expect(verdictOn(good).title).toMatch(/closer look/);
});

test.each([
  ['lost on unseen prices', { testScore: -0.1 }, /did not see/],
  ['has no figure on unseen prices', { testScore: null }, /did not see/],
  ['stands alone', { plateau: 0.2 }, /lone peak/],
  ['is no more than luck', { deflated: 0.6 }, /by luck/],
])('a best that %s is not to be trusted, and the reason is said', (_, change, words) => {
  const verdict = verdictOn({ ...good, ...change });
  expect(verdict.title).toMatch(/Do not trust/);
  expect(verdict.reason).toMatch(words);
});

test('a profit factor of one is no gain', () => {
  expect(verdictOn({ ...good, score: 1, neutral: 1 }).title).toMatch(/Nothing here works/);
});

test('without unseen prices it says that nothing was checked on them', () => {
  expect(verdictOn({ ...good, testScore: undefined }).reason).toMatch(/not been checked/);
});
