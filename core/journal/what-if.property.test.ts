import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueIn } from './trip-units.ts';
import { whatIf, type Distance, type MeasuredTrip, type WhatIfRule } from './what-if.ts';

const pip = 0.0001;
/** Way for the trade after each step, in tenths of pips; it ends elsewhere than it began. */
const path = fc
  .array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 40 })
  .map((steps) => steps.reduce((all, step) => [...all, all.at(-1)! + step], [0]))
  .filter((ways) => ways.at(-1) !== 0);
const made = fc.record({
  ways: path,
  side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  stopTenths: fc.option(fc.integer({ min: 20, max: 300 })),
  commission: fc.integer({ min: -300, max: 0 }).map((cents) => cents / 100),
});
type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

const worth = 100_000;
const toPrice = (tenths: number) => (tenths * pip) / 10;

function trip({ ways, side, stopTenths, commission }: Made, n: number): MeasuredTrip {
  const sign = side === 'buy' ? 1 : -1;
  const at = (tenths: number) => 1.1 + sign * toPrice(tenths);
  const gross = toPrice(ways.at(-1)!) * worth;
  const net = gross + commission;
  return {
    ...{ id: `1 ${n}`, account: '1', symbol: 'EURUSD', side, openedMs: 0, closedMs: 1 },
    ...{ volumeLots: 1, openLots: 0, entryPrice: 1.1, exitPrice: at(ways.at(-1)!) },
    ...{ gross, commission, fee: 0, swap: 0, net, tp: null, isWhole: true, deals: [] },
    ...{ tags: [], rating: null, playbook: null, mistakes: [], currency: 'USD' },
    sl: stopTenths === null ? null : at(-stopTenths),
    r: stopTenths === null ? null : net / (toPrice(stopTenths) * worth),
    excursion: { mae: toPrice(Math.max(0, -Math.min(...ways))), mfe: toPrice(Math.max(...ways)) },
  };
}

const distance = (by: Distance['by']) =>
  fc.option(
    fc.integer({ min: 3, max: 400 }).map((tenths): Distance => ({ by, count: tenths / 10 + 0.05 })),
  );
const rule: fc.Arbitrary<WhatIfRule> = fc
  .constantFrom<Distance['by']>('r', 'pips')
  .chain((by) => fc.record({ stop: distance(by), target: distance(by) }));
const money = valueIn('money', null);

/** What it would have brought, by walking the way that it went. */
function walked({ ways, stopTenths, commission }: Made, { stop, target }: WhatIfRule): number {
  const tenths = (given: Distance | null) =>
    given === null ? Infinity : given.count * (given.by === 'r' ? (stopTenths ?? NaN) : 10);
  const [down, up] = [tenths(stop), tenths(target)];
  for (const way of ways) {
    if (way <= -down) return toPrice(-down) * worth + commission;
    if (way >= up) return toPrice(up) * worth + commission;
  }
  return toPrice(ways.at(-1)!) * worth + commission;
}

describe('another stop or target', () => {
  it('would have brought between the worse and the better that is told', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), rule, (all, asked) => {
        const told = whatIf(all.map(trip), asked, money);
        const needsStop = [asked.stop, asked.target].some((given) => given?.by === 'r');
        const able = all.filter(({ stopTenths }) => !needsStop || stopTenths !== null);
        expect([told.real.trips, told.untold]).toEqual([able.length, all.length - able.length]);
        const truth = able.reduce((sum, each) => sum + walked(each, asked), 0);
        expect(told.worse.net).toBeLessThanOrEqual(truth + 1e-6);
        expect(told.better.net).toBeGreaterThanOrEqual(truth - 1e-6);
        if (told.inDoubt === 0) expect(told.better.net).toBeCloseTo(told.worse.net, 6);
      }),
    );
  });

  it('changes nothing where neither is asked for', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), (all) => {
        const { real, worse, better, ...counts } = whatIf(
          all.map(trip),
          { stop: null, target: null },
          money,
        );
        expect([worse, better]).toEqual([real, real]);
        expect(counts).toEqual({ stopped: 0, reached: 0, inDoubt: 0, untold: 0, several: 0 });
      }),
    );
  });

  it('loses one R and its costs at a stop of one R', () => {
    const one: Made = { ways: [0, -120, 80], side: 'sell', stopTenths: 100, commission: -2 };
    const rule: WhatIfRule = { stop: { by: 'r', count: 1 }, target: { by: 'r', count: 0.7 } };
    const told = whatIf([trip(one, 0)], rule, valueIn('r', null));
    expect(told).toMatchObject({ inDoubt: 1, stopped: 0, reached: 0 });
    expect(told.worse.net).toBeCloseTo(-1.02, 8);
    expect(told.better.net).toBeCloseTo(0.68, 8);
  });

  it('is not supposed of one that was open several times: it has no single entry', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 12 }), made, rule, (all, one, asked) => {
        const plain = trip(one, 99);
        const { openedMs, closedMs, volumeLots, entryPrice, exitPrice } = plain;
        const leg = { openedMs, closedMs, volumeLots, entryPrice, exitPrice };
        const legs = [leg, leg];
        const edited = { ids: [], named: [], merges: ['m'], splits: [], shares: [], legs };
        const told = whatIf([...all.map(trip), { ...plain, edited }], asked, money);
        expect(told).toEqual({ ...whatIf(all.map(trip), asked, money), several: 1 });
      }),
    );
  });
});
