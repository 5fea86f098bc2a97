import { expect, it } from 'vitest';
import { ratioText } from './figures.ts';

it('shows a ratio with the digits that mean something', () => {
  expect(ratioText(null)).toBe('–');
  expect(ratioText(-0.284)).toBe('−0.28');
  expect(ratioText(123.4)).toBe('123');
});

it('does not spell out a ratio to a divisor of nearly nothing', () => {
  expect(ratioText(-4.486155541854014e21)).toBe('<\u00a0−1,000,000');
  expect(ratioText(2e6)).toBe('>\u00a01,000,000');
  expect(ratioText(Infinity)).toBe('∞');
});
