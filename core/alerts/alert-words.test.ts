import { expect, test } from 'vitest';
import { toldWords, type AlertFacts } from './alert-words.ts';

const price: AlertFacts = {
  condition: { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 },
  ...{ value: 1.10002, detail: {} },
};

test.each([
  [price, 'EURUSD rose to 1.1, bid 1.10002'],
  [{ ...price, value: 1.1 }, 'EURUSD rose to 1.1'],
  [{ ...price, detail: { seen: 'bars' } }, 'EURUSD rose to 1.1, seen late in its bars'],
])('a price is told with the bid, unless only its bars are known: %#', (facts, words) => {
  expect(toldWords(facts)).toBe(words);
});
