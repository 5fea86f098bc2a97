import { expect, it } from 'vitest';
import { listFault } from './list-draft.ts';

const whole = 'symbol side volume opened closed openPrice closePrice net'.split(' ');

it('says which columns are missing, or stand twice', () => {
  expect(listFault([...whole, '', ''])).toBeNull();
  expect(listFault([...whole, 'profit'])).toBeNull();
  for (const role of whole.slice(0, -1)) {
    expect(listFault(whole.filter((each) => each !== role))).toMatch(/^Missing: [A-Z][a-z ]+\.$/);
  }
  expect(listFault(whole.slice(1, -1))).toBe('Missing: Symbol, Result before costs.');
  expect(listFault([...whole, 'side'])).toBe('Two columns are buy or sell. Leave one out.');
});
