import { expect, it } from 'vitest';
import { apartText, chanceText, verdictText } from './comparison-words.ts';

it.each([
  [1 / 5001, 'never came as far apart', 'hardly chance, unless'],
  [0.004, '1 of 250', 'hardly chance, unless'],
  [0.03, '1 of 33', 'hardly chance, if'],
  [0.2, '1 of 5', 'a hint at most'],
  [0.4, '1 of 3', 'no sign'],
  [0.6, '1 of 2', 'no sign'],
  [1, 'most of the time', 'no sign'],
])('says of a share of %f what chance does, and what that is worth', (share, chance, worth) => {
  expect(chanceText({ share, draws: 5000 })).toContain(chance);
  expect(verdictText({ share, draws: 5000 })).toContain(worth);
});

it('says which brought more, without a sign before what it was', () => {
  expect(apartText('Buys', 2.5, '+2.50 USD')).toBe('Buys brought 2.50 USD more a round trip.');
  expect(apartText('Buys', -1.01, '+1.01 USD')).toBe('Buys brought 1.01 USD less a round trip.');
  expect(apartText('Buys', 0, '+0.00 USD')).toBe('Both brought the same in the mean.');
});
