/** Indicators against figures that ta4j is tested with. */
import { describe, expect, it } from 'vitest';
import { findIndicator } from './registry.ts';

describe('figures of ta4j', () => {
  it('are those of the accelerator 2 3 2 (AccelerationDecelerationIndicatorTest)', () => {
    const high = Float64Array.of(16, 12, 18, 10, 8);
    const low = Float64Array.of(8, 6, 14, 6, 4);
    const [actual] = findIndicator('accelerator')!.compute([high, low], [2, 3, 2]);
    expect(actual![3]).toBeCloseTo(0.41666666666, 10);
    expect(actual![4]).toBeCloseTo(-2, 10);
  });
});
