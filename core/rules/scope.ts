/** What a rule text has named so far, and everything needed to check the next expression. */
import { contextualWords, reservedWords } from './keywords.ts';
import { fields, findField } from './fields.ts';
import { findFunction, functions, type RuleFunction } from './functions.ts';
import { nearestName } from './nearest-name.ts';
import type { Requirement } from './constant.ts';
import type { PlanBuilder } from './plan.ts';
import type { Report } from './report.ts';
import type { Expression, FunctionStatement, Named, Span } from './syntax.ts';
import { timeNames } from './time-functions.ts';
import type { Value } from './value.ts';

export interface Definition {
  readonly name: Named;
  readonly value: Value;
  readonly kind: 'input' | 'let';
  /** What a `let` names, to be computed again on other bars. */
  readonly expression?: Expression;
  used: boolean;
}

export interface OwnFunction {
  readonly statement: FunctionStatement;
  used: boolean;
}

/** A name that is known inside one expression alone: what it stands for in the asker's frame. */
export type Local = (scope: Scope) => Value;

export interface Scope {
  readonly source: string;
  readonly report: Report;
  /** Adds columns to the frame that the expression stands in. */
  readonly plan: PlanBuilder;
  readonly frame: number;
  /** By lower-case name; these hide the definitions. */
  readonly locals: ReadonlyMap<string, Local>;
  /** Values of definitions in frames other than the run's own bars. */
  readonly elsewhere: Map<string, Value>;
  /** Names and functions that are unfolded inside one another. */
  readonly depth: number;
  /** Expressions checked so far, and how many of them are inside one another now. */
  readonly unfolded: { count: number; depth: number };
  /** By lower-case name. */
  readonly definitions: Map<string, Definition>;
  /** Names defined anywhere in the text, with the place, so that a use before it is understood. */
  readonly later: ReadonlyMap<string, Span>;
  /** Inputs that count something and so must be whole. */
  readonly wholeInputs: Set<string>;
  readonly requirements: Pick<Requirement[], 'push'>;
  /** The text's own functions by lower-case name; null where one could not be read. */
  readonly functions: ReadonlyMap<string, OwnFunction | null>;
  /** Names of those whose inside is being checked, the outermost first. */
  readonly calling: readonly string[];
  /** What is wrong with the inside of a function for the values of one call. */
  readonly deferred: { readonly name: string; readonly report: () => void }[];
  readonly defaults: Map<string, number>;
  /** Calls of indicators that change what they have shown, with their column in the plan. */
  readonly repainting: {
    readonly column: number;
    readonly made: RuleFunction;
    readonly at: Span;
  }[];
}

/** The same scope for an expression that is computed on the bars of another frame. */
export function inFrame(scope: Scope, frame: number): Scope {
  return scope.frame === frame ? scope : { ...scope, frame, plan: scope.plan.within(frame) };
}

/** The same scope for what a name stands for, which knows the text's own names alone. */
export function inText(scope: Scope): Scope {
  return { ...scope, locals: new Map(), depth: scope.depth + 1 };
}

/** The rule text at a place. */
export function textOf(scope: Scope, at: Span): string {
  return scope.source.slice(at.from, at.to);
}

/** Adds a name, or says why it cannot be one. */
export function define(scope: Scope, definition: Omit<Definition, 'used'>): void {
  const { name } = definition;
  const key = name.text.toLowerCase();
  const made = findFunction(key);
  const taken = findField(key) ? 'a price series' : made && !made.nameFree ? 'a function' : null;
  if (taken) {
    scope.report.error(name, `${name.text} is the name of ${taken}.`, `my_${key}`);
    return;
  }
  if (scope.definitions.has(key)) {
    scope.report.error(name, `${name.text} is defined twice.`, freeName(scope, key));
    return;
  }
  scope.definitions.set(key, { ...definition, used: false });
}

function freeName(scope: Scope, key: string): string {
  let count = 2;
  while (scope.definitions.has(`${key}${count}`) || scope.later.has(`${key}${count}`)) count++;
  return `${key}${count}`;
}

/** Reports a name nothing is known of, with the nearest one that fits. */
export function reportUnknownName(scope: Scope, at: Span, name: string): void {
  const key = name.toLowerCase();
  const later = scope.later.get(key);
  if (later) {
    const own = at.from >= later.from && at.to <= later.to;
    scope.report.error(
      at,
      own ? `${name} cannot be used to define itself.` : `${name} is used before it is defined.`,
      own ? '' : `Move the line that defines ${name} above this one.`,
    );
    return;
  }
  if (scope.functions.has(key)) {
    scope.report.error(at, `${name} is a function and needs brackets.`, `${name}(close)`);
    return;
  }
  if (findFunction(key)) {
    scope.report.error(at, `${name} is a function and needs brackets.`, findFunction(key)!.example);
    return;
  }
  if (key === 'equity') {
    scope.report.error(
      at,
      'equity is known to the size alone.',
      'For example: size 50% of equity.',
    );
    return;
  }
  const known = [
    ...scope.locals.keys(),
    ...scope.definitions.keys(),
    ...fields.map((field) => field.name),
    ...timeNames,
  ];
  const near = nearestName(key, known) ?? nearestName(key, functionNames);
  const word = near === null && [...reservedWords, ...contextualWords].includes(key);
  scope.report.error(
    at,
    word ? `${name} cannot stand here.` : `Nothing is called ${name}.`,
    near ?? '',
  );
}

const functionNames: readonly string[] = functions.map((one) => one.name);

export function reportUnknownFunction(scope: Scope, at: Span, name: string): void {
  const key = name.toLowerCase();
  if (scope.definitions.has(key) || findField(key)) {
    scope.report.error(at, `${name} is not a function.`, `For the bar before, write ${name}[1].`);
    return;
  }
  if (timeNames.includes(key)) {
    scope.report.error(at, `${name} has no values to fill in.`, `Write ${name} without brackets.`);
    return;
  }
  const known = [...scope.functions.keys(), ...functionNames];
  scope.report.error(at, `No function is called ${name}.`, nearestName(key, known) ?? '');
}
