/**
 * A strategy as a file of its own.
 *
 * JSON: `{ "kind": "offing.strategy", "version": 1, "name", "source", "inputs", "settings" }`.
 * A file that is not JSON is taken for plain rule text, as the command line reads it.
 */
import type { Strategy } from '#core/collections/strategy.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';

export type StrategyContent = Pick<Strategy, 'name' | 'source' | 'inputs'> & {
  /** Null where the file states none. */
  readonly settings: RunSettings | null;
};

/** What is wrong with a file, in words for the trader. */
export type FileFault = string;

const KIND = 'offing.strategy';
const MOST_CHARACTERS = 200_000;

export function strategyToJson(
  strategy: Omit<StrategyContent, 'settings'> & { settings: RunSettings },
): string {
  const { name, source, inputs, settings } = strategy;
  return `${JSON.stringify({ kind: KIND, version: 1, name, source, inputs, settings }, null, 2)}\n`;
}

/** `readSettings` is core's own check of run settings: unknown keys and values are refused there. */
export function strategyFromText(
  text: string,
  fallbackName: string,
  readSettings: (value: unknown) => Result<RunSettings, { readonly detail: string }>,
): Result<StrategyContent, FileFault> {
  if (text.length > MOST_CHARACTERS) return fail('The file is too large for a strategy.');
  if (text.includes('\u0000')) return fail('The file is not text.');
  if (!text.trimStart().startsWith('{')) return plainText(text, fallbackName);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail('The file opens like JSON but cannot be read as JSON.');
  }
  return fromObject(parsed as Record<string, unknown>, fallbackName, readSettings);
}

function plainText(text: string, name: string): Result<StrategyContent, FileFault> {
  if (text.trim() === '') return fail('The file is empty.');
  return ok({ name, source: text.replace(/^\uFEFF/, ''), inputs: {}, settings: null });
}

function fromObject(
  file: Record<string, unknown>,
  fallbackName: string,
  readSettings: (value: unknown) => Result<RunSettings, { readonly detail: string }>,
): Result<StrategyContent, FileFault> {
  if (file['kind'] !== KIND) return fail('The file is JSON, but not a strategy.');
  if (file['version'] !== 1) {
    return fail('The file was written by a newer version. Update this one, then import it again.');
  }
  const { name, source, inputs = {}, settings } = file;
  if (typeof source !== 'string') return fail('The file holds no rule text.');
  if (!isNumbers(inputs)) return fail('The inputs in the file are not all numbers.');
  const title = typeof name === 'string' && name.trim() !== '' ? name.trim() : fallbackName;
  if (settings === undefined || settings === null) {
    return ok({ name: title, source, inputs, settings: null });
  }
  const read = readSettings(settings);
  if (!read.ok) return fail(`The settings in the file are not valid: ${read.error.detail}`);
  return ok({ name: title, source, inputs, settings: read.value });
}

function isNumbers(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'number' && Number.isFinite(item))
  );
}
