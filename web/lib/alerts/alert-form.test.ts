import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertProgram } from '#core/alerts/alert-rule.ts';
import type { AlertTerms } from '#core/alerts/alert.ts';
import {
  alertKinds,
  conditionOf,
  formOf,
  presets,
  presetSource,
  termsOf,
  usualForm,
} from './alert-form.ts';
import { problemsOf } from './alert-problems.ts';

const nowMs = Date.UTC(2026, 10, 27);
const shared: Omit<AlertTerms, 'condition'> = {
  ...{ repeat: 'every', pauseMs: 120_000, untilMs: null, channels: ['mail', 'push'] },
  note: 'Look at it',
};
const all: readonly AlertTerms[] = [
  { ...shared, condition: { t: 'price', symbol: 'EURUSD', way: 'below', price: 1.1 } },
  {
    ...shared,
    condition: { t: 'rule', symbol: 'EURUSD', timeframe: 'M5', source: 'close > open' },
  },
  {
    ...shared,
    condition: { t: 'account', figure: 'drawdown', way: 'above', level: 0.05 },
  },
  { ...shared, condition: { t: 'bot', botId: null } },
];

describe('the form of an alert', () => {
  test.each(all)('means what it was filled with: %j', (terms) => {
    const form = formOf(terms, 'account');
    expect(termsOf(form, nowMs)).toEqual(terms);
  });

  test('lasts to the end of its day', () => {
    const terms = { ...all[0]!, untilMs: new Date('2026-12-31T23:59:59').getTime() };
    expect(termsOf(formOf(terms, 'account'), nowMs)).toEqual(terms);
    expect(termsOf({ ...formOf(terms, 'a'), untilDay: '2026-11-25' }, nowMs)).toBeNull();
  });

  test.each(presets.filter(({ value }) => value !== 'own'))(
    'writes a rule: $label',
    ({ value }) => {
      for (const rises of ['above', 'below'] as const) {
        const source = presetSource({ ...usualForm, preset: value, rises });
        expect(alertProgram(source ?? '').ok, `${source}`).toBe(true);
      }
    },
  );

  test('means nothing while something is missing', () => {
    expect(conditionOf(usualForm)).toBeNull();
    expect(conditionOf({ ...usualForm, kind: 'rule', symbol: 'EURUSD', period: null })).toBeNull();
    expect(conditionOf({ ...usualForm, kind: 'account', figureLevel: null })).toBeNull();
    const pause = { ...formOf(all[0]!, 'a'), pauseMinutes: 0 };
    expect(termsOf(pause, nowMs)).toBeNull();
  });

  test('says what is missing or wrong wherever it means nothing, and else nothing', () => {
    const number = fc.constantFrom(null, -1, 0, 0.5, 1, 2, 14, 50, 501, 99_999);
    const text = fc.constantFrom('', ' ', 'EURUSD');
    const form = fc.record({
      kind: fc.constantFrom(...alertKinds.map(({ value }) => value)),
      preset: fc.constantFrom(...presets.map(({ value }) => value)),
      ...{ symbol: text, source: text, price: number, period: number, level: number },
      ...{ figureLevel: number, pauseMinutes: number },
      repeat: fc.constantFrom('once' as const, 'every' as const),
      untilDay: fc.constantFrom('', '2026-11-01', '2027-01-01', 'never'),
    });
    fc.assert(
      fc.property(form, (change) => {
        const filled = { ...usualForm, ...change };
        const problems = problemsOf(filled, nowMs);
        const isMeant = termsOf(filled, nowMs) !== null;
        expect(Object.keys(problems).length === 0, JSON.stringify(problems)).toBe(isMeant);
        if (isMeant) expect(conditionOf(filled)).not.toBeNull();
        // What is refused for its condition has a problem of its own as well.
        if (conditionOf(filled) === null) expect(problems).not.toEqual({});
      }),
    );
  });

  test.each([
    [{ untilDay: '2026-11-25' }, 'untilDay', true],
    [{ symbol: '' }, 'symbol', false],
    [{ price: null }, 'price', false],
    [{ price: 0 }, 'price', true],
    [{ repeat: 'every', pauseMinutes: 0.5 }, 'pauseMinutes', true],
    [{ kind: 'rule', period: 1.5 }, 'period', true],
    [{ kind: 'rule', level: 101 }, 'level', true],
    [{ kind: 'rule', preset: 'own' }, 'source', false],
    [{ kind: 'account', figureLevel: null }, 'figureLevel', false],
  ] as const)('says it beside the one field: %j', (change, field, isWrong) => {
    const filled = { ...usualForm, symbol: 'EURUSD', price: 1.1, ...change };
    expect(problemsOf(filled, nowMs)).toEqual({ [field]: { text: expect.any(String), isWrong } });
  });
});
