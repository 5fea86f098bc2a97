import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instrument } from '#core/broker/instrument.ts';
import { levelPrice, levelUnits, type LevelName } from '#lib/trading/ticket/levels.ts';
import { newDraft } from '#lib/trading/ticket/draft.ts';
import { moveDraft } from './chart-desk.ts';

const instrument: Instrument = {
  ...{ symbol: 'EURUSD', description: 'Euro', digits: 5, pointSize: 1e-5, tickSize: 1e-5 },
  ...{ tickValue: 1, contractSize: 100_000, volumeMinLots: 0.01, volumeMaxLots: 100 },
  ...{ volumeStepLots: 0.01, stopsLevelPoints: 0, freezeLevelPoints: 0, marginPerLot: 1_000 },
  ...{ swapLongPoints: -8, swapShortPoints: 3, tradeMode: 'full', fillings: ['fok'] },
};

test('a line that is moved says the same price to the form, whatever the form counts in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...levelUnits),
      fc.constantFrom<LevelName>('sl', 'tp'),
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.integer({ min: 105_000, max: 115_000 }),
      fc.constantFrom(0.01, 0.5, 3, null),
      (unit, which, side, ticks, volumeLots) => {
        const draft = { ...newDraft('EURUSD', 0.01), side, volumeLots, slBy: unit, tpBy: unit };
        const frame = (name: LevelName) => ({
          ...{ side, which: name, entry: 1.1, volumeLots, instrument },
        });
        const price = Number((ticks * 1e-5).toFixed(5));
        moveDraft({ draft, sending: { order: { frame } } }, which, price);
        const by = which === 'sl' ? draft.slBy : draft.tpBy;
        const at = levelPrice(draft[which]!, by, frame(which))!;
        // Money is kept to the cent: of a hundredth of a lot that is a tick.
        expect(Math.abs(at - price)).toBeLessThan(1.001e-5);
        if (by !== 'money') expect(at).toBeCloseTo(price, 9);
        moveDraft({ draft, sending: { order: { frame } } }, which, null);
        expect(draft[which]).toBeNull();
      },
    ),
  );
});
