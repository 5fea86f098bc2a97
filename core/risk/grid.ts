/** The steps that volumes and prices of an instrument stand on, without the dust of floats. */
import type { Instrument } from '../broker/instrument.ts';

/** A part of a step by which a value may miss the grid and still be on it. */
const DUST = 1e-6;

/** Digits that a double keeps whatever was added up to it. */
const clean = (value: number): number => Number(value.toPrecision(15));

/** The largest volume of whole steps that is not above `lots`; 0 where there is none. */
export function snapLots(
  lots: number,
  { volumeStepLots: step }: Pick<Instrument, 'volumeStepLots'>,
): number {
  const steps = Math.floor(lots / step + DUST);
  return step > 0 && steps > 0 && Number.isSafeInteger(steps) ? clean(steps * step) : 0;
}

/** The price of the grid that is nearest, or the next one below or above. */
export function snapPrice(
  price: number,
  { tickSize }: Pick<Instrument, 'tickSize'>,
  towards: 'nearest' | 'down' | 'up' = 'nearest',
): number {
  const ticks = price / tickSize;
  const whole = {
    nearest: Math.round(ticks),
    down: Math.floor(ticks + DUST),
    up: Math.ceil(ticks - DUST),
  }[towards];
  return clean(whole * tickSize);
}

/** Whether a value is a whole number of steps. */
export function isOnGrid(value: number, step: number): boolean {
  const steps = value / step;
  return (
    Number.isFinite(steps) &&
    Math.abs(steps - Math.round(steps)) <= Math.max(DUST, Math.abs(steps) * 1e-12)
  );
}

/** How many ticks a way is long: a whole number wherever it is one but for dust. */
export function ticksOf(way: number, { tickSize }: Pick<Instrument, 'tickSize'>): number {
  return isOnGrid(way, tickSize) ? Math.round(way / tickSize) : way / tickSize;
}

const metal = /^(XAU|XPT|XPD)/;

/**
 * What traders call a pip: ten points where prices have the extra digit (3 or 5 decimals), and of
 * metals quoted in cents; otherwise a point.
 */
export function pipSize({ symbol, digits, pointSize }: Instrument): number {
  const hasExtraDigit = digits === 3 || digits === 5 || (digits === 2 && metal.test(symbol));
  return clean(hasExtraDigit ? 10 * pointSize : pointSize);
}
