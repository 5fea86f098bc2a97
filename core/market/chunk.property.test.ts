import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bars, PriceColumn } from './bars.ts';
import { canonicalBars } from './canonical.ts';
import { encodeChunk } from './chunk.ts';
import { decodeChunks } from './chunk-read.ts';
import { makeBars, plain } from './made-bars.ts';
import { splitMonths } from './months.ts';

const int32 = fc.integer({ min: -2147483647, max: 2147483647 });
const price = fc.oneof(
  int32,
  fc.integer({ min: 100_000, max: 140_000 }),
  fc.constantFrom(0, 2147483647, -2147483647),
);
const double = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 1e4),
);

const steps = fc.array(fc.oneof(fc.constant(3_600_000), fc.integer({ min: 1, max: 200_000_000 })), {
  maxLength: 20,
});

const anyBars: fc.Arbitrary<Bars> = fc
  .tuple(steps, fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean(), fc.nat({ max: 8 }))
  .chain(([gaps, float, ask, volume, spread, digits]) => {
    const length = gaps.length + 1;
    const exactly = { minLength: length, maxLength: length };
    const column: fc.Arbitrary<PriceColumn> = float
      ? fc.array(double, exactly).map((values) => Float64Array.from(values))
      : fc.array(price, exactly).map((values) => Int32Array.from(values));
    const side = fc.record({ open: column, high: column, low: column, close: column });
    const volumes = fc.array(fc.oneof(fc.nat(), double), exactly);
    return fc
      .record({
        firstMs: fc.integer({ min: -1e12, max: 4e12 }),
        bid: side,
        ask: ask ? side : fc.constant(null),
        volume: volume ? volumes.map((values) => Float64Array.from(values)) : fc.constant(null),
        spreadPoints: spread
          ? fc.array(int32, exactly).map((values) => Int32Array.from(values))
          : fc.constant(null),
      })
      .map(({ firstMs, ...columns }) => {
        const timesMs = new Float64Array(length);
        timesMs[0] = firstMs;
        gaps.forEach((gap, i) => (timesMs[i + 1] = timesMs[i]! + gap));
        return { length, timesMs, scale: float ? 1 : 10 ** digits, digits: 0, ...columns };
      });
  });

function decoded(chunks: readonly Uint8Array[]): Bars {
  const bars = decodeChunks(chunks);
  if (!bars.ok) throw new Error(bars.error.detail);
  return bars.value;
}

/** Zero over a scale is zero; a negative zero among doubles stays one. */
const bits = (bars: Bars) => plain(bars);

test('gives back the very bars, bit by bit', () => {
  fc.assert(
    fc.property(anyBars, (bars) => {
      expect(bits(decoded([encodeChunk(bars)]))).toEqual(bits(bars));
    }),
    { numRuns: 1000 },
  );
});

test('is a function of the bars alone, whatever scale or type they come in', () => {
  fc.assert(
    fc.property(anyBars, (bars) => {
      const bytes = encodeChunk(bars);
      expect(encodeChunk(decoded([bytes]))).toEqual(bytes);
      const floats = (column: PriceColumn) =>
        Float64Array.from(column, (value) => value / bars.scale);
      const side = (columns: Bars['bid']) => ({
        open: floats(columns.open),
        high: floats(columns.high),
        low: floats(columns.low),
        close: floats(columns.close),
      });
      const same = { ...bars, scale: 1, bid: side(bars.bid), ask: bars.ask && side(bars.ask) };
      expect(encodeChunk(same)).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

test('months read back are in the form that the whole has, to the type of its columns', () => {
  fc.assert(
    fc.property(anyBars, (bars) => {
      // A negative zero fits no scale and no parser gives one.
      const plus = (column: PriceColumn) => column.map((value) => value + 0) as PriceColumn;
      const bid = {
        open: plus(bars.bid.open),
        high: plus(bars.bid.high),
        low: plus(bars.bid.low),
        close: plus(bars.bid.close),
      };
      const whole = canonicalBars({ ...bars, bid });
      const chunks = splitMonths({ ...bars, bid }).map((month) => encodeChunk(month.bars));
      expect({ ...decoded(chunks), digits: 0 }).toEqual({ ...whole, digits: 0 });
    }),
    { numRuns: 500 },
  );
});

test('a damaged byte is noticed, wherever it is', () => {
  const bytes = encodeChunk(makeBars({ count: 60, seed: 3, ask: true, volume: true }));
  fc.assert(
    fc.property(
      fc.nat({ max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, flipped) => {
        const copy = bytes.slice();
        copy[at]! ^= flipped;
        expect(decodeChunks([copy])).toMatchObject({ ok: false, error: { code: 'store.damaged' } });
      },
    ),
    { numRuns: 2000 },
  );
});

test('a chunk cut short or grown is damage', () => {
  const bytes = encodeChunk(makeBars({ count: 60, seed: 4 }));
  for (let length = 0; length < bytes.length; length++) {
    expect(decodeChunks([bytes.slice(0, length)]).ok).toBe(false);
  }
  const grown = new Uint8Array(bytes.length + 8);
  grown.set(bytes);
  expect(decodeChunks([grown]).ok).toBe(false);
});

test('random bytes are damage and never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(decodeChunks([bytes])).toMatchObject({ ok: false, error: { code: 'store.damaged' } });
    }),
  );
});

test('months decode to the whole, also from odd offsets in memory', () => {
  const bars = makeBars({ count: 3000, seed: 5, ask: true, volume: true });
  const chunks = splitMonths(bars).map(({ bars: month }) => {
    const bytes = encodeChunk(month);
    const odd = new Uint8Array(bytes.length + 3).subarray(3);
    odd.set(bytes);
    return odd;
  });
  expect(chunks.length).toBeGreaterThan(3);
  expect(plain(decoded(chunks))).toEqual(plain(bars));
  expect(decodeChunks([...chunks].reverse()).ok).toBe(false);
});

test('months on different scales meet on one that is exact for both', () => {
  const month = (firstMs: number, open: number): Bars => ({
    ...makeBars({ count: 1, seed: 1, firstMs }),
    scale: 1,
    bid: {
      open: Float64Array.of(open),
      high: Float64Array.of(open),
      low: Float64Array.of(open),
      close: Float64Array.of(open),
    },
  });
  const at = (year: number) => Date.UTC(year, 0);
  const load = (...opens: number[]) =>
    decoded(opens.map((open, i) => encodeChunk(month(at(2000 + i), open))));
  const points = load(1.5, 1.12345, 2);
  expect(points.bid.open).toEqual(Int32Array.of(150_000, 112_345, 200_000));
  expect(points.scale).toBe(100_000);
  const wide = load(0.00000001, 100_000, 1.5);
  expect(wide.bid.open).toEqual(Float64Array.of(0.00000001, 100_000, 1.5));
  const mixed = load(1.5, 1 / 3);
  expect(mixed.bid.open).toEqual(Float64Array.of(1.5, 1 / 3));
});

test('hourly bars of currencies take about nine bytes', () => {
  const bars = makeBars({ count: 700, seed: 6 });
  expect(encodeChunk(bars).length).toBeLessThan(700 * 9);
});
