import { expect, it } from 'vitest';
import { notNumberWords, readNumber } from './typed-number.ts';

it('reads a decimal comma, spaces and a plain dot alike', () => {
  expect(readNumber('0,07')).toBe(0.07);
  expect(readNumber(' 10 000.50 ')).toBe(10_000.5);
  expect(readNumber('.5')).toBe(0.5);
});

it('refuses what is no plain number', () => {
  for (const text of ['', 'ten', '1e3', '1.2.3', '1,000,000', '--1', 'NaN']) {
    expect(readNumber(text)).toBeNull();
  }
});

it('asks which number is meant where a comma or a point may part thousands', () => {
  for (const text of ['10,000', '10.000', '1,125', ' 250,000 ', '-1,000', '1000,000']) {
    expect(readNumber(text)).toBeNull();
  }
  expect(notNumberWords('10,000')).toContain('can mean 10000 or 10:');
  expect(readNumber('0,005')).toBe(0.005);
  expect(readNumber('1.125')).toBe(1.125);
});
