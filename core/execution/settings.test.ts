/** Settings as JSON: what is taken, what is refused, and in which words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settingsArbitrary, wholeSettingsArbitrary } from '../../tests/fuzz/run-case.ts';
import { canonicalSettings, completeSettings, defaultSettings, parseSettings } from './settings.ts';

const detailOf = (json: unknown): string => {
  const parsed = parseSettings(json);
  if (parsed.ok) throw new Error('these settings were expected to be refused');
  expect(parsed.error.code).toBe('settings.invalid');
  return parsed.error.detail;
};

describe('settings', () => {
  test('that say nothing are the defaults', () => {
    expect(parseSettings({})).toEqual({
      ok: true,
      value: { settings: defaultSettings, inputs: {} },
    });
  });

  test('that say half of the commission get the other half by default', () => {
    const parsed = parseSettings({ commission: { rate: 0.001 } });
    expect(parsed.ok && parsed.value.settings.commission).toEqual({
      ...defaultSettings.commission,
      rate: 0.001,
    });
  });

  test('come back from JSON as they were', () => {
    const inputs = fc.dictionary(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(wholeSettingsArbitrary, inputs, (settings, values) => {
        const json: unknown = JSON.parse(JSON.stringify({ ...settings, inputs: values }));
        const parsed = parseSettings(json);
        expect(parsed.ok && parsed.value.settings).toEqual(settings);
        const sameRun = parsed.ok && canonicalSettings(parsed.value.settings, parsed.value.inputs);
        expect(sameRun).toBe(canonicalSettings(settings, values));
      }),
    );
  });

  test('never throw, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const parsed = parseSettings(json);
        expect(parsed.ok || parsed.error.detail.length > 0).toBe(true);
      }),
    );
  });
});

describe('a wrong setting', () => {
  test.each([
    [{ comission: {} }, 'comission is not a setting; did you mean commission?'],
    [{ commission: { rte: 1 } }, 'commission.rte is not a setting; did you mean commission.rate?'],
    [JSON.parse('{"__proto__": 1}'), '__proto__ is not a setting; known are: cash'],
    [{ constructor: 1 }, 'constructor is not a setting'],
  ])('that is not known is named with the nearest that is: %j', (json, words) => {
    expect(detailOf(json)).toContain(words);
  });

  test.each([
    [{ cash: NaN }, 'cash must be a number, more than 0 and at most 1000000000000, not NaN.'],
    [{ cash: -1 }, 'not -1.'],
    [{ cash: 1e308 }, 'not 1e+308.'],
    [{ cash: '10000' }, 'not "10000".'],
    [{ cash: null }, 'not null.'],
    [{ cash: [1] }, 'not a list.'],
    [{ margin: 0 }, 'margin must be a number, at least 0.001 and at most 1, not 0.'],
    [{ spread: 0.001 }, 'spread must be an object, not 0.001.'],
    [{ spread: { rate: 0.6 } }, 'spread.rate must be a number'],
    [{ commission: { fixed: -2 } }, 'commission.fixed must be a number'],
    [{ fill: 'open' }, 'fill must be "nextOpen" or "close", not "open".'],
    [{ exclusive: 'true' }, 'exclusive must be true or false, not "true".'],
    [{ contractSize: Infinity }, 'contractSize must be a number'],
    [{ path: 'ohlc' }, 'path must be "pessimistic" or "optimistic" or "adaptive"'],
    [{ slippage: { seed: 1.5 } }, 'slippage.seed must be a whole number, at least 0'],
    [{ swap: { tripleWeekday: 6 } }, 'swap.tripleWeekday must be a whole number, at least 1'],
    [{ swap: { zone: 'Mars/Base' } }, 'swap.zone must be a time zone such as "America/New_York"'],
    [{ stopOut: 0 }, 'stopOut must be a number, more than 0 and at most 10, not 0.'],
    [{ volume: { step: 100, max: 50 } }, 'volume.max must be 0 or at least volume.step'],
    [{ inputs: [1] }, 'inputs must be an object of numbers by name, not a list.'],
    [{ inputs: { fast: '10' } }, 'inputs.fast must be a finite number, not "10".'],
    [[], 'The settings must be an object, not a list.'],
    [null, 'The settings must be an object, not null.'],
  ])('is refused in words: %j', (json, words) => {
    expect(detailOf(json)).toContain(words);
  });

  test('does not hide a second one', () => {
    const detail = detailOf({ cash: -1, fil: 'close' });
    expect(detail).toContain('cash must be');
    expect(detail).toContain('did you mean fill?');
  });
});

describe('the canonical form', () => {
  test('does not depend on the order of keys', () => {
    const turned = Object.fromEntries(Object.entries(defaultSettings).toReversed());
    const parsed = parseSettings({ inputs: { slow: 30, fast: 10 }, ...turned });
    const canonical = parsed.ok && canonicalSettings(parsed.value.settings, parsed.value.inputs);
    expect(canonical).toBe(canonicalSettings(defaultSettings, { fast: 10, slow: 30 }));
  });

  test('differs wherever a setting differs', () => {
    fc.assert(
      fc.property(wholeSettingsArbitrary, wholeSettingsArbitrary, (a, b) => {
        const equal = JSON.stringify(a) === JSON.stringify(b);
        expect(canonicalSettings(a, {}) === canonicalSettings(b, {})).toBe(equal);
      }),
    );
  });

  test('says nothing of settings at the default that a later version brought', () => {
    expect(canonicalSettings(defaultSettings, {})).toBe(
      '{"cash":10000,"commission":[0,0],"spread":0,"margin":1,"fill":"nextOpen","units":"whole",' +
        '"exclusive":false,"closeAtEnd":false,"rounding":"none","contractSize":100000,"inputs":[]}',
    );
    const later = { ...defaultSettings, path: 'adaptive', stopOut: 0.5 } as const;
    expect(canonicalSettings(later, {})).toMatch(/"inputs":\[\],"path":"adaptive","stopOut":0.5}$/);
  });
});

describe('settings stored by an earlier version', () => {
  test('mean what they meant then', () => {
    fc.assert(
      fc.property(settingsArbitrary, (settings) => {
        const { cash, margin, fill, units, exclusive, closeAtEnd, rounding } = settings;
        const { contractSize, commission, spread } = settings;
        const { fixed, rate } = commission;
        const rest = { cash, margin, fill, units, exclusive, closeAtEnd, rounding, contractSize };
        const stored = { ...rest, commission: { fixed, rate }, spread: { rate: spread.rate } };
        expect(completeSettings(stored)).toEqual(settings);
      }),
    );
  });
});
