import { describe, expect, it } from 'vitest';
import { madeDeal } from '#core/journal/made-deals.ts';
import { roundTripsOf } from '#core/journal/round-trips.ts';
import { planFault, unknownRText, type PlanField } from './plan-words.ts';

function tripOf(side: 'buy' | 'sell', sl: number | null = null) {
  const out = side === 'buy' ? 'sell' : 'buy';
  const [trip] = roundTripsOf([
    madeDeal({ deal: '1', position: '1', kind: side, price: 1.1, sl }),
    madeDeal({
      deal: '2',
      position: '1',
      kind: out,
      entry: 'out',
      price: 1.12,
      profit: 9,
      atMs: 1,
    }),
  ]).trips;
  return { ...trip!, r: null };
}

describe('a level that was planned', () => {
  it.each<[string, 'buy' | 'sell', PlanField, number, boolean]>([
    ['a stop below a buy', 'buy', 'plannedSl', 1.09, true],
    ['a stop above a buy', 'buy', 'plannedSl', 1.11, false],
    ['a stop at the entry', 'buy', 'plannedSl', 1.1, false],
    ['a stop above a sell', 'sell', 'plannedSl', 1.11, true],
    ['a stop below a sell', 'sell', 'plannedSl', 1.09, false],
    ['a target above a buy', 'buy', 'plannedTp', 1.11, true],
    ['a target below a buy', 'buy', 'plannedTp', 1.09, false],
    ['a target below a sell', 'sell', 'plannedTp', 1.09, true],
    ['a target above a sell', 'sell', 'plannedTp', 1.11, false],
    ['no price at all', 'sell', 'plannedTp', -1, false],
  ])(
    'is taken where it lies on its own side of the entry: %s',
    (_, side, field, price, isRight) => {
      const fault = planFault(tripOf(side), field, price);
      expect(fault === null).toBe(isRight);
    },
  );

  it('says on which side it belongs, and takes anything where the entry is not known', () => {
    expect(planFault(tripOf('buy'), 'plannedSl', 1.2)).toBe(
      'The stop of a buy lies below its opening at 1.1.',
    );
    expect(planFault(tripOf('sell'), 'plannedTp', 1.2)).toBe(
      'The target of a sell lies below its opening at 1.1.',
    );
    expect(planFault({ side: 'buy', entryPrice: null }, 'plannedSl', 1.2)).toBeNull();
  });
});

describe('an R that is not known', () => {
  const reasons: readonly [string, object, string][] = [
    ['there is no stop', {}, 'without a stop'],
    ['the stop lies beyond the entry', { sl: 1.11 }, 'beyond the opening'],
    ['it is not known where it was opened', { entryPrice: null, sl: 1 }, 'opening is not known'],
    ['nobody tells what a price is worth', { sl: 1, exitPrice: 1.1, gross: 0 }, 'worth'],
    ['its result contradicts its prices', { sl: 1, gross: -9 }, 'contradict'],
    ['it was open several times', { sl: 1, edited: { legs: [] } }, 'several times'],
  ];
  it.each(reasons)('says why: %s', (_, change, words) => {
    expect(unknownRText({ ...tripOf('buy'), ...change })).toContain(words);
  });

  it('says nothing where it is known, or while it is open', () => {
    expect(unknownRText({ ...tripOf('buy', 1), r: 1 })).toBeNull();
    expect(unknownRText({ ...tripOf('buy'), closedMs: null })).toBeNull();
  });
});
