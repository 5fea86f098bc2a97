/** Excursions of many round trips against the ways that they were made of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueIn, worthIn, type TripUnit } from './trip-units.ts';
import { whatIf, type MeasuredTrip } from './what-if.ts';
import { whileOpen } from './while-open.ts';

const pip = 0.0001;
const worth = 100_000;
/** In pips: how far against and for it, where it ended between them, and how far off its stop was. */
const made = fc
  .record({
    against: fc.integer({ min: 0, max: 80 }),
    ahead: fc.integer({ min: 0, max: 80 }),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
    stop: fc.option(fc.integer({ min: 81, max: 200 })),
    costs: fc.integer({ min: 0, max: 300 }),
  })
  .map((each) => ({
    ...each,
    end: Math.round(each.place * (each.against + each.ahead)) - each.against,
  }))
  .filter(({ end }) => end !== 0);
type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

function trip({ against, ahead, end, side, stop, costs }: Made, n: number): MeasuredTrip {
  const at = (pips: number) => 1.1 + (side === 'buy' ? 1 : -1) * pips * pip;
  const gross = end * pip * worth;
  const net = gross - costs / 100;
  return {
    ...{ id: `1 ${n}`, account: '1', symbol: 'EURUSD', side, openedMs: 0, closedMs: n + 1 },
    ...{ volumeLots: 1, openLots: 0, entryPrice: 1.1, exitPrice: at(end) },
    ...{ gross, commission: -costs / 100, fee: 0, swap: 0, net, tp: null, isWhole: true },
    ...{ deals: [], tags: [], rating: null, playbook: null, mistakes: [], currency: 'USD' },
    sl: stop === null ? null : at(-stop),
    r: stop === null ? null : net / (stop * pip * worth),
    excursion: { mae: against * pip, mfe: ahead * pip },
  };
}

const base = { money: 5_000, accounts: 1 };
const told = (all: readonly Made[], unit: TripUnit) =>
  whileOpen(all.map(trip), { valueOf: valueIn(unit, base), worthOf: worthIn(unit, base) });
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const many = fc.array(made, { maxLength: 30 });

describe('round trips while they were open', () => {
  it('went as far as their ways say, in every unit', () => {
    fc.assert(
      fc.property(many, fc.constantFrom<TripUnit>('money', 'r', 'percent', 'pips'), (all, unit) => {
        const able = all.filter(({ stop }) => unit !== 'r' || stop !== null);
        const { all: figures, dots, untold } = told(all, unit);
        expect([dots.length, untold]).toEqual([able.length, all.length - able.length]);
        expect(figures === null).toBe(able.length === 0);
        if (figures === null) return;
        const size = ({ stop }: Made) =>
          ({ money: 10, r: 1 / (stop ?? NaN), percent: 10 / 50, pips: 1 })[unit];
        const maes = able.map((each) => each.against * size(each));
        expect(figures.averageMae).toBeCloseTo(mean(maes), 6);
        expect(figures.averageMfe).toBeCloseTo(
          mean(able.map((each) => each.ahead * size(each))),
          6,
        );
        const below = maes.filter((mae) => mae < figures.medianMae - 1e-9).length;
        const above = maes.filter((mae) => mae > figures.medianMae + 1e-9).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(able.length / 2);
        for (const [at, { mae, value }] of dots.entries()) {
          expect(mae).toBeCloseTo(maes[at]!, 6);
          // Of a long way against it no end is worse, but for its costs.
          expect(value).toBeGreaterThanOrEqual(-mae - 3 * size(able[at]!) - 1e-9);
        }
      }),
    );
  });

  it('are winners, losers, or came to nothing; and kept no more than their best', () => {
    fc.assert(
      fc.property(many, (all) => {
        const { all: figures, won, lost } = told(all, 'money');
        const even = all.map(trip).filter(({ net }) => net === 0).length;
        expect((won?.trips ?? 0) + (lost?.trips ?? 0) + even).toBe(figures?.trips ?? 0);
        for (const each of [figures, won, lost]) {
          if (each) expect(each.medianKept ?? 0).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (won) expect(won.medianKept).toBeGreaterThan(0);
      }),
    );
  });

  it('say nothing of the stop of one that was open several times', () => {
    fc.assert(
      fc.property(many, (all) => {
        const legs = [{ openedMs: 0, closedMs: 1, entryPrice: 1, exitPrice: 1, volumeLots: 1 }];
        const edited = { kind: 'merge', parts: [], legs } as unknown as MeasuredTrip['edited'];
        const merged = all.map(trip).map((each) => ({ ...each, edited: edited! }));
        const units = { valueOf: valueIn('money', base), worthOf: worthIn('money', base) };
        expect(whileOpen(merged, units).stop).toBeNull();
      }),
    );
  });

  it('lose with a nearer stop the winners that "what if" stops out', () => {
    fc.assert(
      fc.property(many, (all) => {
        const { stop } = told(all, 'money');
        const winners = all.map(trip).filter(({ net, sl }) => net > 0 && sl !== null);
        expect(stop?.winners ?? 0).toBe(winners.length);
        for (const { part, winners: closed } of stop?.nearer ?? []) {
          const rule = { stop: { by: 'r', count: part }, target: null } as const;
          const supposed = whatIf(winners, rule, valueIn('money', null));
          expect(closed).toBe(supposed.stopped + supposed.inDoubt);
        }
        expect(stop?.most ?? 1).toBeGreaterThanOrEqual(stop?.median ?? 0);
      }),
    );
  });
});
