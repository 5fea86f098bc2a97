/** Orders under everything that can happen to them, and that each safeguard is needed. */
import { describe, expect, test } from 'vitest';
import { safeguards, type Safeguard } from './safeguards.ts';
import { simulate, type Violation } from './simulate.ts';

const seeds = 1_000;
const part = 100;
const firsts = Array.from({ length: seeds / part }, (_, i) => i * part);

const violationOf = async (seed: number): Promise<Violation | null> =>
  (await simulate(seed)).violation;

describe('orders from a device to a broker and back', () => {
  test.each(firsts)('keep what was promised whatever happens, seeds from %i', async (first) => {
    for (let seed = first; seed < first + part; seed++) expect(await violationOf(seed)).toBe(null);
  });

  test('look again where a part of an answer got lost outside a look', async () => {
    expect(await violationOf(83_753)).toBe(null);
  });

  test('count an order again that turned up after it was given up', async () => {
    expect(await violationOf(200_137)).toBe(null);
  });

  test('leave what changed to the session that can still tell it', async () => {
    expect(await violationOf(36_977)).toBe(null);
  });

  test('give nothing up by an answer that was long on its way', async () => {
    expect(await violationOf(79_178)).toBe(null);
  });

  test('see the deals of what a look shows, though older ones were on their way', async () => {
    expect(await violationOf(199_708)).toBe(null);
  });

  test.each([438_336, 606_968, 687_237])('add parts up without dust, seed %i', async (seed) => {
    expect(await violationOf(seed)).toBe(null);
  });

  test.each([298_492, 335_729, 1_041_106])(
    'find out what went before it was ever shown, seed %i',
    async (seed) => {
      expect(await violationOf(seed)).toBe(null);
    },
  );

  test('do the same each time for the same seed', async () => {
    expect(await simulate(5)).toEqual(await simulate(5));
  });
});

/** The first seed that fails, of as many as are run at each change. */
async function firstFailure(without: Safeguard): Promise<Violation | null> {
  for (let seed = 0; seed < seeds; seed++) {
    const { violation } = await simulate(seed, safeguards[without]);
    if (violation) return violation;
  }
  return null;
}

describe('a safeguard that is taken away is missed', () => {
  test.each<[string, Safeguard, RegExp]>([
    ['a claim before sending: nobody knows of what a dead server sent', 'claim', /over|fate/],
    ['one session at a time: a link that is dead claims orders', 'fencing', /fate/],
    ['no resending: what was under way is done and said not to be', 'no-resend', /over|once/],
    ['the quarantine: a late execution belies what was said', 'quarantine', /over|limits/],
    ["the connector's journal: it denies what it did", 'journal', /fate|over|once/],
    ['looking for magic numbers: what ended unseen stays open', 'magic', /fate|over/],
    ['deadlines: an old order is executed', 'deadline', /after its time/],
    ['what is kept free: more is open than the limits allow', 'reservation', /within the limits/],
    [
      'remembered requests: one that comes twice begins anew',
      'requests',
      /no more|never gets less/,
    ],
    ['fingerprints: what the terminal forgot to say is missed', 'fingerprint', /the terminal's/],
  ])('%s', async (_, without, invariant) => {
    expect((await firstFailure(without))?.invariant).toMatch(invariant);
  });
});
