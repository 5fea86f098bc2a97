import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bars } from './bars.ts';
import { faultOfBars } from './check-bars.ts';
import { makeBars, plain } from './made-bars.ts';
import { mergeBars } from './merge-bars.ts';

const whole = makeBars({ count: 60, seed: 1, ask: true, volume: true });

/** The bars of `whole` whose index is in `kept`. */
function some(kept: readonly number[]): Bars {
  const indices = [...new Set(kept)].sort((a, b) => a - b);
  const pick = (column: Int32Array | Float64Array) =>
    Int32Array.from(indices, (index) => column[index]!);
  const side = (columns: Bars['bid']) => ({
    open: pick(columns.open),
    high: pick(columns.high),
    low: pick(columns.low),
    close: pick(columns.close),
  });
  return {
    ...whole,
    length: indices.length,
    timesMs: Float64Array.from(indices, (index) => whole.timesMs[index]!),
    bid: side(whole.bid),
    ask: side(whole.ask!),
    volume: Float64Array.from(indices, (index) => whole.volume![index]!),
  };
}
const indices = fc.array(fc.nat({ max: 59 }), { minLength: 1 });

test('merging is commutative and idempotent, and counts what it adds', () => {
  fc.assert(
    fc.property(indices, indices, (a, b) => {
      const union = plain(some([...a, ...b]));
      const merged = mergeBars(some(a), some(b), 'keep');
      expect(plain(merged.bars)).toEqual(union);
      expect(plain(mergeBars(some(b), some(a), 'keep').bars)).toEqual(union);
      expect(merged.added).toBe(union.timesMs.length - new Set(a).size);
      expect(merged.unchanged).toBe(new Set(b).size - merged.added);
      const again = mergeBars(merged.bars, some(b), 'replace');
      expect(again).toMatchObject({ added: 0, unchanged: new Set(b).size, conflicts: [] });
      expect(plain(again.bars)).toEqual(union);
    }),
  );
});

test('a bar with another price is a conflict that keeps or gives way as told', () => {
  const volume = whole.volume!.slice();
  volume[7]! += 1;
  const other = { ...whole, volume };
  const kept = mergeBars(whole, other, 'keep');
  expect(kept.conflicts).toEqual([7]);
  expect(plain(kept.bars)).toEqual(plain(whole));
  expect(plain(mergeBars(whole, other, 'replace').bars)).toEqual(plain(other));
});

test('good bars have no fault and each kind of bad one has its own', () => {
  expect(faultOfBars(whole)).toBeNull();
  const bad = (change: (bars: Bars) => void): string | null => {
    const copy = some(Array.from(whole.bid.open.keys()));
    change(copy);
    return faultOfBars(copy);
  };
  expect(bad(({ bid }) => (bid.low[3] = bid.high[3]! + 1))).toContain('bar 3 has impossible');
  expect(bad(({ ask }) => (ask!.high[4] = 0))).toContain('bar 4 has an impossible ask');
  expect(bad(({ bid }) => (bid.high[5] = 9e8))).toContain('bar 5 has its ask below');
  expect(bad(({ volume }) => (volume![6] = NaN))).toContain('bar 6 has no volume');
  const spread = (points: number) =>
    faultOfBars({ ...whole, spreadPoints: new Int32Array(whole.length).fill(points) });
  expect(spread(3)).toBeNull();
  expect(spread(-1)).toContain('bar 0 has a spread below zero');
  expect(bad(({ timesMs }) => (timesMs[7] = timesMs[6]!))).toContain('bar 7 is not after');
});
