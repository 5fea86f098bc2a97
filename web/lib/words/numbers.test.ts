/** Numbers as people read them. */
import { expect, test } from 'vitest';
import { bytesText, countText, numberText, priceText, signedText } from './numbers.ts';

test('a number keeps its digits, groups thousands and has a true minus sign', () => {
  expect(numberText(-12345.6, 2)).toBe('−12,345.60');
  expect(numberText(null)).toBe('–');
  expect(numberText(NaN)).toBe('–');
  expect(numberText(Infinity)).toBe('∞');
});

test('a price keeps the digits of its symbol and no thousands mark', () => {
  expect(priceText(1.1, 5)).toBe('1.10000');
  expect(priceText(20123.4, 1)).toBe('20123.4');
});

test('a gain carries a plus', () => {
  expect(signedText(3)).toBe('+3.00');
  expect(signedText(-3)).toBe('−3.00');
  expect(signedText(0)).toBe('0.00');
});

test('bytes are told in the unit that leaves two to three figures', () => {
  expect(bytesText(0)).toBe('0 B');
  expect(bytesText(999)).toBe('999 B');
  expect(bytesText(1_240_000)).toBe('1.2 MB');
  expect(bytesText(123_400_000)).toBe('123 MB');
});

test('a count agrees with its noun', () => {
  expect(countText(1, 'bar')).toBe('1 bar');
  expect(countText(1200, 'bar')).toBe('1,200 bars');
  expect(countText(2, 'series', 'series')).toBe('2 series');
});
