import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { barsAloneWords, uncoveredWords, wasWalkedOnBars } from './bars-alone.ts';

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

test('bars outside the time of what is inside them are said, a day more or less is not', () => {
  const at = (month: number, day: number) => Date.UTC(2024, month - 1, day);
  const search = { settings: ticks, firstMs: at(1, 1), lastMs: at(6, 30) };
  const inner = (firstMs: number, lastMs: number) => [{ ...mark('EURUSD.ticks'), firstMs, lastMs }];
  const missing = 'Ticks are stored from 2024-03-01 to 2024-06-30: bars before and after';
  expect(uncoveredWords({ ...search, beside: inner(at(3, 1), at(6, 30)) })).toContain(missing);
  expect(uncoveredWords({ ...search, beside: inner(at(1, 1) + 5_000, at(6, 30)) })).toBe('');
  expect(uncoveredWords({ ...search, beside: inner(at(1, 1), at(4, 1)) })).not.toBe('');
  const alone = { ...search, settings: defaultSettings, beside: inner(at(3, 1), at(4, 1)) };
  expect(uncoveredWords(alone)).toBe('');
});
