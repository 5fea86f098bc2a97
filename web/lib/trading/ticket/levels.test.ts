import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOnGrid } from '#core/risk/grid.ts';
import { madeInstrument, madeQuote } from '#core/risk/made-account.ts';
import { levelPrice, levelUnits, levelValue, type LevelFrame } from './levels.ts';

const frames: fc.Arbitrary<LevelFrame> = fc.record({
  side: fc.constantFrom('buy', 'sell'),
  which: fc.constantFrom('sl', 'tp'),
  entry: fc.integer({ min: 50_000, max: 200_000 }).map((ticks) => ticks * 1e-5),
  volumeLots: fc.integer({ min: 1, max: 500 }).map((steps) => steps / 100),
  instrument: fc
    .constantFrom(1, 0.5, 0.0934)
    .map((tickValue) => ({ ...madeInstrument, tickValue })),
});

describe('a level', () => {
  test('is the same price whatever unit it is given in', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 2_000 }), (frame, points) => {
        const price = levelPrice(points, 'points', frame)!;
        for (const unit of levelUnits) {
          const value = levelValue(price, unit, frame)!;
          const again = levelPrice(value, unit, frame)!;
          // Money is told in hundredths, which may be less than a tick is worth.
          const tick = frame.volumeLots! * frame.instrument.tickValue;
          const ticksOff = unit === 'money' ? 1 + 0.005 / tick : 0.01;
          expect(Math.abs(again - price) / 1e-5).toBeLessThanOrEqual(ticksOff + 1e-3);
          expect(isOnGrid(again, frame.instrument.tickSize)).toBe(true);
        }
      }),
    );
  });

  test('in money never loses more nor wins less than was typed', () => {
    fc.assert(
      fc.property(frames, fc.double({ min: 1, max: 500, noNaN: true }), (frame, money) => {
        const price = levelPrice(money, 'money', frame);
        if (price === null) return;
        const way = Math.abs(price - frame.entry);
        const made = (way / 1e-5) * frame.instrument.tickValue * frame.volumeLots!;
        if (frame.which === 'sl') expect(made).toBeLessThanOrEqual(money * (1 + 1e-6) + 1e-6);
        else expect(made).toBeGreaterThanOrEqual(money * (1 - 1e-6) - 1e-6);
      }),
    );
  });

  test('lies below a buy as its stop and above it as its target, the other way for a sell', () => {
    const entry = madeQuote.ask;
    const at = (side: 'buy' | 'sell', which: 'sl' | 'tp') =>
      levelPrice(100, 'points', {
        ...{ side, which, entry, volumeLots: 1, instrument: madeInstrument },
      })! - entry;
    expect([at('buy', 'sl'), at('sell', 'tp')].every((way) => way < 0)).toBe(true);
    expect([at('buy', 'tp'), at('sell', 'sl')].every((way) => way > 0)).toBe(true);
  });

  test('in money is nowhere while the volume is not known', () => {
    const frame = {
      ...({ side: 'buy', which: 'sl', entry: 1.1 } as const),
      instrument: madeInstrument,
    } as const;
    expect(levelPrice(50, 'money', { ...frame, volumeLots: null })).toBeNull();
    expect(levelValue(1.09, 'money', { ...frame, volumeLots: null })).toBeNull();
  });
});
