import { describe, expect, test } from 'vitest';
import type { BotBar } from '../automation/bar-builder.ts';
import { mayTell } from './alert.ts';
import { alertProgram, becomesTrue, longestAlertRule } from './alert-rule.ts';

function bars(closes: readonly number[]): readonly BotBar[] {
  return closes.map((close, i) => ({
    ...{ openMs: i * 60_000, open: close, high: close, low: close, close, volume: 1 },
  }));
}

describe('a rule of an alert', () => {
  test('becomes true at the one bar where its condition begins to hold', () => {
    const program = alertProgram('let calm = sma(close, 2)\nclose > calm');
    if (!program.ok) throw new Error(program.error.detail);
    const closes = [1, 1, 1, 2, 3, 3, 3, 2, 3];
    const told = closes.map((_, i) => becomesTrue(program.value, bars(closes.slice(0, i + 1)), 2));
    expect(told.flatMap((is, i) => (is ? [i] : []))).toEqual([3, 8]);
  });

  test.each([
    ['nothing', ''],
    ['half a condition', 'close >'],
    ['a number', '7'],
    ['what a strategy does besides', 'exit long when close > 1\nclose > 2'],
    ['another entry', 'enter short when close > 1\nclose > 2'],
    ['a text without end', `close > ${'1'.repeat(longestAlertRule)}`],
  ])('is refused where it is %s', (_, source) => {
    expect(alertProgram(source)).toMatchObject({
      ok: false,
      error: { code: 'alert.rule-invalid' },
    });
  });
});

describe('an alert', () => {
  const every = { repeat: 'every', pauseMs: 1_000, untilMs: 9_000 } as const;
  test.each([
    [{ ...every, repeat: 'once' as const }, null, 5, true],
    [{ ...every, repeat: 'once' as const }, 1, 5_000, false],
    [every, 1_000, 1_999, false],
    [every, 1_000, 2_000, true],
    [every, null, 9_001, false],
  ])('of %j told last at %s may be told at %s: %s', (terms, lastFiredMs, nowMs, expected) => {
    expect(mayTell(terms, { lastFiredMs, nowMs })).toBe(expected);
  });
});
