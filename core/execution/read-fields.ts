/** Reads the fields of parsed JSON one by one, naming every fault by its key. */
import { nearestName } from '../rules/nearest-name.ts';

export type Fields = Readonly<Record<string, unknown>> & { readonly [path]?: string };

/** Where an object lies, for messages: `commission.`. */
const path = Symbol('path');

/** The object's own fields; empty where it is missing or no object, which is then a fault. */
export function readFields(
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

export interface Range {
  readonly above?: number;
  readonly least?: number;
  readonly most: number;
  readonly whole?: boolean;
}

export function readNumber(
  fields: Fields,
  key: string,
  standard: number,
  range: Range,
  faults: string[],
): number {
  const value = fields[key];
  if (value === undefined) return standard;
  const { above = -Infinity, least = -Infinity, most, whole = false } = range;
  const fits = typeof value === 'number' && value > above && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? 'a whole number' : 'a number';
  const from = range.above === undefined ? `at least ${least}` : `more than ${above}`;
  const name = nameOf(fields, key);
  faults.push(`${name} must be ${kind}, ${from} and at most ${most}, not ${shown(value)}.`);
  return standard;
}

export function readChoice<const T extends string | boolean>(
  fields: Fields,
  key: string,
  choices: readonly T[],
  faults: string[],
): T | undefined {
  const value = fields[key];
  const chosen = choices.find((choice) => choice === value);
  if (value === undefined || chosen !== undefined) return chosen;
  const words = choices.map((choice) => JSON.stringify(choice)).join(' or ');
  faults.push(`${nameOf(fields, key)} must be ${words}, not ${shown(value)}.`);
  return undefined;
}

/** Numbers by name; empty where there are none. */
export function readNumbers(
  value: unknown,
  name: string,
  faults: string[],
): Readonly<Record<string, number>> {
  if (value === undefined) return {};
  if (!isObject(value)) {
    faults.push(`${name} must be an object of numbers by name, not ${shown(value)}.`);
    return {};
  }
  const entries = Object.entries(value);
  for (const [key, number] of entries) {
    if (typeof number === 'number' && Number.isFinite(number)) continue;
    faults.push(`${name}.${shortened(key)} must be a finite number, not ${shown(number)}.`);
  }
  return Object.fromEntries(entries) as Record<string, number>;
}

/** The field as messages call it: `commission.rate`. */
export function nameOf(fields: Fields, key: string): string {
  return `${fields[path] ?? ''}${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as messages quote it, at most 40 characters long. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (isObject(value)) return 'an object';
  return shortened(Array.isArray(value) ? 'a list' : (JSON.stringify(value) ?? 'nothing'));
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
