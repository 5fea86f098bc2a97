/** Ticks stored and merged: nothing is lost, nothing is doubled, damage is noticed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitDays } from './days.ts';
import { makeTicks, plainTicks } from './made-ticks.ts';
import { mergeTicks } from './merge-ticks.ts';
import { decodeTicks, encodeTicks, readTickHeader } from './tick-chunk.ts';
import { canonicalTicks, joinTicks, sliceTicks, type Ticks } from './ticks.ts';

const made = fc
  .record({
    count: fc.integer({ min: 1, max: 300 }),
    seed: fc.integer(),
    mostStepMs: fc.constantFrom(0, 3, 900, 4_000_000),
    ask: fc.boolean(),
    volume: fc.boolean(),
  })
  .map((options) => makeTicks(options));

/** The same ticks with prices that no Int32 scale holds. */
const asFloats = (ticks: Ticks): Ticks => {
  const wide = (column: Ticks['bid']) => Float64Array.from(column, (value) => value / 3);
  return { ...ticks, scale: 1, bid: wide(ticks.bid), ask: ticks.ask && wide(ticks.ask) };
};

const store = (ticks: Ticks) => splitDays(ticks).map((day) => encodeTicks(day.ticks));

function load(chunks: readonly Uint8Array[]): Ticks {
  const ticks = decodeTicks(chunks);
  if (!ticks.ok) throw new Error(ticks.error.detail);
  return ticks.value;
}

describe('stored ticks', () => {
  test('come back as they were, with points and with doubles', () => {
    fc.assert(
      fc.property(made, fc.boolean(), (ticks, float) => {
        const kept = float ? asFloats(ticks) : ticks;
        expect(plainTicks(load(store(kept)))).toEqual(plainTicks(kept));
      }),
    );
  });

  test('are the same bytes on every scale', () => {
    fc.assert(
      fc.property(made, (ticks) => {
        const finer: Ticks = {
          ...ticks,
          scale: ticks.scale * 10,
          bid: ticks.bid.map((value) => value * 10) as Int32Array,
          ask: ticks.ask && (ticks.ask.map((value) => value * 10) as Int32Array),
        };
        expect(store(finer)).toEqual(store(ticks));
        expect(store(canonicalTicks(finer))).toEqual(store(ticks));
      }),
    );
  });

  test('are refused when any byte was changed', () => {
    const [chunk] = store(makeTicks({ count: 50, seed: 5, volume: true }));
    for (let at = 0; at < chunk!.length; at++) {
      const hurt = chunk!.slice();
      hurt[at]! ^= 0x40;
      expect(decodeTicks([hurt])).toMatchObject({ ok: false, error: { code: 'store.damaged' } });
    }
    expect(readTickHeader(chunk!)).toMatchObject({ ok: true, value: { ticks: 50, hasAsk: true } });
  });

  test('of two days do not pass for each other', () => {
    const day = makeTicks({ count: 20, seed: 6 });
    const next = makeTicks({ count: 20, seed: 7, firstMs: Date.UTC(2020, 0, 2), volume: true });
    const [a, b] = [store(day)[0]!, store(next)[0]!];
    expect(decodeTicks([b, a]).ok).toBe(false);
    expect(decodeTicks([a, b]).ok).toBe(false);
    expect(decodeTicks([]).ok).toBe(false);
  });
});

test('days with other scales join on one that is exact', () => {
  const coarse: Ticks = { ...makeTicks({ count: 9, seed: 8 }), scale: 1000, digits: 3 };
  const fine = makeTicks({ count: 9, seed: 9, firstMs: Date.UTC(2020, 0, 3) });
  const wide: Ticks = { ...coarse, bid: coarse.bid.map((v) => v + 2 ** 30) as Int32Array };
  const both = (a: Ticks, b: Ticks) => [...plainTicks(a).bid, ...plainTicks(b).bid];
  expect(joinTicks([coarse, fine]).bid).toBeInstanceOf(Int32Array);
  expect(plainTicks(joinTicks([coarse, fine])).bid).toEqual(both(coarse, fine));
  expect(joinTicks([wide, fine]).bid).toBeInstanceOf(Float64Array);
  expect(plainTicks(joinTicks([wide, fine])).bid).toEqual(both(wide, fine));
});

describe('merging ticks', () => {
  test('with themselves changes nothing, however many are alike', () => {
    fc.assert(
      fc.property(made, (ticks) => {
        const merged = mergeTicks(ticks, ticks);
        expect(merged).toMatchObject({ added: 0, unchanged: ticks.length });
        expect(plainTicks(merged.ticks)).toEqual(plainTicks(ticks));
      }),
    );
  });

  test('that overlap between two milliseconds makes the whole, in either order', () => {
    const cuts = fc.tuple(made, fc.nat(), fc.nat());
    fc.assert(
      fc.property(cuts, ([ticks, a, b]) => {
        const [first, second] = [a, b]
          .map((cut) => startOfMillisecond(ticks, cut % (ticks.length + 1)))
          .sort((one, other) => one - other) as [number, number];
        const early = sliceTicks(ticks, 0, second);
        const late = sliceTicks(ticks, first, ticks.length);
        for (const [one, other] of [
          [early, late],
          [late, early],
        ] as const) {
          const merged = mergeTicks(one, other);
          expect(plainTicks(merged.ticks)).toEqual(plainTicks(ticks));
          expect(merged.unchanged).toBe(second - first);
        }
      }),
    );
  });

  test('loses none and invents none where a millisecond is cut', () => {
    fc.assert(
      fc.property(made, fc.nat(), (ticks, cut) => {
        const at = cut % (ticks.length + 1);
        const merged = mergeTicks(sliceTicks(ticks, at, ticks.length), sliceTicks(ticks, 0, at));
        expect(sorted(merged.ticks).length).toBeLessThanOrEqual(ticks.length);
        const whole = mergeTicks(merged.ticks, ticks);
        expect(sorted(whole.ticks)).toEqual(sorted(ticks));
      }),
    );
  });
});

function startOfMillisecond({ timesMs }: Ticks, index: number): number {
  let at = index;
  while (at > 0 && at < timesMs.length && timesMs[at] === timesMs[at - 1]) at--;
  return at;
}

function sorted(ticks: Ticks): string[] {
  const { timesMs, bid, ask, volume } = plainTicks(ticks);
  return timesMs.map((time, i) => `${time} ${bid[i]} ${ask?.[i]} ${volume?.[i]}`).sort();
}
