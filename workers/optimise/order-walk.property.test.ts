/** Orders walked by WASM against those walked by core. */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { walkOrders } from '#core/optimise/order-paths.ts';
import { createWalk } from './order-walk.ts';

const factor = fc.oneof(
  fc.double({ min: 0.9, max: 1.12, noNaN: true }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1),
);
const request = fc.record({
  factors: fc.array(factor, { minLength: 2, maxLength: 90 }),
  runs: fc.integer({ min: 1, max: 150 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

afterEach(() => vi.unstubAllGlobals());

test('the same seed gives the same falls and growths, bit for bit', { timeout: 60_000 }, () => {
  const walk = createWalk();
  expect(walk).not.toBe(walkOrders);
  fc.assert(
    fc.property(request, ({ factors, runs, seed }) => {
      const columns = Float64Array.from(factors);
      expect(walk(columns, runs, seed)).toStrictEqual(walkOrders(columns, runs, seed));
    }),
    { numRuns: 1500 },
  );
});

test('core walks where there is no WebAssembly, and where there is no memory for it', () => {
  const factors = Float64Array.of(1.1, 0.8, 1.05);
  const walk = createWalk();
  const { Module, Instance } = WebAssembly;
  const Memory = function () {
    throw new RangeError('could not allocate memory');
  };
  vi.stubGlobal('WebAssembly', { Module, Instance, Memory });
  expect(walk(factors, 10, 1)).toStrictEqual(walkOrders(factors, 10, 1));
  vi.stubGlobal('WebAssembly', undefined);
  expect(createWalk()).toBe(walkOrders);
});
