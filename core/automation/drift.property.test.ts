import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BotTrip } from './bot-book.ts';
import { driftOf, type DriftFacts } from './drift.ts';

const barMs = 3_600_000;

const anyTrip: fc.Arbitrary<BotTrip> = fc.record({
  position: fc.uuid(),
  side: fc.constantFrom(1 as const, -1 as const),
  lots: fc.integer({ min: 1, max: 20 }).map((steps) => steps / 10),
  entryMs: fc.integer({ min: 0, max: 40 }).map((bar) => bar * barMs),
  exitMs: fc.integer({ min: 40, max: 80 }).map((bar) => bar * barMs),
  entryPrice: fc.integer({ min: 90_000, max: 110_000 }).map((points) => points / 100_000),
  exitPrice: fc.integer({ min: 90_000, max: 110_000 }).map((points) => points / 100_000),
  profit: fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
  commission: fc.integer({ min: -500, max: 0 }).map((cents) => cents / 100),
  swap: fc.constant(0),
  reason: fc.constantFrom('rule' as const, 'stop' as const, 'target' as const),
});

function factsOf(simulated: readonly BotTrip[], live: readonly BotTrip[], sent: boolean) {
  return {
    ...{ simulated, live, barMs, pointSize: 0.00001, lotMoney: 100_000 },
    quoteOf: ({ entryPrice, exitPrice }, end) => {
      const price = end === 'entry' ? entryPrice : exitPrice;
      return sent ? { bid: price - 0.00003, ask: price + 0.00004 } : null;
    },
    leftBy: ({ lots }) => (lots > 1 ? 'part' : lots > 0.5 ? 'moved' : 'exit'),
    reasonAt: () => 'late',
  } satisfies DriftFacts;
}

test('the parts of all lines add up to all that the bot did better or worse', () => {
  const trips = fc.array(anyTrip, { maxLength: 12 });
  fc.assert(
    fc.property(trips, trips, fc.boolean(), (simulated, live, sent) => {
      const { money, lines, liveProfit, simulatedProfit } = driftOf(factsOf(simulated, live, sent));
      const parts = Object.values(money).reduce((sum, part) => sum + part, 0);
      expect(parts).toBeCloseTo(liveProfit - simulatedProfit, 3);
      expect(lines.filter((line) => line.live)).toHaveLength(live.length);
      expect(lines.filter((line) => line.simulated)).toHaveLength(simulated.length);
    }),
  );
});

test('a bot that did the very same has nothing but lines that are the same', () => {
  fc.assert(
    fc.property(fc.array(anyTrip, { maxLength: 12 }), (trips) => {
      const { counts, money } = driftOf(factsOf(trips, trips, false));
      expect(counts).toEqual({ same: trips.length, differs: 0, missed: 0, extra: 0 });
      expect(money).toEqual({});
    }),
  );
});
