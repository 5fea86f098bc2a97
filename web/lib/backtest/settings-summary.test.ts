import { expect, it } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { toForm } from './settings-form.ts';
import { costsSummary, fillsSummary } from './settings-summary.ts';

const neutral = toForm(defaultSettings);

it('says nothing of settings at their neutral values', () => {
  expect([costsSummary(neutral), fillsSummary(neutral)]).toEqual(['', '']);
});

it('names each cost that is set, and none that comes to nothing', () => {
  const form = { ...neutral, swapLong: '-5', slippage: 'random', slippagePoints: '0' } as const;
  expect(costsSummary(form)).toBe('swap');
  expect(costsSummary({ ...form, slippagePoints: '2', spreadColumn: true })).toBe(
    'spread, slippage, swap',
  );
});

it('names what differs from the usual way to fill', () => {
  const form = { ...neutral, path: 'ticks', sides: 'long', volumeMin: '100' } as const;
  expect(fillsSummary(form)).toBe('along ticks, long only, volumes');
});
