import { describe, expect, test } from 'vitest';
import { alertProgram } from '#core/alerts/alert-rule.ts';
import type { AlertTerms } from '#core/alerts/alert.ts';
import { conditionOf, formOf, presets, presetSource, termsOf, usualForm } from './alert-form.ts';

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
});
