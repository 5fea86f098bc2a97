/** Our own logarithm and exponential against those of the engine the tests run in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponential, naturalLog } from './logarithm.ts';

describe('logarithm', () => {
  it('is right to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noDefaultInfinity: true, noNaN: true }), (x) => {
        const expected = Math.log(x);
        expect(Math.abs(naturalLog(x) - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected));
      }),
    );
  });

  it('keeps its digits next to 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => {
        const expected = Math.log(x);
        expect(Math.abs(naturalLog(x) - expected)).toBeLessThanOrEqual(1e-15 * Math.abs(expected));
      }),
    );
  });

  it('has no value for what is not above 0', () => {
    expect(naturalLog(0)).toBe(-Infinity);
    expect(naturalLog(-1)).toBe(-Infinity);
    expect(naturalLog(1)).toBe(0);
    expect(naturalLog(Infinity)).toBe(Infinity);
    expect(naturalLog(NaN)).toBeNaN();
  });
});

describe('exponential', () => {
  it('is right to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        const expected = Math.exp(x);
        expect(Math.abs(exponential(x) - expected)).toBeLessThanOrEqual(2e-15 * expected);
      }),
    );
  });

  it('ends in 0 and in infinity', () => {
    expect(exponential(-1000)).toBe(0);
    expect(exponential(1000)).toBe(Infinity);
    expect(exponential(0)).toBe(1);
    expect(exponential(NaN)).toBeNaN();
  });
});
