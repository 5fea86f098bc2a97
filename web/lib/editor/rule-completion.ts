/** What can be written next in a rule text, from the registries, each with its help. */
import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { findFunction } from '#core/rules/functions.ts';
import { ruleReference, type RuleReference } from '#core/rules/reference.ts';
import { knownZones } from '#core/rules/time-functions.ts';
import { say } from '../words/language.ts';

const ruleFunctions: readonly Completion[] = ruleReference.functions.map((one) =>
  snippetCompletion(callSnippet(one), {
    label: one.name,
    type: 'function',
    detail: one.title,
    info: () => functionHelp(one),
  }),
);

const fields: readonly Completion[] = ruleReference.fields.map(({ name, description }) => ({
  label: name,
  type: 'variable',
  info: description,
  boost: 1,
}));

const times: readonly Completion[] = ruleReference.times.map(({ name, description }) => ({
  label: name,
  type: 'variable',
  info: description,
}));

const timeframes: readonly Completion[] = ['M5', 'M15', 'M30', 'H1', 'H4', 'D1', 'W1', 'MN1'].map(
  (label) => ({ label, type: 'constant' }),
);

const lineStarts: readonly Completion[] = ruleReference.statements.map((one) => ({
  label: one.name,
  type: 'keyword',
  detail: one.examples[0]!.slice(one.name.length + 1),
  info: one.description,
  apply: `${one.name} `,
}));

const sides: readonly Completion[] = ['long', 'short'].map((label) => ({
  label,
  type: 'keyword',
  boost: 2,
}));

const words = (...labels: readonly string[]): readonly Completion[] =>
  labels.map((label) => ({ label, type: 'keyword' }));

const joints: readonly Completion[] = [
  { label: 'and', type: 'keyword', info: say`Both conditions hold.` },
  { label: 'or', type: 'keyword', info: say`At least one condition holds.` },
  { label: 'not', type: 'keyword', info: say`The condition does not hold.` },
  { label: 'on', type: 'keyword', info: say`On a longer timeframe or another symbol.` },
];

/** The completion source of the rule language. */
export function completeRules(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/\w*/)!;
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, word.from - line.from);
  if (isComment(before)) return null;
  if (isText(before)) return completeText(line.text.slice(0, context.pos - line.from), context.pos);
  if (/\d$/.test(before)) return null;
  const options = optionsAfter(before, context.state.sliceDoc(0, line.from));
  const asked = context.explicit || word.to > word.from || before.endsWith('.');
  if (!asked || options.length === 0) return null;
  return { from: word.from, options, validFor: /^\w*$/ };
}

const zones: readonly Completion[] = knownZones.map((label) => ({ label, type: 'text' }));
const hours: readonly Completion[] = ['00:00-08:00', '08:00-16:30', '22:00-06:00'].map((label) => ({
  label,
  type: 'text',
}));

/** What can stand between quotes: the zone of a clock, the hours of a session. */
function completeText(before: string, pos: number): CompletionResult | null {
  const open = before.lastIndexOf('"');
  const ahead = before.slice(0, open);
  const zone = /\b((minute|hour|weekday|day|month)\(\s*|session\w*\([^)]*,\s*|\bin\s+)$/i.test(
    ahead,
  );
  const options = zone ? zones : /\bsession\w*\(\s*$/i.test(ahead) ? hours : [];
  if (options.length === 0) return null;
  return { from: pos - (before.length - open - 1), options, validFor: /^[^"]*$/ };
}

const withoutTexts = (before: string): string => before.replaceAll(/"[^"]*"/g, '');
const isComment = (before: string): boolean => withoutTexts(before).includes('#');
const isText = (before: string): boolean => withoutTexts(before).includes('"');

function optionsAfter(before: string, above: string): readonly Completion[] {
  if (/^\s*$/.test(before)) return lineStarts;
  if (before.endsWith('.')) return parts(before, above);
  if (/\bon\s+("[^"]*"\s+)?$/i.test(before) && !/^\s*plot\b/i.test(before)) return timeframes;
  if (/^\s*(let|input)\s+$/i.test(before)) return [];
  if (/^\s*enter\s+$/i.test(before)) return sides;
  if (/^\s*exit\s+$/i.test(before)) return [...sides, ...words('when', 'after')];
  if (/^\s*enter\s+(long|short)\s+$/i.test(before)) return words('when', 'stop at', 'limit at');
  if (/^\s*exit\s+(long|short)\s+$/i.test(before)) return words('when');
  if (/^\s*one\s+$/i.test(before)) return words('cancels other');
  if (/^\s*breakeven\s+$/i.test(before)) return words('after');
  if (/^\s*function\s+(\w+\s*\([^)]*)?$/i.test(before)) return [];
  const values = [
    ...definedNames(above),
    ...ownFunctions(above),
    ...parameters(before),
    ...fields,
    ...times,
    ...ruleFunctions,
  ];
  if (/^\s*(stop|target)\s+$/i.test(before)) {
    return [...values, ...sides, { label: 'at', type: 'keyword', info: say`A price follows.` }];
  }
  if (/^\s*size\b/i.test(before)) {
    return [
      ...definedNames(above),
      ...words('risk', 'of equity', 'lots', 'units', 'volatility', 'kelly'),
      ...words('over', 'bars', 'trips', 'else'),
    ];
  }
  if (/^\s*plot\s.*\bon\s+$/i.test(before)) return [...words('price', 'own pane'), ...timeframes];
  if (/^\s*plot\b/i.test(before)) return [...values, ...words('as', 'on price', 'on own pane')];
  if (/^\s*(trail|breakeven|take)\b/i.test(before)) {
    return [...values, ...words('R', 'pips', 'points', 'of close', 'after', 'lock', 'at')];
  }
  if (/^\s*enter\s+\w+\s+(stop|limit)\b(?!.*\bwhen\b)/i.test(before)) {
    return [...values, ...words('limit at', 'for', 'bars', 'when')];
  }
  return /\swhen\b/i.test(before) || /^\s*(let|function)\b|\b(and|or|not)\b/i.test(before)
    ? [...values, ...joints]
    : values;
}

/** Names that the lines above define. */
function definedNames(above: string): readonly Completion[] {
  return Array.from(above.matchAll(/^[ \t]*(let|input)[ \t]+(\w+)[ \t]*=(.*)$/gim), (match) => ({
    label: match[2]!,
    type: match[1]!.toLowerCase() === 'input' ? 'constant' : 'variable',
    detail: match[3]!.trim(),
    boost: 3,
  }));
}

/** Functions that the lines above define, each of their values a field to fill in. */
function ownFunctions(above: string): readonly Completion[] {
  const pattern = /^[ \t]*function[ \t]+(\w+)[ \t]*\(([^)]*)\)[ \t]*=(.*)$/gim;
  return Array.from(above.matchAll(pattern), ([, name, inside, value]) => {
    const names = inside!.split(',').map((one) => one.split('=')[0]!.trim());
    const fields = names.filter(Boolean).map((one) => `\${${one}}`);
    return snippetCompletion(`${name!}(${fields.join(', ')})`, {
      label: name!,
      type: 'function',
      detail: value!.trim(),
      boost: 3,
    });
  });
}

/** Names that the line itself gives: the values of a function. */
function parameters(before: string): readonly Completion[] {
  const inside = /^\s*function\s+\w+\s*\(([^)]*)\)\s*=/i.exec(before)?.[1] ?? '';
  const names = inside.split(',').map((one) => one.split('=')[0]!.trim());
  return names.filter(Boolean).map((label) => ({ label, type: 'variable', boost: 4 }));
}

/** The outputs of the call or of the name that stands before the dot. */
function parts(before: string, above: string): readonly Completion[] {
  const call = calledFunction(before.slice(0, -1));
  const name = /(\w+)\.$/.exec(before)?.[1]?.toLowerCase();
  const made = call ?? (name === undefined ? null : definingFunction(name, above));
  const outputs = made === null ? [] : (findFunction(made)?.outputs ?? []);
  return outputs.filter(Boolean).map((label) => ({ label, type: 'property' }));
}

/** `macd` for a text that ends with `macd(close, max(1, 2))`. */
function calledFunction(text: string): string | null {
  if (!text.endsWith(')')) return null;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) {
      return /(\w+)\s*$/.exec(text.slice(0, at))?.[1]?.toLowerCase() ?? null;
    }
  }
  return null;
}

function definingFunction(name: string, above: string): string | null {
  for (const match of above.matchAll(/^[ \t]*let[ \t]+(\w+)[ \t]*=[ \t]*(\w+)[ \t]*\(/gim)) {
    if (match[1]!.toLowerCase() === name) return match[2]!.toLowerCase();
  }
  return null;
}

type DescribedFunction = RuleReference['functions'][number];

/** `sma(${close}, ${20})`: each value a field to fill in. */
function callSnippet(one: DescribedFunction): string {
  const call = /^\w+\(([^()]*)\)/.exec(one.example);
  const values = call ? call[1]!.split(',') : one.parameters.map((parameter) => parameter.name);
  return `${one.name}(${values.map((value) => `\${${value.trim()}}`).join(', ')})`;
}

function functionHelp(one: DescribedFunction): Node {
  const help = document.createElement('div');
  const add = (tag: 'code' | 'p', text: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    help.append(element);
  };
  add('code', one.signature);
  add('p', one.description);
  for (const { name, description } of one.parameters) add('p', `${name}: ${description}`);
  if (one.outputs.length > 1) add('p', say`Parts: .${one.outputs.join(', .')}`);
  return help;
}
