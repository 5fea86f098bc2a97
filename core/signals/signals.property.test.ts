/** Signals look at nothing that comes later, and their past is counted as a person would count it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prices, sliceBars } from '../market/bars.ts';
import { makeBars } from '../market/made-bars.ts';
import { pastHits } from './past-hits.ts';
import { signalRules } from './registry.ts';
import { readySignal, signalColumns } from './signal-columns.ts';
import { signalsOf } from './signals-of.ts';
import { wilsonInterval } from './wilson.ts';

const ready = signalRules.map(readySignal);
const columnsOf = (signal: (typeof ready)[number], bars: ReturnType<typeof makeBars>) => {
  const columns = signalColumns(signal, bars);
  if (!columns.ok) throw new Error(columns.error.code);
  return columns.value;
};
const sidesArbitrary = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 0, maxLength: 80 });

it.each(ready)('says of a bar what it said when that was the last: $rule.name', (signal) => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.integer({ min: 60, max: 299 }), (seed, end) => {
      const bars = makeBars({ count: 300, seed });
      const whole = columnsOf(signal, bars);
      const then = columnsOf(signal, sliceBars(bars, 0, end));
      expect([...then.sides]).toEqual([...whole.sides.subarray(0, end)]);
      expect([...then.strength]).toEqual([...whole.strength.subarray(0, end)]);
    }),
    { numRuns: 20 },
  );
});

it.each(ready)(
  'is between 0 and 100 wherever it speaks, and speaks both ways: $rule.name',
  (signal) => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { sides, strength } = columnsOf(signal, makeBars({ count: 400, seed }));
      sides.forEach((side, i) => {
        if (side === 0) return;
        seen.add(side);
        expect(strength[i]).toBeGreaterThanOrEqual(0);
        expect(strength[i]).toBeLessThanOrEqual(100);
      });
    }
    expect([...seen].sort()).toEqual([-1, 1]);
  },
);

it.each(signalRules)('gives reasons by series that its rules have: $name', ({ rules, reasons }) => {
  for (const text of [reasons.up, reasons.down]) {
    for (const [, name] of text.matchAll(/\{(\w+)(?::\d)?\}/g)) {
      expect(rules).toContain(`let ${name} = `);
    }
  }
});

it('counts each beginning once, judged at its horizon, and none within that of the last', () => {
  fc.assert(
    fc.property(
      sidesArbitrary,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 80, maxLength: 80 }),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom<1 | -1>(1, -1),
      (list, all, horizonBars, side) => {
        const sides = Int8Array.from(list);
        const closes = Float64Array.from(all.slice(0, list.length));
        const found = pastHits({ side, sides, closes, horizonBars });
        const begins = list.flatMap((each, i) =>
          each === side && list[i - 1] !== side && i + horizonBars < list.length ? [i] : [],
        );
        const kept: number[] = [];
        for (const i of begins) {
          if (kept.length === 0 || i >= kept.at(-1)! + horizonBars) kept.push(i);
        }
        const hits = kept.filter((i) => side * (closes[i + horizonBars]! - closes[i]!) > 0);
        expect(found.cases).toBe(kept.length);
        expect(found.hits).toBe(hits.length);
        expect(found.ratio).toBe(kept.length === 0 ? null : hits.length / kept.length);
      },
    ),
  );
});

it('gives the interval of the books, within 0 … 1 and around what was counted', () => {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
  const rounded = (hits: number, cases: number) => {
    const { lowRatio, highRatio } = wilsonInterval(hits, cases)!;
    return [lowRatio.toFixed(4), highRatio.toFixed(4)];
  };
  expect(rounded(81, 263)).toEqual(['0.2553', '0.3662']);
  expect(rounded(15, 148)).toEqual(['0.0624', '0.1605']);
  expect(rounded(0, 20)).toEqual(['0.0000', '0.1611']);
  expect(rounded(1, 29)).toEqual(['0.0061', '0.1718']);
  expect(wilsonInterval(0, 0)).toBeNull();
});

it('finds nothing in a past that knows nothing: a random walk is right half of the time', () => {
  for (const signal of ready) {
    let [hits, cases] = [0, 0];
    for (let seed = 100; seed < 112; seed++) {
      const bars = makeBars({ count: 3_000, seed });
      const closes = prices(bars.bid, 'close', bars.scale);
      const { sides } = columnsOf(signal, bars);
      for (const side of [1, -1] as const) {
        const { horizonBars } = signal.rule;
        const found = pastHits({ side, sides, closes, horizonBars });
        hits += found.hits;
        cases += found.cases;
      }
    }
    expect(cases).toBeGreaterThan(300);
    expect(Math.abs(hits / cases - 0.5)).toBeLessThan(0.07);
  }
});

it('tells each signal once: it speaks, is quiet, or needs more bars', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (count, seed) => {
      const bars = makeBars({ count, seed });
      const told = signalsOf(ready, { now: bars, history: bars });
      if (!told.ok) throw new Error(told.error.code);
      const { spoken, quiet, unready, asOfMs } = told.value;
      const names = [...spoken.map(({ name }) => name), ...quiet, ...unready];
      expect(names.sort()).toEqual(signalRules.map(({ name }) => name).sort());
      expect(asOfMs).toBe(bars.timesMs.at(-1) ?? null);
      if (count < 20) expect(unready).toHaveLength(names.length);
      for (const each of spoken) {
        const columns = columnsOf(
          ready.find(({ rule }) => rule.name === each.name)!,
          bars,
        );
        expect(columns.sides[count - 1]).toBe(each.side === 'up' ? 1 : -1);
        expect(each.sinceMs).toBe(bars.timesMs[count - 1 - each.sinceBars]);
      }
    }),
    { numRuns: 40 },
  );
});
