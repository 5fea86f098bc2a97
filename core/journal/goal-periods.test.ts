import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goalMeasures, type Goal } from '../collections/goal.ts';
import { goalDaysOf } from './goal-days.ts';
import { goalPeriods, isLimit, periodEnd, periodStart, type Measured } from './goal-periods.ts';
import { madeTrips } from './made-trips.ts';

const goal = (parts: Partial<Goal>) =>
  ({
    ...{ measure: 'net', period: 'week', target: 100, currency: null, fromDay: '2026-11-09' },
    ...(parts as object),
  }) as Goal;
const day = (of: string, more: object = {}) => ({
  ...{ day: of, currency: 'USD', trips: 1, net: 0, r: 0, withR: 0, mistakes: 0 },
  ...{ rating: 0, rated: 0, met: 0, criteria: 0 },
  ...more,
});
const measured = (parts: Partial<Measured>): Measured => ({
  ...{ days: [], plans: [], reviews: [], today: '2026-11-25' },
  ...parts,
});
const asked = { until: '2026-11-25', most: 12 };

describe('a goal', () => {
  it('is kept or missed by the week, from Monday, and goes on in the last', () => {
    const days = [
      day('2026-11-08', { net: 900 }),
      day('2026-11-09', { net: 60.1 }),
      day('2026-11-15', { net: 39.9 }),
      day('2026-11-16', { net: 99.99 }),
      day('2026-11-23', { net: 300 }),
      day('2026-11-24', { net: 5, currency: 'EUR' }),
    ];
    expect(goalPeriods(goal({}), measured({ days }), asked)).toEqual([
      { from: '2026-11-09', until: '2026-11-15', value: 100, state: 'kept' },
      { from: '2026-11-16', until: '2026-11-22', value: 99.99, state: 'missed' },
      { from: '2026-11-23', until: '2026-11-29', value: 300, state: 'open' },
    ]);
    const euros = goalPeriods(goal({ currency: 'EUR', target: 1 }), measured({ days }), asked);
    expect(euros.map(({ state }) => state)).toEqual(['none', 'none', 'open']);
  });

  it('of a month takes short months and years as they are', () => {
    expect(periodEnd(periodStart('2028-02-10', 'month'), 'month')).toBe('2028-02-29');
    expect(periodEnd(periodStart('2026-12-31', 'month'), 'month')).toBe('2026-12-31');
    expect(periodStart('2026-11-01', 'week')).toBe('2026-10-26');
  });

  it('that must stay below is missed as soon as it is passed, one of days kept once reached', () => {
    const days = [day('2026-11-23', { trips: 4, mistakes: 1 })];
    const state = (parts: Partial<Goal>) =>
      goalPeriods(goal(parts), measured({ days, plans: ['2026-11-23', '2026-11-24'] }), asked).at(
        -1,
      )?.state;
    expect(state({ measure: 'trips', target: 3 })).toBe('missed');
    expect(state({ measure: 'trips', target: 4 })).toBe('open');
    expect(state({ measure: 'mistakes', target: 1 })).toBe('open');
    expect(state({ measure: 'plans', target: 2 })).toBe('kept');
    expect(state({ measure: 'plans', target: 3 })).toBe('open');
    expect(state({ measure: 'reviews', target: 1 })).toBe('open');
  });

  it('of a mean says nothing where nothing was rated', () => {
    const days = [
      day('2026-11-10'),
      day('2026-11-17', { rating: 9, rated: 2, met: 3, criteria: 4 }),
    ];
    const read = (measure: Goal['measure'], target: number) =>
      goalPeriods(goal({ measure, target }), measured({ days }), asked)
        .slice(0, 2)
        .map(({ value, state }) => [value, state]);
    expect(read('rating', 4)).toEqual([
      [null, 'none'],
      [4.5, 'kept'],
    ]);
    expect(read('criteria', 80)).toEqual([
      [null, 'none'],
      [75, 'missed'],
    ]);
  });

  it('has each period once, without gaps, and is the easier the lower its target is', () => {
    const made = fc.record({
      trips: madeTrips,
      measure: fc.constantFrom(...goalMeasures),
      period: fc.constantFrom<'week' | 'month'>('week', 'month'),
      target: fc.integer({ min: -50, max: 50 }),
    });
    fc.assert(
      fc.property(made, ({ trips, measure, period, target }) => {
        const rated = trips.map((trip) => ({ ...trip, met: [] }));
        const days = goalDaysOf(rated, 'UTC', { p1: ['c'] });
        const read = (to: number) =>
          goalPeriods(
            goal({ measure, period, target: to, fromDay: '2025-01-01' }),
            measured({ days, today: '2026-06-01' }),
            { until: '2026-06-01', most: 1_000 },
          );
        const results = read(target);
        results.slice(1).forEach(({ from }, at) => {
          expect(Date.parse(from) - Date.parse(results[at]!.until)).toBe(86_400_000);
        });
        const kept = (all: typeof results) => all.filter(({ state }) => state === 'kept').length;
        const easier = read(target + (isLimit(measure) ? 1 : -1));
        expect(kept(easier)).toBeGreaterThanOrEqual(kept(results));
        const closed = trips.filter(({ closedMs }) => closedMs !== null);
        if (
          measure === 'trips' &&
          closed.every(({ closedMs }) => closedMs! < Date.UTC(2026, 5, 1))
        ) {
          const all = results.reduce((sum, { value }) => sum + value!, 0);
          expect(all).toBe(closed.length);
        }
      }),
    );
  });
});
