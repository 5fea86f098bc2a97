import { describe, expect, it } from 'vitest';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';

const minute = 60_000;

describe('a round trip', () => {
  it('gathers scaling in and partial closes of one position', () => {
    const { trips } = roundTripsOf([
      madeDeal({
        deal: '1',
        position: '7',
        volumeLots: 0.1,
        price: 1.1,
        commission: -0.35,
        sl: 1.09,
      }),
      madeDeal({ deal: '2', position: '7', volumeLots: 0.3, price: 1.104, atMs: minute }),
      madeDeal({
        ...{ deal: '3', position: '7', kind: 'sell', entry: 'out', volumeLots: 0.2 },
        ...{ price: 1.106, profit: 60, swap: -0.4, atMs: 2 * minute, tp: 1.2 },
      }),
      madeDeal({
        ...{ deal: '4', position: '7', kind: 'sell', entry: 'out', volumeLots: 0.2 },
        ...{ price: 1.102, profit: -20, atMs: 3 * minute },
      }),
    ]);
    expect(trips).toEqual([
      {
        id: '100@Demo 7',
        account: '100@Demo',
        symbol: 'EURUSD',
        side: 'buy',
        openedMs: 0,
        closedMs: 3 * minute,
        volumeLots: 0.4,
        openLots: 0,
        entryPrice: expect.closeTo(1.103, 10),
        exitPrice: expect.closeTo(1.104, 10),
        gross: 40,
        commission: -0.35,
        fee: 0,
        swap: -0.4,
        net: 39.25,
        sl: 1.09,
        tp: 1.2,
        isWhole: true,
        deals: ['100@Demo 1', '100@Demo 2', '100@Demo 3', '100@Demo 4'],
      },
    ]);
  });

  it('of a hedging account stands beside an opposite one of the same symbol', () => {
    const { trips } = roundTripsOf([
      madeDeal({ deal: '1', position: '1' }),
      madeDeal({ deal: '2', position: '2', kind: 'sell', atMs: minute }),
      // Each closed by the other: two deals, each on its own position.
      madeDeal({
        deal: '3',
        position: '1',
        kind: 'sell',
        entry: 'out-by',
        profit: 5,
        atMs: 2 * minute,
      }),
      madeDeal({ deal: '4', position: '2', kind: 'buy', entry: 'out-by', atMs: 2 * minute }),
    ]);
    expect(trips).toMatchObject([
      { id: '100@Demo 1', side: 'buy', closedMs: 2 * minute, net: 5, isWhole: true },
      { id: '100@Demo 2', side: 'sell', closedMs: 2 * minute, net: 0, isWhole: true },
    ]);
  });

  it('ends where a netting position turns, and the next has its share of the costs', () => {
    const { trips } = roundTripsOf([
      madeDeal({ deal: '1', position: '1', volumeLots: 0.1 }),
      madeDeal({
        ...{ deal: '2', position: '1', kind: 'sell', entry: 'inout', volumeLots: 0.3 },
        ...{ price: 1.12, profit: 200, commission: -0.9, swap: -1, atMs: minute },
      }),
    ]);
    expect(trips).toMatchObject([
      { id: '100@Demo 1', volumeLots: 0.1, commission: -0.3, swap: -1, net: 198.7 },
      {
        id: '100@Demo 1#2',
        side: 'sell',
        volumeLots: 0.2,
        commission: -0.6,
        net: -0.6,
        closedMs: null,
      },
    ]);
  });

  it('whose opening lies before the statement says that it is not whole', () => {
    const { trips } = roundTripsOf([
      madeDeal({ deal: '8', position: '5', kind: 'sell', entry: 'out', price: 1.2, profit: 12 }),
      madeDeal({
        deal: '9',
        position: '5',
        kind: 'sell',
        entry: 'out',
        price: 1.3,
        profit: 3,
        atMs: minute,
      }),
    ]);
    expect(trips).toMatchObject([
      {
        ...{ id: '100@Demo 5', side: 'buy', isWhole: false, entryPrice: null, exitPrice: 1.25 },
        ...{ closedMs: minute, volumeLots: 0.2, openLots: 0, net: 15 },
      },
    ]);
  });

  it('of which more is closed than is known to have been opened is closed, and not whole', () => {
    const { trips } = roundTripsOf([
      madeDeal({ deal: '1', position: '5', volumeLots: 0.1 }),
      madeDeal({
        deal: '2',
        position: '5',
        kind: 'sell',
        entry: 'out',
        volumeLots: 0.3,
        profit: 9,
      }),
    ]);
    expect(trips).toMatchObject([{ isWhole: false, closedMs: 0, net: 9, openLots: 0 }]);
  });

  it('is taken from the source that tells more of a deal', () => {
    const bare = madeDeal({ deal: '1' });
    const full = madeDeal({ deal: '1', position: '4', comment: 'breakout' });
    for (const told of [
      [bare, full],
      [full, bare],
    ]) {
      expect(roundTripsOf(told).trips.map(({ id }) => id)).toEqual(['100@Demo 4']);
    }
  });
});
