/** The rule language's reference as entries to search and to insert. */
import { ruleReference } from '#core/rules/reference.ts';
import { say } from '#lib/words/language.ts';

/** By what they are; the words for people are those of `groupWords`. */
export const referenceGroups = ['lines', 'functions', 'series', 'signs'] as const;
type ReferenceGroup = (typeof referenceGroups)[number];

export const groupWords: Readonly<Record<ReferenceGroup, string>> = {
  lines: say`Lines`,
  functions: say`Functions`,
  series: say`Series`,
  signs: say`Signs`,
};

export interface ReferenceEntry {
  readonly group: ReferenceGroup;
  readonly name: string;
  /** How it is written. */
  readonly form: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
  /** A piece of rule text that uses it, ready to insert. */
  readonly example: string;
}

export const referenceEntries: readonly ReferenceEntry[] = [
  ...ruleReference.statements.map((each) => ({
    group: 'lines' as const,
    name: each.name,
    form: each.form,
    description: each.description,
    parameters: [],
    example: each.examples[0] ?? each.name,
  })),
  ...ruleReference.functions.map((each) => ({
    group: 'functions' as const,
    name: each.name,
    form: each.signature,
    description: `${each.title}. ${each.description}`,
    parameters: each.parameters,
    example: each.example,
  })),
  ...[...ruleReference.fields, ...ruleReference.times].map((each) => ({
    group: 'series' as const,
    name: each.name,
    form: each.name,
    description: each.description,
    parameters: [],
    example: each.name,
  })),
  ...ruleReference.operators.map((each) => ({
    group: 'signs' as const,
    name: each.signs,
    form: each.signs,
    description: each.description,
    parameters: [],
    example: each.example,
  })),
];

/** Entries that hold every word of the search, those whose name begins with it first. */
export function findEntries(search: string): readonly ReferenceEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return referenceEntries;
  const text = (entry: ReferenceEntry) => `${entry.form} ${entry.description}`.toLowerCase();
  const rank = (entry: ReferenceEntry) => (entry.name.toLowerCase().startsWith(words[0]!) ? 0 : 1);
  return referenceEntries
    .filter((entry) => words.every((word) => text(entry).includes(word)))
    .toSorted((a, b) => rank(a) - rank(b));
}
