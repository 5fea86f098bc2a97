import { expect, it } from 'vitest';
import { studentQuantile } from './student.ts';

/** Two-sided, 95 % and 99 %. Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2. */
it.each([
  [1, 12.706, 63.657],
  [2, 4.303, 9.925],
  [3, 3.182, 5.841],
  [4, 2.776, 4.604],
  [5, 2.571, 4.032],
  [10, 2.228, 3.169],
  [30, 2.042, 2.75],
  [100, 1.984, 2.626],
])('is what tables say with %i degrees of freedom', (degrees, at95, at99) => {
  expect(Math.abs(studentQuantile(0.05, degrees) - at95)).toBeLessThan(0.0015);
  expect(Math.abs(studentQuantile(0.01, degrees) - at99)).toBeLessThan(0.0015);
});

it('falls to that of the normal distribution, without a step between whole degrees', () => {
  expect(studentQuantile(0.05, 1e6)).toBeCloseTo(1.959966, 5);
  for (let degrees = 2.1; degrees < 60; degrees += 0.1) {
    const [here, next] = [studentQuantile(0.05, degrees), studentQuantile(0.05, degrees + 0.1)];
    expect(next).toBeLessThan(here);
    expect(next).toBeGreaterThan(here * 0.9);
  }
});
