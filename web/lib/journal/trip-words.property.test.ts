import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortMoneyText } from './trip-words.ts';

const money = fc.oneof(
  fc.integer({ min: -20_000_000, max: 20_000_000 }).map((cents) => cents / 100),
  fc.double({ min: -9e14, max: 9e14, noNaN: true }),
  fc.constantFrom(0, 0.04, -0.04, 99.995, 999.5, 9_999.5, 99_950, 999_500, 1_890_000, -999_999.99),
);
const sizes = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 };

it('shortens money to no other value than its rounded one, and to what a cell holds', () => {
  fc.assert(
    fc.property(money, (value) => {
      const text = shortMoneyText(value);
      expect(text.length).toBeLessThanOrEqual(5);
      const [, sign, digits, unit] = /^([+−]?)([\d,]+(?:\.\d+)?)([kMBT]?)$/.exec(text)!;
      const size = sizes[unit as keyof typeof sizes];
      const shown = Number(digits!.replaceAll(',', '')) * size * (sign === '−' ? -1 : 1);
      const last = size / 10 ** (digits!.split('.')[1]?.length ?? 0);
      expect(Math.abs(shown - value)).toBeLessThanOrEqual(last * 0.5000001);
      // Never as much as itself, and no single digit of cents, which looks like one that was cut.
      expect(last).toBeLessThanOrEqual(Math.max(1, Math.abs(value)));
      expect(unit === '' ? digits : '').not.toMatch(/\.\d$/);
    }),
  );
});

it('shortens money as one says it', () => {
  const short = [0, 7.5, -12.34, 1234.56, 12_345, -123_456, 1_890_000, 999_999].map(shortMoneyText);
  expect(short).toEqual([...['0.00', '+7.50', '−12', '+1.2k', '+12k', '−123k', '+1.9M', '+1.0M']]);
});
