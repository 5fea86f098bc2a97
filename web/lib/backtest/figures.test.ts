import { expect, it } from 'vitest';
import { percentText, ratioText } from './figures.ts';

it('shows a percentage with fewer digits the larger it is, as it is rounded', () => {
  expect(percentText(-99.99)).toBe('−99.99\u00a0%');
  expect(percentText(-99.999)).toBe('−100.0\u00a0%');
  expect(percentText(999.96, true)).toBe('+1,000\u00a0%');
});

it('shows a ratio with the digits that mean something', () => {
  expect(ratioText(null)).toBe('–');
  expect(ratioText(-0.284)).toBe('−0.28');
  expect(ratioText(123.4)).toBe('123');
});

it('does not spell out a ratio to a divisor of nearly nothing', () => {
  expect(ratioText(-4.486155541854014e21)).toBe('<\u00a0−10,000');
  expect(ratioText(2e6)).toBe('>\u00a010,000');
  expect(ratioText(Infinity)).toBe('∞');
});
