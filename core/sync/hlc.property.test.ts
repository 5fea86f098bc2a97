/** Stamps under any clock. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatHlc, HLC_LENGTH, msOfHlc, readHlc, tick, witnessStamp } from './hlc.ts';

const event = fc.oneof(
  fc.record({ kind: fc.constant('tick' as const), nowMs: fc.nat(2 ** 45) }),
  fc.record({
    kind: fc.constant('see' as const),
    ms: fc.nat(2 ** 45),
    counter: fc.constantFrom(0, 1, 36 ** 4 - 1),
  }),
);

test('a stamp is later than every one before it and than all that was seen, whatever the clock', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let clock = { ms: 0, counter: 0 };
      let latest = '';
      for (const each of events) {
        if (each.kind === 'see') {
          const seen = formatHlc(each, 'zzzzzz');
          clock = witnessStamp(clock, seen);
          if (seen > latest) latest = seen;
          continue;
        }
        clock = tick(clock, each.nowMs);
        const stamp = formatHlc(clock, '000000');
        expect(stamp > latest).toBe(true);
        expect(stamp).toHaveLength(HLC_LENGTH);
        expect(readHlc(stamp)).toEqual({ ...clock, node: '000000' });
        expect(msOfHlc(stamp)).toBe(clock.ms);
        latest = stamp;
      }
    }),
  );
});

test('no text but a stamp reads as one', () => {
  for (const text of ['', 'x', '0mbxsxi570000kj07d', '0MBXSXI570000KJ07DF', null, 5, {}]) {
    expect(readHlc(text)).toBe(null);
  }
});
