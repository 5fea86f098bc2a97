import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeInstrument, madeQuote } from '#core/risk/made-account.ts';
import { termsShelf } from '../kept-terms.ts';
import { heldBack, isArmed, oneClickOff, readOneClick } from './one-click.ts';

const at = { instrument: madeInstrument, quote: madeQuote };
const armed = { isOn: true, acceptedMs: 1, maxLots: 0.5, maxSpreadPoints: 10 };

describe('one click', () => {
  test('is off until it was switched on and its terms were accepted', () => {
    expect(isArmed(oneClickOff)).toBe(false);
    expect(isArmed({ ...oneClickOff, isOn: true })).toBe(false);
    expect(isArmed(armed)).toBe(true);
  });

  test('lets through what is within both guards, and nothing else', () => {
    const spreads = fc.integer({ min: 0, max: 40 });
    const lots = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(lots, spreads, (steps, spreadPoints) => {
        const volumeLots = steps / 100;
        const quote = { ...madeQuote, ask: madeQuote.bid + spreadPoints * 1e-5 };
        const held = heldBack(armed, { volumeLots }, { ...at, quote });
        expect(held === null).toBe(volumeLots <= 0.5 && spreadPoints <= 10);
      }),
    );
  });

  test('sends nothing without a price, nor what is no number', () => {
    expect(heldBack(armed, { volumeLots: 0.1 }, { ...at, quote: null })).not.toBeNull();
    expect(heldBack(armed, { volumeLots: NaN }, at)).not.toBeNull();
  });

  test('takes anything damaged for not agreed to', () => {
    fc.assert(
      fc.property(fc.anything(), (odd) => {
        const read = readOneClick(odd);
        if (read === oneClickOff) return;
        expect(read.maxLots).toBeGreaterThan(0);
        expect(read.maxSpreadPoints).toBeGreaterThan(0);
      }),
    );
    expect(readOneClick({ ...armed, maxLots: null })).toBe(oneClickOff);
    expect(readOneClick({ ...armed, acceptedMs: 'yes' })).toBe(oneClickOff);
    expect(readOneClick(JSON.parse(JSON.stringify(armed)))).toEqual(armed);
  });
});

test('what a device was told is kept for one person’s account alone', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
  const terms = { asksFirst: false, oneClick: armed };
  const asNew = { asksFirst: true, oneClick: oneClickOff };
  expect(termsShelf(storage, 'u', 'a').read()).toEqual(asNew);
  termsShelf(storage, 'u', 'a').keep(terms);
  expect(termsShelf(storage, 'u', 'a').read()).toEqual(terms);
  expect(termsShelf(storage, 'u', 'b').read()).toEqual(asNew);
  expect(termsShelf(storage, 'v', 'a').read()).toEqual(asNew);
  for (const key of kept.keys()) kept.set(key, '{');
  expect(termsShelf(storage, 'u', 'a').read()).toEqual(asNew);
});
