/** Every failure has words, and none of them speaks in code. */
import { expect, test } from 'vitest';
import { errorCodes } from '#core/errors.ts';
import { errorWords } from './errors.ts';

test.each(errorCodes)('%s is told in words', (code) => {
  const { what, detail } = errorWords({ code, detail: 'line 7' });
  expect(what.length).toBeGreaterThan(5);
  expect(what).not.toContain(code);
  expect(what).not.toMatch(/[.!]$/);
  expect(detail).toBe(code === 'work.cancelled' ? '' : 'line 7');
});

test('a refusal tells its figures, as closely as it takes to see why', () => {
  const told = (value: number, limit: number) =>
    errorWords({ code: 'risk.trade', detail: 'in short', figures: { value, limit } }).detail;
  expect(told(0.0312345, 0.02)).toBe('Risk 3.12 % of equity; your limit is 2 %.');
  expect(told(0.0200001, 0.02)).toBe('Risk 2.00001 % of equity; your limit is 2 %.');
  const figures = { field: 'stop', value: 'NaN' };
  const wrong = errorWords({ code: 'trade.number-invalid', detail: '', figures });
  expect(wrong.detail).toBe('The stop is NaN.');
});
