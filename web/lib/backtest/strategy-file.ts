/**
 * A strategy as a file of its own.
 *
 * JSON: `{ "kind": "offing.strategy", "version": 1, "name", "source", "inputs", "settings" }`,
 * and `"language": "code"` where the text is TypeScript. A file that is not JSON is taken for plain
 * text, as the command line reads it: of TypeScript where its name ends in .ts, else of rules.
 */
import type { Language, Strategy } from '#core/collections/strategy.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { say } from '../words/language.ts';

export type StrategyContent = Pick<Strategy, 'name' | 'source' | 'inputs' | 'language'> & {
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
  const { name, source, language, inputs, settings } = strategy;
  const written = language === 'code' ? { language } : {};
  const file = { kind: KIND, version: 1, name, source, ...written, inputs, settings };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** `readSettings` is core's own check of run settings: unknown keys and values are refused there. */
export function strategyFromText(
  text: string,
  fallbackName: string,
  readSettings: (value: unknown) => Result<RunSettings, { readonly detail: string }>,
  language: Language = 'rules',
): Result<StrategyContent, FileFault> {
  if (text.length > MOST_CHARACTERS) return fail(say`The file is too large for a strategy.`);
  if (text.includes('\u0000')) return fail(say`The file is not text.`);
  if (!text.trimStart().startsWith('{')) return plainText(text, fallbackName, language);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail(say`The file opens like JSON but cannot be read as JSON.`);
  }
  return fromObject(parsed as Record<string, unknown>, fallbackName, readSettings);
}

function plainText(
  text: string,
  name: string,
  language: Language,
): Result<StrategyContent, FileFault> {
  if (text.trim() === '') return fail(say`The file is empty.`);
  const source = text.replace(/^\uFEFF/, '');
  return ok({ name, source, ...inLanguage(language), inputs: {}, settings: null });
}

function fromObject(
  file: Record<string, unknown>,
  fallbackName: string,
  readSettings: (value: unknown) => Result<RunSettings, { readonly detail: string }>,
): Result<StrategyContent, FileFault> {
  if (file['kind'] !== KIND) return fail(say`The file is JSON, but not a strategy.`);
  if (file['version'] !== 1) {
    return fail(
      say`The file was written by a newer version. Update this one, then import it again.`,
    );
  }
  const { name, source, language = 'rules', inputs = {}, settings } = file;
  if (language !== 'rules' && language !== 'code') {
    return fail(say`The file is written in a language that this version does not know.`);
  }
  if (typeof source !== 'string') return fail(say`The file holds no rule text.`);
  if (!isNumbers(inputs)) return fail(say`The inputs in the file are not all numbers.`);
  const title = typeof name === 'string' && name.trim() !== '' ? name.trim() : fallbackName;
  const content = { name: title, source, ...inLanguage(language), inputs };
  if (settings === undefined || settings === null) {
    return ok({ ...content, settings: null });
  }
  const read = readSettings(settings);
  if (!read.ok) return fail(say`The settings in the file are not valid: ${read.error.detail}`);
  return ok({ ...content, settings: read.value });
}

function inLanguage(language: Language): Pick<StrategyContent, 'language'> {
  return language === 'code' ? { language } : {};
}

function isNumbers(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'number' && Number.isFinite(item))
  );
}
