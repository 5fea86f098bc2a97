import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barTimes } from './bar-times.ts';

const HOUR = 3_600_000;
const none = {
  count: 0,
  entryBar: new Int32Array(),
  exitBar: new Int32Array(),
  entryMs: new Float64Array(),
  exitMs: new Float64Array(),
};

const rising = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 60 })
  .map((steps) => {
    let hour = 0;
    return Float64Array.from(steps, (step) => (hour += step) * HOUR);
  });

it('takes the times of the bars the run saw, whatever was added around them', () => {
  fc.assert(
    fc.property(rising, fc.nat(20), fc.nat(20), (times, before, after) => {
      const lead = Float64Array.from({ length: before }, (_, i) => (i - before) * HOUR);
      const tail = Float64Array.from({ length: after }, (_, i) => times.at(-1)! + (i + 1) * HOUR);
      const stored = Float64Array.from([...lead, ...times, ...tail]);
      const run = { bars: times.length, firstMs: times[0]!, lastMs: times.at(-1)! };
      const found = barTimes(run, stored, none);
      expect(found.exact).toBe(true);
      expect([...found.timesMs]).toEqual([...times]);
    }),
  );
});

it('without the series keeps both ends, every round trip, and the order of time', () => {
  fc.assert(
    fc.property(rising, fc.nat(), fc.nat(), (times, a, b) => {
      const last = times.length - 1;
      const [entry, exit] = [a % times.length, b % times.length].toSorted((x, y) => x - y) as [
        number,
        number,
      ];
      const trips = {
        count: 1,
        entryBar: Int32Array.of(entry),
        exitBar: Int32Array.of(exit),
        entryMs: Float64Array.of(times[entry]!),
        exitMs: Float64Array.of(times[exit]!),
      };
      const run = { bars: times.length, firstMs: times[0]!, lastMs: times[last]! };
      const { timesMs, exact } = barTimes(run, null, trips);
      expect(exact).toBe(false);
      expect(timesMs[0]).toBe(times[0]);
      expect(timesMs[last]).toBe(times[last]);
      expect(timesMs[entry]).toBe(times[entry]);
      expect(timesMs[exit]).toBe(times[exit]);
      expect([...timesMs]).toEqual([...timesMs].toSorted((x, y) => x - y));
    }),
  );
});
