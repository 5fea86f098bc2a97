/** The conditions of a run: money, costs, when orders fill; as a type, as JSON, as one string. */
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { nearestName } from '../rules/nearest-name.ts';

export interface RunSettings {
  /** Starting money in the account's currency. */
  readonly cash: number;
  /** Paid at entry and again at exit: `fixed` money + `rate` × traded value. */
  readonly commission: { readonly fixed: number; readonly rate: number };
  /** Worsens an entry: open × (1 ± rate). */
  readonly spread: { readonly rate: number };
  /** Money needed per unit of position value, 1 = no leverage, 0.02 = 1:50. */
  readonly margin: number;
  /** `close` fills at the close of the signal bar, with stops from the next bar on. */
  readonly fill: 'nextOpen' | 'close';
  readonly units: 'whole' | 'fractional';
  /** An entry first closes whatever is open, the same direction included. */
  readonly exclusive: boolean;
  /** Close what is open at the open of the last bar. */
  readonly closeAtEnd: boolean;
  /** `account` rounds each deal to the account's minor unit, half away from zero. */
  readonly rounding: 'none' | 'account';
  /** Units in one lot, for strategies that size in lots. */
  readonly contractSize: number;
}

export const defaultSettings: RunSettings = {
  cash: 10_000,
  commission: { fixed: 0, rate: 0 },
  spread: { rate: 0 },
  margin: 1,
  fill: 'nextOpen',
  units: 'whole',
  exclusive: false,
  closeAtEnd: false,
  rounding: 'none',
  contractSize: 100_000,
};

export interface ParsedSettings {
  readonly settings: RunSettings;
  /** Values for the inputs of the rules, by name. */
  readonly inputs: Readonly<Record<string, number>>;
}

/**
 * The settings and inputs that parsed JSON states, with a default for each key it leaves out.
 *
 * Whether the rules have such inputs is for them to say. Errors: `settings.invalid`, with every
 * fault named by its key; an unknown key is one.
 */
export function parseSettings(json: unknown): Result<ParsedSettings, Failure> {
  const faults: string[] = [];
  const top = readFields(json, '', [...Object.keys(defaultSettings), 'inputs'], faults);
  const commission = readFields(top['commission'], 'commission', ['fixed', 'rate'], faults);
  const spread = readFields(top['spread'], 'spread', ['rate'], faults);
  const standard = defaultSettings;
  const settings: RunSettings = {
    cash: readNumber(top, 'cash', standard.cash, { above: 0, most: 1e12 }, faults),
    commission: {
      fixed: readNumber(commission, 'fixed', 0, { least: 0, most: 1e9 }, faults),
      rate: readNumber(commission, 'rate', 0, { least: 0, most: 0.5 }, faults),
    },
    spread: { rate: readNumber(spread, 'rate', 0, { least: 0, most: 0.5 }, faults) },
    margin: readNumber(top, 'margin', standard.margin, { least: 0.001, most: 1 }, faults),
    fill: readChoice(top, 'fill', ['nextOpen', 'close'], faults) ?? standard.fill,
    units: readChoice(top, 'units', ['whole', 'fractional'], faults) ?? standard.units,
    exclusive: readChoice(top, 'exclusive', [true, false], faults) ?? standard.exclusive,
    closeAtEnd: readChoice(top, 'closeAtEnd', [true, false], faults) ?? standard.closeAtEnd,
    rounding: readChoice(top, 'rounding', ['none', 'account'], faults) ?? standard.rounding,
    contractSize: readNumber(
      top,
      'contractSize',
      standard.contractSize,
      { above: 0, most: 1e9 },
      faults,
    ),
  };
  const inputs = readInputs(top['inputs'], faults);
  if (faults.length === 0) return ok({ settings, inputs });
  return fail({ code: 'settings.invalid', detail: faults.join(' ') });
}

/**
 * Settings and inputs as the one string that is hashed: JSON without spaces, keys in a fixed
 * order, inputs by name, numbers in their shortest form.
 */
export function canonicalSettings(
  settings: RunSettings,
  inputs: Readonly<Record<string, number>>,
): string {
  const { cash, commission, spread, margin, fill, units } = settings;
  const { exclusive, closeAtEnd, rounding, contractSize } = settings;
  const named = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
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
  });
}

type Fields = Readonly<Record<string, unknown>> & { readonly [path]?: string };

/** Where an object lies, for messages: `commission.`. */
const path = Symbol('path');

/** The object's own fields; empty where it is missing or no object, which is then a fault. */
function readFields(
  value: unknown,
  name: string,
  known: readonly string[],
  faults: string[],
): Fields {
  if (value === undefined) return {};
  if (!isObject(value)) {
    faults.push(`${name || 'The settings'} must be an object, not ${shown(value)}.`);
    return {};
  }
  const prefix = name && `${name}.`;
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const near = nearestName(key.slice(0, 40), known);
    const hint = near ? `did you mean ${prefix}${near}?` : `known are: ${known.join(', ')}.`;
    faults.push(`${prefix}${shortened(key)} is not a setting; ${hint}`);
  }
  const own = known.filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]]);
  return { ...(Object.fromEntries(own) as Record<string, unknown>), [path]: prefix };
}

interface Range {
  readonly above?: number;
  readonly least?: number;
  readonly most: number;
}

function readNumber(
  fields: Fields,
  key: string,
  standard: number,
  range: Range,
  faults: string[],
): number {
  const value = fields[key];
  if (value === undefined) return standard;
  const { above = -Infinity, least = -Infinity, most } = range;
  if (typeof value === 'number' && value > above && value >= least && value <= most) return value;
  const from = range.above === undefined ? `at least ${least}` : `more than ${above}`;
  const name = `${fields[path] ?? ''}${key}`;
  faults.push(`${name} must be a number, ${from} and at most ${most}, not ${shown(value)}.`);
  return standard;
}

function readChoice<const T extends string | boolean>(
  fields: Fields,
  key: string,
  choices: readonly T[],
  faults: string[],
): T | undefined {
  const value = fields[key];
  const chosen = choices.find((choice) => choice === value);
  if (value === undefined || chosen !== undefined) return chosen;
  const words = choices.map((choice) => JSON.stringify(choice)).join(' or ');
  faults.push(`${fields[path] ?? ''}${key} must be ${words}, not ${shown(value)}.`);
  return undefined;
}

function readInputs(value: unknown, faults: string[]): Readonly<Record<string, number>> {
  if (value === undefined) return {};
  if (!isObject(value)) {
    faults.push(`inputs must be an object of numbers by name, not ${shown(value)}.`);
    return {};
  }
  const entries = Object.entries(value);
  for (const [name, number] of entries) {
    if (typeof number === 'number' && Number.isFinite(number)) continue;
    faults.push(`inputs.${shortened(name)} must be a finite number, not ${shown(number)}.`);
  }
  return Object.fromEntries(entries) as Record<string, number>;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (isObject(value)) return 'an object';
  return shortened(Array.isArray(value) ? 'a list' : (JSON.stringify(value) ?? 'nothing'));
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
