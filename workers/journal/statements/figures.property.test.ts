import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberOf } from './figures.ts';

const figure = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.nat(9))
  .map(([sign, digits, decimals]) => {
    const text = String(digits).padStart(decimals + 1, '0');
    const whole = text.slice(0, text.length - decimals);
    return `${sign}${whole}${decimals > 0 ? `.${text.slice(text.length - decimals)}` : ''}`;
  });

it('reads a plain figure as the number that is written, of however many digits', () => {
  fc.assert(
    fc.property(figure, (text) => {
      expect(numberOf(text)).toBe(Number(text) === 0 ? 0 : Number(text));
    }),
  );
});

it('reads nothing of what is no figure', () => {
  for (const text of ['', '-', '.', '1.2.3', '1-2', '--1', '1e5', '0x10', '1 / 2', 'Infinity']) {
    expect(numberOf(text)).toBeNaN();
  }
  expect([numberOf('5.'), numberOf('.5'), numberOf('(1 234.50)')]).toEqual([5, 0.5, -1234.5]);
});
