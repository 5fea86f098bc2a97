/**
 * How many units an entry buys or sells, ≥ 0; 0 means that the entry is dropped.
 *
 * Buying power is (cash − fixed or minimum commission) ÷ margin, and one unit takes p + price ×
 * rate + its part of a lot's commission of it, where p is the fill with spread and price the
 * quote without.
 *
 * - equity: that fraction of buying power; 1 and more count as 1 − 2⁻⁵², so that rounding
 *   never asks for a unit too many.
 * - units, lots: as asked; more than buying power affords drops the entry.
 * - risk: the most units whose loss at the stop, both commissions included, is at most that
 *   fraction of cash; less when buying power ends sooner. Without a stop, or with the market
 *   already beyond it, there is no risk to divide by and the entry is dropped.
 *
 * Where positions are open, cash is equity, and none of it is spent that they have pledged.
 *
 * Whole units round down: a smaller position is safe, a larger one is not.
 */
import type { RunSettings } from './settings.ts';
import type { Sizing } from './signals.ts';

const ALMOST_ONE = 1 - 2 ** -52;

export interface EntryQuote {
  readonly side: 1 | -1;
  /** Equity, which is cash where no position is open. */
  readonly cash: number;
  /** Money of it that open positions have pledged; missing = none. */
  readonly usedMargin?: number;
  /** The quote this side fills at, before spread. */
  readonly price: number;
  /** The fill, spread included. */
  readonly fillPrice: number;
  /** The quote the position could be closed at now. */
  readonly closingPrice: number;
  /** NaN = none. */
  readonly stop: number;
}

export function entryUnits(settings: RunSettings, sizing: Sizing, quote: EntryQuote): number {
  return roundUnits(settings, unroundedUnits(settings, sizing, quote));
}

/** Down to whole units and the volume's grid, at most its maximum; 0 where below its minimum. */
export function roundUnits({ units: kind, volume }: RunSettings, wanted: number): number {
  const { step, min, max } = volume;
  const capped = max > 0 ? Math.min(wanted, max) : wanted;
  const whole = kind === 'whole' ? Math.floor(capped) : capped;
  const units = step > 0 ? onGrid(whole, step) : whole;
  return units > 0 && units >= min ? units : 0;
}

/** The last step at or below; a value that misses a step by rounding alone is on it. */
function onGrid(units: number, step: number): number {
  return Math.floor(units / step + 1e-9) * step;
}

function unroundedUnits(settings: RunSettings, sizing: Sizing, quote: EntryQuote): number {
  switch (sizing.kind) {
    case 'equity':
      return affordableUnits(settings, quote, Math.min(sizing.fraction, ALMOST_ONE));
    case 'units':
      return orNothing(settings, quote, sizing.units);
    case 'lots':
      return orNothing(settings, quote, sizing.lots * settings.contractSize);
    case 'risk':
      return Math.min(
        riskUnits(settings, quote, sizing.fraction),
        affordableUnits(settings, quote, ALMOST_ONE),
      );
  }
}

function affordableUnits(settings: RunSettings, quote: EntryQuote, fraction: number): number {
  const { fixed, rate, perLot, minimum } = settings.commission;
  const unitCost = quote.fillPrice + quote.price * rate + perLot / settings.contractSize;
  const money = quote.cash - Math.max(fixed, minimum);
  const free = money - (quote.usedMargin ?? 0);
  return unitCost > 0 ? Math.min(fraction * money, free) / settings.margin / unitCost : 0;
}

function orNothing(settings: RunSettings, quote: EntryQuote, units: number): number {
  return units <= affordableUnits(settings, quote, 1) ? units : 0;
}

function riskUnits(settings: RunSettings, quote: EntryQuote, fraction: number): number {
  const { side, stop, fillPrice, closingPrice, cash } = quote;
  const { fixed, rate, perLot, minimum } = settings.commission;
  if (!(side * (closingPrice - stop) > 0)) return 0;
  const lotPart = (2 * perLot) / settings.contractSize;
  const unitLoss = side * (fillPrice - stop) + (fillPrice + stop) * rate + lotPart;
  return unitLoss > 0 ? (fraction * cash - 2 * Math.max(fixed, minimum)) / unitLoss : 0;
}
