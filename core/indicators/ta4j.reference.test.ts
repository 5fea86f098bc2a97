/** Indicators against figures that ta4j (MIT) is tested with. */
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

  it('are those of the vwap of days of five bars (VWAPIndicatorTest)', () => {
    const high = [45.15, 45.32, 45.25, 45.2, 45.2, 45.16, 45.22, 45.27, 45.45, 45.5];
    const low = [44.99, 45.11, 45.04, 45.1, 45.1, 45.07, 45.1, 45.14, 45.2, 45.39];
    const close = [45.1, 45.19, 45.14, 45.15, 45.14, 45.1, 45.15, 45.22, 45.43, 45.44];
    const openMs = high.map((_, bar) => Math.floor(bar / 5) * 86_400_000 + (bar % 5) * 60_000);
    const sources = [high, low, close, high.map(() => 1), openMs].map((one) =>
      Float64Array.from(one),
    );
    const [actual] = findIndicator('vwap')!.compute(sources, [0]);
    expect(actual![4]).toBeCloseTo(45.1453, 4);
    expect(actual![9]).toBeCloseTo(45.256, 4);
  });
});
