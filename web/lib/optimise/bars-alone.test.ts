import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { barsAloneWords, wasWalkedOnBars } from './bars-alone.ts';

const ticks = { ...defaultSettings, path: 'ticks' } as const;
const mark = (id: string) => ({ id, bars: 9, firstMs: 0, lastMs: 1 });

test('a search on the bars alone loses nothing where bars are changed', () => {
  expect(barsAloneWords({ settings: defaultSettings })).toBe('');
  expect(barsAloneWords({ settings: defaultSettings, beside: [] })).toBe('');
});

test('what is not walked and what is not changed is said', () => {
  const inside = { settings: ticks, beside: [mark('EURUSD.ticks')] };
  expect(barsAloneWords(inside)).toMatch(/no ticks inside .* worse way first/);
  expect(barsAloneWords(inside)).not.toMatch(/other symbols/);
  const reading = { settings: defaultSettings, beside: [mark('GBPUSD.H1')] };
  expect(barsAloneWords(reading)).toBe(
    'Prices of other symbols that the rules read stay as they were.',
  );
});

test('a search from before is known by its missing marks', () => {
  expect(wasWalkedOnBars({ settings: ticks })).toBe(true);
  expect(wasWalkedOnBars({ settings: defaultSettings })).toBe(false);
  expect(wasWalkedOnBars({ settings: ticks, beside: [mark('EURUSD.ticks')] })).toBe(false);
});
