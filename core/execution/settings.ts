/** The conditions of a run: money, costs, when orders fill; as a type, as JSON, as one string. */
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { defaultCosts, readCosts, type CostSettings } from './cost-settings.ts';
import { readChoice, readFields, readNumber, readNumbers, type Fields } from './read-fields.ts';

export interface RunSettings extends CostSettings {
  /** Starting money in the account's currency. */
  readonly cash: number;
  /** Money needed per unit of position value, 1 = no leverage, 0.02 = 1:50. */
  readonly margin: number;
  /** `close` fills at the close of the signal bar, with stops from the next bar on. */
  readonly fill: 'nextOpen' | 'close';
  /**
   * How price moves inside a bar: towards what hurts first, towards what helps first, to the
   * extreme nearer the open first, as the bars of a lower timeframe or the ticks inside it did.
   */
  readonly path: 'pessimistic' | 'optimistic' | 'adaptive' | 'lowerTimeframe' | 'ticks';
  readonly units: 'whole' | 'fractional';
  /** The grid and bounds of an order's units, each 0 = none; on top of `units`. */
  readonly volume: VolumeSettings;
  /**
   * What a fill does where a position is open. `single`: one side at a time, an entry against it
   * reverses, one more on it opens only where the rules allow several · `netting`: one position an instrument, which fills add to and take from ·
   * `hedging`: each fill opens a position of its own.
   */
  readonly positions: 'single' | 'netting' | 'hedging';
  /** The sides that may be entered. */
  readonly sides: 'both' | 'long' | 'short';
  /** An entry first closes whatever is open, the same direction included. */
  readonly exclusive: boolean;
  /** Equity ÷ used margin at or below which the worst position is closed; null = never. */
  readonly stopOut: number | null;
  /** Close what is open at the open of the last bar. */
  readonly closeAtEnd: boolean;
  /** `account` rounds each deal to the account's minor unit, half away from zero. */
  readonly rounding: 'none' | 'account';
  /** Units in one lot, for strategies that size in lots. */
  readonly contractSize: number;
}

export interface VolumeSettings {
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

export const defaultSettings: RunSettings = {
  cash: 10_000,
  ...defaultCosts,
  margin: 1,
  fill: 'nextOpen',
  path: 'pessimistic',
  units: 'whole',
  volume: { step: 0, min: 0, max: 0 },
  positions: 'single',
  sides: 'both',
  exclusive: false,
  stopOut: null,
  closeAtEnd: false,
  rounding: 'none',
  contractSize: 100_000,
};

/** Settings as an earlier version may have stored them: what it did not know is missing. */
export type StoredSettings = {
  readonly [K in keyof RunSettings]?: RunSettings[K] extends object
    ? Partial<RunSettings[K]>
    : RunSettings[K];
};

/** The settings with the default of each key that is missing: what a run meant at the time. */
export function completeSettings(stored: StoredSettings): RunSettings {
  const standard = defaultSettings;
  return {
    ...standard,
    ...stored,
    commission: { ...standard.commission, ...stored.commission },
    spread: { ...standard.spread, ...stored.spread },
    slippage: { ...standard.slippage, ...stored.slippage },
    swap: { ...standard.swap, ...stored.swap },
    volume: { ...standard.volume, ...stored.volume },
  };
}

export interface ParsedSettings {
  readonly settings: RunSettings;
  /** Values for the inputs of the rules, by name. */
  readonly inputs: Readonly<Record<string, number>>;
}

const paths = ['pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks'] as const;

/**
 * The settings and inputs that parsed JSON states, with a default for each key it leaves out.
 *
 * Whether the rules have such inputs is for them to say. Errors: `settings.invalid`, with every
 * fault named by its key; an unknown key is one.
 */
export function parseSettings(json: unknown): Result<ParsedSettings, Failure> {
  const faults: string[] = [];
  const top = readFields(json, '', [...Object.keys(defaultSettings), 'inputs'], faults);
  const standard = defaultSettings;
  const leastMargin = { least: 0.001, most: 1 };
  const lot = { above: 0, most: 1e9 };
  const settings: RunSettings = {
    ...readCosts(top, faults),
    cash: readNumber(top, 'cash', standard.cash, { above: 0, most: 1e12 }, faults),
    margin: readNumber(top, 'margin', standard.margin, leastMargin, faults),
    fill: readChoice(top, 'fill', ['nextOpen', 'close'], faults) ?? standard.fill,
    path: readChoice(top, 'path', paths, faults) ?? standard.path,
    units: readChoice(top, 'units', ['whole', 'fractional'], faults) ?? standard.units,
    volume: readVolume(top, faults),
    positions:
      readChoice(top, 'positions', ['single', 'netting', 'hedging'], faults) ?? standard.positions,
    sides: readChoice(top, 'sides', ['both', 'long', 'short'], faults) ?? standard.sides,
    exclusive: readChoice(top, 'exclusive', [true, false], faults) ?? standard.exclusive,
    stopOut: readStopOut(top, faults),
    closeAtEnd: readChoice(top, 'closeAtEnd', [true, false], faults) ?? standard.closeAtEnd,
    rounding: readChoice(top, 'rounding', ['none', 'account'], faults) ?? standard.rounding,
    contractSize: readNumber(top, 'contractSize', standard.contractSize, lot, faults),
  };
  const inputs = readNumbers(top['inputs'], 'inputs', faults);
  if (faults.length === 0) return ok({ settings, inputs });
  return fail({ code: 'settings.invalid', detail: faults.join(' ') });
}

function readVolume(top: Fields, faults: string[]): VolumeSettings {
  const volume = readFields(top['volume'], 'volume', Object.keys(defaultSettings.volume), faults);
  const range = { least: 0, most: 1e12 };
  const step = readNumber(volume, 'step', 0, range, faults);
  const min = readNumber(volume, 'min', 0, range, faults);
  const max = readNumber(volume, 'max', 0, range, faults);
  if (max > 0 && max < Math.max(step, min)) {
    faults.push(`volume.max must be 0 or at least volume.step and volume.min, not ${max}.`);
  }
  return { step, min, max };
}

function readStopOut(top: Fields, faults: string[]): number | null {
  if (top['stopOut'] === null || top['stopOut'] === undefined) return null;
  return readNumber(top, 'stopOut', 0, { above: 0, most: 10 }, faults);
}

/**
 * Settings and inputs as the one string that is hashed: JSON without spaces, keys in a fixed
 * order, inputs by name, numbers in their shortest form. A setting of `laterSettings` is named
 * only where it differs from its default, so that runs from before it keep their hash.
 */
export function canonicalSettings(
  settings: RunSettings,
  inputs: Readonly<Record<string, number>>,
): string {
  const { cash, commission, spread, margin, fill, units } = settings;
  const { exclusive, closeAtEnd, rounding, contractSize } = settings;
  const named = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const standard = laterSettings(defaultSettings);
  const later = laterSettings(settings).filter(([, value], k) => value !== standard[k]![1]);
  return JSON.stringify({
    cash,
    commission: [commission.fixed, commission.rate],
    spread: spread.rate,
    margin,
    fill,
    units,
    exclusive,
    closeAtEnd,
    rounding,
    contractSize,
    inputs: named,
    ...Object.fromEntries(later),
  });
}

/** In a fixed order; a new setting is appended. */
function laterSettings(settings: RunSettings) {
  const { commission, spread, slippage, swap, volume } = settings;
  return [
    ['commission.perLot', commission.perLot],
    ['commission.minimum', commission.minimum],
    ['spread.points', spread.points],
    ['spread.column', spread.column],
    ['path', settings.path],
    ['slippage.kind', slippage.kind],
    ['slippage.points', slippage.points],
    ['slippage.seed', slippage.seed],
    ['swap.longPerLot', swap.longPerLot],
    ['swap.shortPerLot', swap.shortPerLot],
    ['swap.tripleWeekday', swap.tripleWeekday],
    ['swap.rolloverHour', swap.rolloverHour],
    ['swap.zone', swap.zone],
    ['volume.step', volume.step],
    ['volume.min', volume.min],
    ['volume.max', volume.max],
    ['positions', settings.positions],
    ['sides', settings.sides],
    ['stopOut', settings.stopOut],
  ] as const;
}
