/** What the pages say can be said in every language: nothing is left out, nothing is left over. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';
import { readMessages } from '../web/lib/words/language.ts';
import { phrasesOfPages, phrasesOfRegistries, said } from './phrases.ts';
import { unsaidIn, unsaidInScripts } from './unsaid.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'web/lib/words/messages');
const read = (path: string) => readFileSync(path, 'utf8');
const marks = (text: string) => [...text.matchAll(/\{\w+%?\}/g)].map(([mark]) => mark).sort();

const phrases = [...phrasesOfPages(), ...phrasesOfRegistries()];
const wanted = new Set(phrases.map(({ text }) => text));

test('a template is read with whatever stands within its braces', () => {
  expect(
    said("say`A ${b(`}${c}`)} d ${'}'} \\` e`; assay`no`; x(say`${say`In ${1}`} out`)"),
  ).toEqual(['A {0} d {1} ` e', '{0} out', 'In {0}']);
});

describe.each(globSync('*.json', { cwd: folder }))('%s', (file) => {
  const messages = readMessages(read(join(folder, file))) ?? {};

  test('says every phrase', () => {
    const missing = phrases.filter(({ text }) => !Object.hasOwn(messages, text));
    expect(missing).toEqual([]);
  });

  test('says nothing else', () => {
    expect(Object.keys(messages).filter((phrase) => !wanted.has(phrase))).toEqual([]);
  });

  test('fills in what the phrase fills in, and no markup', () => {
    const wrong = Object.entries(messages).filter(
      ([phrase, message]) =>
        marks(phrase).join() !== marks(message).join() ||
        message.trim() === '' ||
        /<\/?[a-z]/i.test(message),
    );
    expect(wrong).toEqual([]);
  });
});

/** Names, and what is code, is written alike in every language. */
const alike = /^(Offing|MetaTrader 5|UTC|JSON|CSV|PDF|HTML)$/;
const unspoken = new Set(['code', 'kbd', 'pre', 'samp', 'style', 'script']);
const spokenAttributes = new Set([
  'label',
  'title',
  'aria-label',
  'hint',
  'about',
  'placeholder',
  'alt',
]);

test('no script of a page has sentences of its own beside say', () => {
  expect(unsaidInScripts()).toEqual([]);
  expect(unsaidIn("x('It is kept.', say`Said ${'not at all said'}`)")).toEqual([
    'It is kept.',
    'not at all said',
  ]);
});

test('no page has words of its own beside say', () => {
  const bare = globSync('web/{lib,routes}/**/*.svelte', { cwd: root }).flatMap((file) =>
    bareIn(parse(read(join(root, file)), { modern: true }).fragment).map(
      (text) => `${file}: ${text}`,
    ),
  );
  expect(bare).toEqual([]);
});

function bareIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(bareIn);
  const given = node as AST.SvelteNode;
  if (given.type === 'Text') return wordsIn(given.data);
  if (given.type === 'StyleDirective') return [];
  if (given.type === 'Attribute')
    return spokenAttributes.has(given.name) ? bareIn(given.value) : [];
  if (given.type === 'RegularElement' && unspoken.has(given.name)) return [];
  return Object.values(given).flatMap(bareIn);
}

function wordsIn(text: string): string[] {
  const trimmed = text.trim();
  return /[a-z]{2}/.test(trimmed) && !alike.test(trimmed) ? [trimmed] : [];
}
