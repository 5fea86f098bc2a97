/** What trading costs in a run: commission, spread, slippage, swap; as types and from JSON. */
import { findZone } from '../market/zone.ts';
import { nameOf, readChoice, readFields, readNumber, shown, type Fields } from './read-fields.ts';

/** Paid at entry and again at exit: the greater of `minimum` and the sum of the others. */
export interface CommissionSettings {
  /** Money. */
  readonly fixed: number;
  /** Part of the traded value. */
  readonly rate: number;
  /** Money for each lot of `contractSize` units. */
  readonly perLot: number;
  /** Money; 0 = none. */
  readonly minimum: number;
}

export interface SpreadSettings {
  /** Worsens an entry: open × (1 ± rate). */
  readonly rate: number;
  /** Points of the last digit by which the ask stands above the bid. */
  readonly points: number;
  /**
   * The ask stands above the bid by the bars' own spread column as well; ticks, and bars inside
   * the bars that have no such column, take that of their bar. Where prices hold an ask, both
   * come on top of it.
   */
  readonly column: boolean;
}

/**
 * How much worse than the quote a market or stop order fills; limits never slip.
 *
 * `fixed`: always `points` · `random`: 0 … `points`, drawn from `seed`, bar and order ·
 * `volume`: `points` × units ÷ the bar's volume, at most `points`.
 */
export interface SlippageSettings {
  readonly kind: 'none' | 'fixed' | 'random' | 'volume';
  /** Points of the last digit. */
  readonly points: number;
  readonly seed: number;
}

/** Paid (negative) or earned for a position that is open at the day's rollover. */
export interface SwapSettings {
  /** Money for a lot and a night. */
  readonly longPerLot: number;
  readonly shortPerLot: number;
  /** The rollover that counts three nights: 1 = Monday … 5 = Friday. Weekends count none. */
  readonly tripleWeekday: number;
  /** Hour of the rollover on the clock of `zone`. */
  readonly rolloverHour: number;
  /** As `core/market/zone.ts` reads it. */
  readonly zone: string;
}

export interface CostSettings {
  readonly commission: CommissionSettings;
  readonly spread: SpreadSettings;
  readonly slippage: SlippageSettings;
  readonly swap: SwapSettings;
}

export const defaultCosts: CostSettings = {
  commission: { fixed: 0, rate: 0, perLot: 0, minimum: 0 },
  spread: { rate: 0, points: 0, column: false },
  slippage: { kind: 'none', points: 0, seed: 1 },
  swap: {
    longPerLot: 0,
    shortPerLot: 0,
    tripleWeekday: 3,
    rolloverHour: 17,
    zone: 'America/New_York',
  },
};

const money = { least: 0, most: 1e9 };
const signedMoney = { least: -1e9, most: 1e9 };
const rate = { least: 0, most: 0.5 };
const points = { least: 0, most: 1e6 };

/** The costs in the fields of settings, a default for what they leave out; faults are added. */
export function readCosts(top: Fields, faults: string[]): CostSettings {
  const group = (name: keyof CostSettings) =>
    readFields(top[name], name, Object.keys(defaultCosts[name]), faults);
  const commission = group('commission');
  const spread = group('spread');
  const slippage = group('slippage');
  const swap = group('swap');
  const days = { least: 1, most: 5, whole: true };
  const hours = { least: 0, most: 23, whole: true };
  return {
    commission: {
      fixed: readNumber(commission, 'fixed', 0, money, faults),
      rate: readNumber(commission, 'rate', 0, rate, faults),
      perLot: readNumber(commission, 'perLot', 0, money, faults),
      minimum: readNumber(commission, 'minimum', 0, money, faults),
    },
    spread: {
      rate: readNumber(spread, 'rate', 0, rate, faults),
      points: readNumber(spread, 'points', 0, points, faults),
      column: readChoice(spread, 'column', [true, false], faults) ?? false,
    },
    slippage: {
      kind: readChoice(slippage, 'kind', ['none', 'fixed', 'random', 'volume'], faults) ?? 'none',
      points: readNumber(slippage, 'points', 0, points, faults),
      seed: readNumber(slippage, 'seed', 1, { least: 0, most: 2 ** 32 - 1, whole: true }, faults),
    },
    swap: {
      longPerLot: readNumber(swap, 'longPerLot', 0, signedMoney, faults),
      shortPerLot: readNumber(swap, 'shortPerLot', 0, signedMoney, faults),
      tripleWeekday: readNumber(swap, 'tripleWeekday', 3, days, faults),
      rolloverHour: readNumber(swap, 'rolloverHour', 17, hours, faults),
      zone: readZone(swap, 'zone', defaultCosts.swap.zone, faults),
    },
  };
}

function readZone(fields: Fields, key: string, standard: string, faults: string[]): string {
  const value = fields[key];
  if (value === undefined) return standard;
  if (typeof value === 'string' && findZone(value).ok) return value;
  const name = nameOf(fields, key);
  faults.push(`${name} must be a time zone such as "${standard}", not ${shown(value)}.`);
  return standard;
}
