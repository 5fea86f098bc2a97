import { expect, it } from 'vitest';
import { decimalsOf, notNumberWords, readNumber } from './typed-number.ts';

it('reads a decimal comma, spaces and a plain dot alike', () => {
  expect(readNumber('0,07')).toBe(0.07);
  expect(readNumber(' 10 000.50 ')).toBe(10_000.5);
  expect(readNumber('.5')).toBe(0.5);
  expect(readNumber('−2.5')).toBe(-2.5);
});

it('reads thousands where nothing else can be meant', () => {
  for (const text of ['1,000,000', '1.000.000', '1 000 000', '1’000’000', '1\u202f000\u00a0000']) {
    expect(readNumber(text)).toBe(1e6);
  }
  expect(readNumber('9,500.25')).toBe(9_500.25);
  expect(readNumber('9.500,25')).toBe(9_500.25);
});

it('refuses what is no plain number', () => {
  const odd = ['', 'ten', '1e3', '0x10', '0b1', 'Infinity', 'NaN', '1.2.3', '1,2,3', '--1', '1 2'];
  const grouped = ['1,00,000', '12 34 567', '1,0000,000', '9,500.250.000', '9,5 00', '1 000 00'];
  for (const text of [...odd, ...grouped, '9'.repeat(400)]) {
    expect(readNumber(text), text).toBeNull();
  }
  expect(notNumberWords(' 0x10 ')).toBe('“0x10” is not a number.');
});

it('asks which number is meant where a comma or a point may part thousands', () => {
  for (const text of ['10,000', '10.000', '1,125', ' 250,000 ', '-1,000', '1000,000']) {
    expect(readNumber(text)).toBeNull();
  }
  expect(notNumberWords('10,000')).toContain('can mean 10000 or 10:');
  expect(notNumberWords('9,500')).toContain('can mean 9500 or 9.5:');
  expect(readNumber('0,005')).toBe(0.005);
  expect(readNumber('1.125', { decimals: 2 })).toBeNull();
  expect(notNumberWords('1.125', { decimals: 2 })).toContain('can mean 1125 or 1.1250:');
  expect(readNumber('1.125')).toBe(1.125);
  expect(readNumber('1.125', { decimals: 3 })).toBe(1.125);
  expect(readNumber('1000.125')).toBe(1000.125);
});

it('takes three zeros after a point as decimals where the field has three of them', () => {
  expect(readNumber('150.000', { decimals: 3 })).toBe(150);
  expect(readNumber('150.000', { decimals: 2 })).toBeNull();
  expect(readNumber('150,000', { decimals: 3 })).toBeNull();
});

it('counts the decimals of a step', () => {
  expect([1, 10, 0.1, 0.25, 0.001, 0.00001].map(decimalsOf)).toEqual([0, 0, 1, 2, 3, 5]);
});
