import { describe, expect, it } from 'vitest';
import type { TripEdit } from '../collections/trip-edit.ts';
import { editedTrips, mergeFault, type EditedTrip, type EditedWith } from './edited-trips.ts';
import { dealKey, type JournalDeal } from './journal-deal.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';

const account = '100@Demo';
const enter = (deal: string, price: number, position: string, more: Partial<JournalDeal> = {}) =>
  madeDeal({ deal, price, position, atMs: Number(deal), commission: -1, ...more });
const leave = (
  deal: string,
  price: number,
  position: string,
  profit: number,
  more: Partial<JournalDeal> = {},
) => enter(deal, price, position, { kind: 'sell', entry: 'out', profit, commission: 0, ...more });

const split = (deal: string, id = `at ${deal}`): TripEdit => ({
  ...{ id, kind: 'split', trips: [], at: `${account} ${deal}`, updatedMs: 1 },
});
const merge = (...named: readonly (string | readonly [string, string])[]): TripEdit => ({
  ...{ id: `of ${named.join('+')}`, kind: 'merge', at: null, updatedMs: 1 },
  trips: named.map((each) => {
    const [deal, cut] = typeof each === 'string' ? [each, null] : each;
    return { deal: `${account} ${deal}`, cut: cut === null ? null : `${account} ${cut}` };
  }),
});
const using = (deals: readonly JournalDeal[]): EditedWith => ({
  deals: (keys) => deals.filter((deal) => keys.has(dealKey(deal))),
  currencyOf: () => 'USD',
});
const shown = (deals: readonly JournalDeal[], ...edits: readonly TripEdit[]) =>
  editedTrips<EditedTrip>(roundTripsOf(deals).trips, edits, using(deals), (trip) => trip);

/** Two entries at different prices; the broker books both closings against their mean, 1.11. */
const scaled = [
  enter('1', 1.1, '1'),
  enter('2', 1.12, '1'),
  leave('3', 1.13, '1', 200),
  leave('4', 1.15, '1', 400),
];

describe('a round trip that is split', () => {
  it('gives each part what it opened and closed first, at its own prices', () => {
    const parts = shown(scaled, split('2'));
    expect(parts.map(({ id }) => id)).toEqual([`${account} 1`, `${account} 1~2`]);
    expect(parts).toMatchObject([
      { volumeLots: 0.1, entryPrice: 1.1, exitPrice: 1.13, gross: 300, net: 299, closedMs: 3 },
      { volumeLots: 0.1, entryPrice: 1.12, exitPrice: 1.15, gross: 300, net: 299, closedMs: 4 },
    ]);
  });

  it('shares a closing of more than one part by volume, to the cent', () => {
    const deals = [
      enter('1', 1.1, '1', { volumeLots: 0.1 }),
      enter('2', 1.1, '1', { volumeLots: 0.2 }),
      leave('3', 1.2, '1', 100, { volumeLots: 0.3, swap: -0.5 }),
    ];
    const parts = shown(deals, split('2'));
    expect(parts.map(({ gross, swap, net }) => [gross, swap, net])).toEqual([
      [33.33, -0.17, 32.16],
      [66.67, -0.33, 65.34],
    ]);
    expect(parts.map(({ deals: keys }) => keys.length)).toEqual([2, 2]);
  });

  it('can be split at a closing, and at several deals', () => {
    const deals = [
      enter('1', 1.1, '1', { volumeLots: 0.3 }),
      leave('2', 1.11, '1', 10),
      leave('3', 1.12, '1', 20),
      leave('4', 1.13, '1', 30),
    ];
    const nets = (...edits: TripEdit[]) => shown(deals, ...edits).map(({ gross }) => gross);
    expect(nets(split('3'))).toEqual([10, 50]);
    expect(nets(split('3'), split('4'))).toEqual([10, 20, 30]);
    expect(nets(split('4'), split('3', 'by another device'), split('3'))).toEqual([10, 20, 30]);
  });

  it('stays whole at its first entry, at its first closing and where its opening is missing', () => {
    const ids = (told: readonly JournalDeal[], edit: TripEdit) =>
      shown(told, edit).map(({ id }) => id);
    expect(ids(scaled, split('1'))).toEqual([`${account} 1`]);
    expect(ids(scaled, split('3'))).toEqual([`${account} 1`]);
    expect(ids(scaled.slice(2), split('4'))).toEqual([`${account} 1`]);
    expect(ids(scaled, split('99'))).toEqual([`${account} 1`]);
  });
});

describe('round trips that are merged', () => {
  const apart = [
    enter('1', 1.1, '1', { sl: 1.09 }),
    enter('2', 1.12, '2', { volumeLots: 0.3 }),
    leave('3', 1.13, '1', 30),
    leave('4', 1.15, '2', 90, { volumeLots: 0.3, swap: -2 }),
  ];

  it('are one with the volume, mean prices, costs and result of all', () => {
    const [one, ...others] = shown(apart, merge('1', '2'));
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      ...{ id: `${account} 1`, volumeLots: 0.4, openLots: 0, side: 'buy', sl: 1.09 },
      ...{ gross: 120, commission: -2, swap: -2, net: 116, openedMs: 1, closedMs: 4 },
    });
    expect(one!.entryPrice).toBeCloseTo(1.115, 12);
    expect(one!.exitPrice).toBeCloseTo(1.145, 12);
    expect(one!.deals).toEqual(['1', '2', '3', '4'].map((deal) => `${account} ${deal}`));
    expect(one!.edited?.ids).toEqual([`${account} 1`, `${account} 2`]);
  });

  it('are linked by what two devices decided at once', () => {
    const third = [enter('5', 1.1, '5'), leave('6', 1.1, '5', 1)];
    const [one, ...others] = shown([...apart, ...third], merge('2', '1'), merge('2', '5'));
    expect(others).toEqual([]);
    expect(one!.edited?.ids).toEqual(['1', '2', '5'].map((name) => `${account} ${name}`));
    expect(one!.edited?.merges).toHaveLength(2);
  });

  it('may be parts of one that was split', () => {
    const trips = shown([...scaled, ...apart.map(later)], split('2'), merge(['1', '2'], '11'));
    expect(trips.map(({ id }) => id)).toEqual([`${account} 1`, `${account} 1~2`, `${account} 12`]);
    expect(trips[1]!.edited?.ids).toEqual([`${account} 1~2`, `${account} 11`]);
    expect(shown(scaled, split('2'), merge('1', ['1', '2']))).toMatchObject([
      { id: `${account} 1`, volumeLots: 0.2, gross: 600, net: 598 },
    ]);
  });

  it('find a part by either deal that it was split at', () => {
    const told = [...scaled, ...apart.map(later)];
    for (const cut of ['2', '4'] as const) {
      const edits = [split('2'), split('4'), merge(['1', cut], '11')];
      for (const each of [edits, edits.toReversed()]) {
        const ids = shown(told, ...each).map(({ id }) => id);
        expect(ids).toEqual([`${account} 1`, `${account} 1~2`, `${account} 12`]);
      }
    }
  });

  it('stay apart when one is gone, or is of another side, symbol, account or currency', () => {
    expect(shown(apart, merge('1', '2', '99'))).toHaveLength(2);
    const trips = roundTripsOf(apart).trips;
    const [a, b] = [trips[0]!, trips[1]!];
    const told = () => 'USD';
    expect(mergeFault([a], told)).toBe('one');
    expect(mergeFault([a, { ...b, account: '2' }], told)).toBe('account');
    expect(mergeFault([a, { ...b, symbol: 'DAX' }], told)).toBe('symbol');
    expect(mergeFault([a, { ...b, side: 'sell' }], told)).toBe('side');
    expect(mergeFault([a, b], ({ id }) => id)).toBe('currency');
    expect(mergeFault([a, { ...b, isWhole: false }], told)).toBe('missing');
    expect(mergeFault([a, b], told)).toBe(null);
  });
});

/** The same again, later and under other numbers. */
function later(deal: JournalDeal): JournalDeal {
  const shifted = (name: string) => String(Number(name) + 10);
  return {
    ...{ ...deal, deal: shifted(deal.deal), position: shifted(deal.position) },
    atMs: deal.atMs + 10,
  };
}
