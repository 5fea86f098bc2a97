import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { fromForm, notNumberWords, readNumber, toForm } from './settings-form.ts';

const decimal = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((whole) => Number(`${whole}e-${places}`));

const asked = fc.record({
  cash: decimal(1_000_000, 2).map((cash) => cash + 1),
  commission: fc
    .record({ fixed: decimal(50, 2), rate: decimal(0.4, 6) })
    .map((asked) => ({ ...defaultSettings.commission, ...asked })),
  spread: decimal(0.4, 7).map((rate) => ({ ...defaultSettings.spread, rate })),
  margin: fc.oneof(
    decimal(0.998, 3).map((margin) => Number((margin + 0.001).toFixed(3))),
    fc.integer({ min: 1, max: 1000 }).map((leverage) => 1 / leverage),
  ),
  fill: fc.constantFrom('nextOpen' as const, 'close' as const),
  units: fc.constantFrom('whole' as const, 'fractional' as const),
  exclusive: fc.boolean(),
  closeAtEnd: fc.boolean(),
  rounding: fc.constantFrom('none' as const, 'account' as const),
  contractSize: decimal(100_000, 2).map((size) => size + 0.01),
});

const settings: fc.Arbitrary<RunSettings> = asked.map((fields) => ({
  ...defaultSettings,
  ...fields,
}));

it('gives back the very settings that a form was filled with', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const read = fromForm(toForm(given));
      expect(read).toEqual({ ok: true, value: given });
    }),
  );
});

it('reads a decimal comma, spaces and a plain dot alike', () => {
  expect(readNumber('0,07')).toBe(0.07);
  expect(readNumber(' 10 000.50 ')).toBe(10_000.5);
  expect(readNumber('.5')).toBe(0.5);
});

it('refuses what is no plain number', () => {
  for (const text of ['', 'ten', '1e3', '1.2.3', '1,000,000', '--1', 'NaN']) {
    expect(readNumber(text)).toBeNull();
  }
});

it('asks which number is meant where a comma or a point may part thousands', () => {
  for (const text of ['10,000', '10.000', '1,125', ' 250,000 ', '-1,000', '1000,000']) {
    expect(readNumber(text)).toBeNull();
  }
  expect(notNumberWords('10,000')).toContain('can mean 10000 or 10:');
  expect(readNumber('0,005')).toBe(0.005);
  expect(readNumber('1.125')).toBe(1.125);
});

it('turns 0.07 % into the rate 0.0007 and no neighbour of it', () => {
  const read = fromForm({ ...toForm(defaultSettings), commissionPercent: '0.07' });
  expect(read.ok && read.value.commission.rate).toBe(0.0007);
});

it('names every field at fault at once', () => {
  const read = fromForm({
    ...toForm(defaultSettings),
    cash: '0',
    leverage: 'x',
    spreadPercent: '',
  });
  expect(read.ok).toBe(false);
  if (!read.ok) {
    expect(Object.keys(read.error).sort()).toEqual(['cash', 'leverage', 'spreadPercent']);
  }
});
