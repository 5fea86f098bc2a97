/** The round trips in sight are those that a look at every one of them would find. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RoundTripSpans } from './round-trips-in-span.ts';

const trips = fc.array(
  fc.record({
    entry: fc.nat({ max: 9_000 }),
    held: fc.nat({ max: 400 }),
    market: fc.nat({ max: 2 }),
  }),
  { maxLength: 60 },
);

test('a span finds every round trip open in it, of its market, in order', () => {
  fc.assert(
    fc.property(trips, fc.nat({ max: 9_000 }), fc.nat({ max: 3_000 }), (given, fromMs, wide) => {
      // Repeated until they fill several blocks, of which most lie beside the span.
      const all = Array.from({ length: 50 }, () => given).flat();
      const number = (of: (each: (typeof all)[number]) => number) => Float64Array.from(all, of);
      const columns = {
        count: all.length,
        entryMs: number(({ entry }) => entry),
        exitMs: number(({ entry, held }) => entry + held),
        entryPrice: number(() => 1),
        exitPrice: number(() => 1),
        units: number(() => 1),
        profit: number(() => 1),
      };
      const toMs = fromMs + wide;
      const seen = (market: number | null) =>
        [...all.keys()].filter((i) => {
          const { entry, held, market: own } = all[i]!;
          const isOf = market === null || own === market;
          return isOf && entry + held >= fromMs && entry <= toMs;
        });
      const markets = Uint16Array.from(all, ({ market }) => market);
      expect(new RoundTripSpans(columns).within({ fromMs, toMs }, 0)).toEqual(seen(null));
      const several = new RoundTripSpans({ ...columns, market: markets });
      for (const market of [0, 1, 2]) {
        expect(several.within({ fromMs, toMs }, market)).toEqual(seen(market));
      }
    }),
    { numRuns: 60 },
  );
});
