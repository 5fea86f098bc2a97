/** Whatever is traded at whatever prices, the paper broker's books are true. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPaperBroker, type PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { anyMove, cents, madeBroker, play, price, request, type MadeBroker } from './paper-play.ts';

const kinds: readonly (readonly [string, MadeBroker])[] = [
  ['hedging', { mode: 'hedging' }],
  ['netting', { mode: 'netting' }],
  [
    'hedging with costs',
    { terms: { slippagePoints: 3, commissionPerLot: 3.5, swapChangesTicket: true } },
  ],
  ['netting, exact', { mode: 'netting', profile: 'exact' }],
  ['hedging with thin offers', { symbol: { liquidityLots: 2 } }],
];
const moves = fc.array(anyMove, { minLength: 1, maxLength: 60 });

function dealsInCents(broker: PaperBroker): number {
  let sum = 0;
  for (const { profit, swap, commission } of broker.deals()) {
    sum += cents(profit) + cents(swap) + cents(commission);
  }
  return sum;
}

/** Lots that all deals leave of each position, from its first to its last. */
function lotsByDeals(broker: PaperBroker): Map<string, number> {
  const left = new Map<string, number>();
  for (const { position, kind, volumeLots } of broker.deals()) {
    if (kind !== 'buy' && kind !== 'sell') continue;
    const signed = kind === 'buy' ? volumeLots : -volumeLots;
    left.set(position, (left.get(position) ?? 0) + signed);
  }
  return left;
}

describe.each(kinds)('%s', (_name, made) => {
  test('the balance is the deposit and what all deals came to, to the cent', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const broker = madeBroker(made);
        for (const move of all) {
          play(broker, move);
          const { balance, equity } = broker.account();
          expect(cents(balance)).toBe(dealsInCents(broker));
          const floating = broker
            .positions()
            .reduce((sum, { profit, swap }) => sum + profit + swap, 0);
          // Each position is shown rounded, equity is rounded once.
          const dust = 0.011 * (broker.positions().length + 1);
          expect(Math.abs(equity - balance - floating)).toBeLessThan(dust);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('positions are what the deals left, never less than a step, one a symbol where netted', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const broker = madeBroker(made);
        for (const move of all) play(broker, move);
        const left = lotsByDeals(broker);
        const open = new Map(
          broker.positions().map(({ position, side, volumeLots }) => {
            expect(volumeLots).toBeGreaterThanOrEqual(0.01 - 1e-9);
            return [position, side === 'buy' ? volumeLots : -volumeLots];
          }),
        );
        for (const [position, lots] of left) {
          expect(Math.abs(lots - (open.get(position) ?? 0))).toBeLessThan(1e-6);
        }
        if (made.mode === 'netting') expect(open.size).toBeLessThanOrEqual(1);
        for (const { volumeLots } of broker.orders()) expect(volumeLots).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test('after a quote equity is above half of the margin, or nothing is open', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const broker = madeBroker({ ...made, balance: 1_500 });
        for (const move of all) {
          play(broker, move);
          if (move.t !== 'price' || broker.positions().length === 0) continue;
          const { equity, margin } = broker.account();
          expect(equity).toBeGreaterThan(0.5 * margin - 0.02);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a saved book goes on as the one that was never saved', () => {
    fc.assert(
      fc.property(moves, moves, (before, after) => {
        const broker = madeBroker(made);
        for (const move of before) play(broker, move);
        const text = JSON.stringify(broker.save());
        const again = openPaperBroker(JSON.parse(text) as ReturnType<PaperBroker['save']>);
        for (const move of after) {
          play(broker, move);
          play(again, move);
        }
        expect(JSON.stringify(again.save())).toBe(JSON.stringify(broker.save()));
      }),
      { numRuns: 30 },
    );
  });
});

test('hedging and netting earn the same on the same deals, once all is closed', () => {
  const trades = fc.array(
    fc.record({
      points: fc.integer({ min: -200, max: 200 }),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      steps: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(trades, (all) => {
      const made = { profile: 'exact', balance: 1_000_000 } as const;
      const [hedging, netting] = (['hedging', 'netting'] as const).map((mode) => {
        const broker = madeBroker({ ...made, mode });
        for (const { points, side, steps } of all) {
          const { bid } = broker.quote('EURUSD')!;
          // Without a spread, so that closing both sides costs nothing.
          const next = Number((bid + points * 0.00001).toFixed(5));
          price(broker, next, next);
          expect(broker.trade(request({ type: side, volumeLots: steps / 100 })).retcode).toBe(
            10009,
          );
        }
        for (const held of broker.positions()) {
          const type = held.side === 'buy' ? 'sell' : 'buy';
          broker.trade(request({ type, volumeLots: held.volumeLots, position: held.ticket }));
        }
        expect(broker.positions()).toEqual([]);
        return cents(broker.account().balance);
      });
      // A mean price lies between points, so that each deal may be rounded by half a cent.
      expect(Math.abs(hedging! - netting!)).toBeLessThanOrEqual(all.length + 1);
    }),
    { numRuns: 60 },
  );
});

test('where the oldest has to go first, no other is ever closed by a request', () => {
  fc.assert(
    fc.property(moves, (all) => {
      const broker = madeBroker({ terms: { isFifo: true } });
      for (const move of all) {
        const oldest = broker.positions()[0];
        const before = broker.deals().length;
        play(broker, move);
        if (move.t !== 'close') continue;
        for (const { position } of broker.deals().slice(before)) {
          expect(position).toBe(oldest?.position);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('deals come in pages that leave none out and give none twice', () => {
  fc.assert(
    fc.property(moves, fc.integer({ min: 1, max: 7 }), (all, limit) => {
      const broker = madeBroker();
      for (const move of all) play(broker, move);
      const read = [];
      let cursor = { serverMs: 0, deal: '0' };
      for (let hasMore = true; hasMore;) {
        const page = broker.dealsAfter(cursor, limit);
        read.push(...page.deals);
        ({ hasMore } = page);
        cursor = page.deals.at(-1) ?? cursor;
      }
      expect(read).toEqual(broker.deals());
    }),
    { numRuns: 40 },
  );
});
