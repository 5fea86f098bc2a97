import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum } from './draft.ts';

const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const decimal = (value: bigint): string => {
  const digits = String(value < 0n ? -value : value).padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

describe('a sum of money', () => {
  it('is that of the decimals, of whatever size and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 60 }), (amounts) => {
        const sum = amounts.reduce((a, b) => a + b, 0n);
        expect(exactSum(amounts.map((each) => Number(decimal(each))))).toBe(Number(decimal(sum)));
        const back = [...amounts, -sum].map((each) => Number(decimal(each)));
        expect(exactSum(back.toReversed())).toBe(0);
      }),
    );
  });

  it('of large sums of many cents leaves nothing over', () => {
    const amounts = [98_765_432_109.87, ...Array.from({ length: 1000 }, () => -98_765_432.1)];
    expect(exactSum([...amounts, -9.87])).toBe(0);
    expect(exactSum([1e21, -1e21, 0.1, 0.2])).toBe(0.3);
  });
});
