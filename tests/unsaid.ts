/** Finds words for people that stand in a script without `say`, so that no language could say them. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** What is code or a name to its reader: rules to insert, programs to copy, faults of this product. */
const notForPeople =
  /web\/lib\/(code\/reference|editor\/rule-(completion|language)|state\/room-answers)|call-examples/;
/** Who is called with it needs it as it is, or says it by itself. */
const notSaid =
  /^(assert|matchMedia|countText|sayKnown|(\w+\.)*(querySelector|querySelectorAll|closest))$/;

/** Stored, or a key: the same in every language. */
const names: readonly string[] = ['By hand', 'from the store', 'ArrowUp, ArrowDown, Enter'];

/** Each as `file: text`. */
export function unsaidInScripts(): readonly string[] {
  return globSync('web/{lib,routes}/**/*.{ts,svelte}', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts') && !notForPeople.test(file))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const scripts = file.endsWith('.ts') ? [source] : scriptsOf(source);
      return scripts.flatMap(unsaidIn).map((text) => `${file}: ${text}`);
    });
}

/** The scripts of a component, and each expression of its markup. */
function scriptsOf(source: string): readonly string[] {
  const { instance, module, fragment } = parse(source, { modern: true });
  const scripts = [instance, module].flatMap((each) => (each ? [spanOf(each.content)] : []));
  return [...scripts, ...expressionsOf(fragment)].map(({ start, end }) => source.slice(start, end));
}

/** The parser tells where a script stands beside what the type of a program has. */
function spanOf(node: object): Span {
  return node as Span;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function expressionsOf(node: unknown): readonly Span[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(expressionsOf);
  if ('type' in node && node.type === 'ExpressionTag' && 'expression' in node) {
    return [node.expression as Span];
  }
  return Object.values(node).flatMap(expressionsOf);
}

export function unsaidIn(script: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return;
    if (ts.isCallExpression(node) && notSaid.test(node.expression.getText())) return;
    if (ts.isTaggedTemplateExpression(node)) {
      if (ts.isTemplateExpression(node.template)) {
        node.template.templateSpans.forEach(({ expression }) => visit(expression));
      }
      return;
    }
    const text = textOf(node);
    if (text !== null && isSentence(text) && !names.includes(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('script.ts', `(${script}\n)`, ts.ScriptTarget.Latest, true));
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

/** Three words in a row, or two of which the first begins as a sentence does. */
function isSentence(text: string): boolean {
  if (withFigures.test(text) || /^[A-Z ]+$/.test(text)) return false;
  if (/[<>{}=\\]|^\S*\/|--|\d(px|s|ms) |color-mix|sans-serif|var\(/.test(text)) return false;
  return (
    /[a-z]{2,}[,;:]? [a-z]+[,;:]? [a-z]{2,}/i.test(text) || /^[A-Z][a-z]+ [a-z]{2,}/.test(text)
  );
}

/** Sentences of refusals, which are said where their figures are filled in. */
const withFigures = /\{\w+%?\}/;
