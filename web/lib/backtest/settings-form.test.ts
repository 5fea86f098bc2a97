import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { fromForm, toForm } from './settings-form.ts';

const decimal = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((whole) => Number(`${whole}e-${places}`));

const fee = decimal(50, 2);
const swap = decimal(50, 2).chain((money) => fc.constantFrom(money, money === 0 ? 0 : -money));
const settings: fc.Arbitrary<RunSettings> = fc.record({
  cash: decimal(1_000_000, 2).map((cash) => cash + 1),
  commission: fc.record({ fixed: fee, rate: decimal(0.4, 6), perLot: fee, minimum: fee }),
  spread: fc.record({ rate: decimal(0.4, 7), points: decimal(500, 1), column: fc.boolean() }),
  slippage: fc.record({
    kind: fc.constantFrom('none', 'fixed', 'random', 'volume'),
    points: decimal(500, 1),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
  swap: fc.record({
    longPerLot: swap,
    shortPerLot: swap,
    tripleWeekday: fc.integer({ min: 1, max: 5 }),
    rolloverHour: fc.integer({ min: 0, max: 23 }),
    zone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Tokyo'),
  }),
  margin: fc.oneof(
    decimal(0.998, 3).map((margin) => Number((margin + 0.001).toFixed(3))),
    fc.integer({ min: 1, max: 1000 }).map((leverage) => 1 / leverage),
  ),
  fill: fc.constantFrom('nextOpen', 'close'),
  path: fc.constantFrom('pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks'),
  units: fc.constantFrom('whole', 'fractional'),
  volume: fc.record({
    step: decimal(100, 2),
    min: decimal(100, 2),
    max: fc.oneof(
      fc.constant(0),
      decimal(1000, 2).map((most) => most + 100),
    ),
  }),
  positions: fc.constantFrom('single', 'netting', 'hedging'),
  sides: fc.constantFrom('both', 'long', 'short'),
  exclusive: fc.boolean(),
  stopOut: fc.oneof(
    fc.constant(null),
    // As it can be typed: the sum alone may be a neighbour of the decimal, 0.6759999999999999.
    decimal(2, 3).map((level) => Number((level + 0.5).toFixed(3))),
  ),
  closeAtEnd: fc.boolean(),
  rounding: fc.constantFrom('none', 'account'),
  contractSize: decimal(100_000, 2).map((size) => size + 0.01),
});

it('gives back the very settings that a form was filled with', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const read = fromForm(toForm(given));
      expect(read).toEqual({ ok: true, value: given });
    }),
  );
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

it('says so where the most is less than the least, and where a stop-out is no level', () => {
  const form = { ...toForm(defaultSettings), volumeMin: '5', volumeMax: '2', stopOutPercent: '0' };
  const read = fromForm(form);
  expect(read.ok).toBe(false);
  if (!read.ok) expect(Object.keys(read.error).sort()).toEqual(['stopOutPercent', 'volumeMax']);
});

it('takes an empty stop-out for none and half a seed for a fault', () => {
  const none = fromForm({ ...toForm(defaultSettings), stopOutPercent: ' ' });
  expect(none.ok && none.value.stopOut).toBe(null);
  expect(fromForm({ ...toForm(defaultSettings), slippageSeed: '1.5' }).ok).toBe(false);
});
