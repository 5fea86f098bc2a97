/** The phrases that the pages say, found in their source, as the keys of a message file. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalRules } from '../core/signals/registry.ts';
import { statistics } from '../core/statistics/registry.ts';

const root = join(import.meta.dirname, '..');

export interface Phrase {
  readonly file: string;
  readonly text: string;
}

/** Of every page and module of `web`. */
export function phrasesOfPages(): readonly Phrase[] {
  return globSync('web/{lib,routes,service-worker}/**/*.{svelte,ts}', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      return [...said(source), ...counted(source)].map((text) => ({ file, text }));
    });
}

/** What stands between the ticks of say`…`, `{0}` for the first thing filled in. */
export function said(source: string): string[] {
  const found: string[] = [];
  const call = /\bsay`/g;
  for (let match = call.exec(source); match; match = call.exec(source)) {
    const { text, filled, end } = template(source, match.index + 3);
    found.push(text, ...filled.flatMap(said));
    call.lastIndex = end;
  }
  return found;
}

/** The nouns of countText(count, 'bar') in one and in many. */
export function counted(source: string): string[] {
  const call =
    /\b(?:countText|plural)\(((?:[^()']|\([^()]*\)|\([^()]*\([^()]*\)[^()]*\))*?),\s*'([^']+)'(?:,\s*'([^']+)')?,?\s*\)/g;
  return [...source.matchAll(call)].flatMap(([, , one = '', many = `${one}s`]) => [one, many]);
}

const escaped: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

interface Template {
  readonly text: string;
  /** The source of what is filled in. */
  readonly filled: readonly string[];
  /** Where its last tick stands. */
  readonly end: number;
}

/** The template that opens at `at`, whatever stands within its braces. */
function template(source: string, at: number): Template {
  let text = '';
  const filled: string[] = [];
  for (let here = at + 1; here < source.length; here++) {
    const char = source[here]!;
    if (char === '`') return { text, filled, end: here };
    if (char === '\\') text += escaped[source[++here]!] ?? source[here]!;
    else if (source.startsWith('${', here)) {
      const end = endOfBraces(source, here + 2);
      text += `{${filled.length}}`;
      filled.push(source.slice(here + 2, end));
      here = end;
    } else text += char;
  }
  throw new Error(`A template has no end: ${source.slice(at, at + 60)}`);
}

/** Where the braces close that were opened just before `at`. */
function endOfBraces(source: string, at: number): number {
  let depth = 1;
  for (let here = at; here < source.length; here++) {
    const char = source[here]!;
    if (char === "'" || char === '"') here = source.indexOf(char, here + 1);
    else if (char === '`') here = template(source, here).end;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return here;
  }
  throw new Error('Braces have no end.');
}

/** What pages say of registries and tables by sayKnown, where it stands in no template. */
export function phrasesOfRegistries(): readonly Phrase[] {
  const words = join(root, 'web/lib/words');
  const withFigures = globSync('*-errors.ts', { cwd: words }).flatMap((file) =>
    [...readFileSync(join(words, file), 'utf8').matchAll(/'([^'\n]*\{[a-z]+%?\}[^'\n]*)'/g)].map(
      ([, text = '']) => ({ file: `web/lib/words/${file}`, text }),
    ),
  );
  return [
    ...withFigures,
    ...statistics.flatMap(({ key, label, definition }) =>
      [label, definition].map((text) => ({ file: `core/statistics, ${key}`, text })),
    ),
    ...signalRules.flatMap(({ name, title, about, formula }) =>
      [title, about, formula].map((text) => ({ file: `core/signals, ${name}`, text })),
    ),
  ];
}
