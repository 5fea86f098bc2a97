/** Every function of the rule language: the indicators, and what is computed without one. */
import type { Indicator } from '../indicators/indicator.ts';
import { indicators } from '../indicators/registry.ts';
import { listFunctions } from './list-functions.ts';
import { anyNumber } from './own-function.ts';
import { plainFunctions } from './plain-functions.ts';
import { sinceFunctions } from './since-functions.ts';
import { timeFunctions } from './time-functions.ts';

export interface FunctionParameter {
  readonly name: string;
  readonly description: string;
  /** `value` is a series or a number; `period` a whole number; both kinds of number are constant. */
  readonly kind: 'series' | 'value' | 'period' | 'number' | 'condition' | 'text' | 'list';
  readonly min: number;
  readonly max: number;
  readonly default: number | null;
  /** May be left out although it has no number to stand for it. */
  readonly optional?: true;
}

export interface RuleFunction {
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Those with a default may be left out, and those that are `optional`. */
  readonly parameters: readonly FunctionParameter[];
  /** Accepts more of the last parameter. */
  readonly repeats: boolean;
  /** What it is when called: with several outputs one is chosen by a dot. */
  readonly result: 'series' | 'condition';
  readonly outputs: readonly string[];
  /** A piece of rule text that uses it. */
  readonly example: string;
  /** Where the formula is from; empty for plain arithmetic. */
  readonly reference: string;
  /** null for the language's own functions. */
  readonly indicator: Indicator | null;
  /** An input or a `let` may have the same name. */
  readonly nameFree?: true;
}

function fromIndicator(indicator: Indicator): RuleFunction {
  const series: readonly FunctionParameter[] = indicator.sources.includes('series')
    ? [{ name: 'series', description: 'What it is computed of.', kind: 'series', ...anyNumber }]
    : [];
  const plain = `${indicator.name}(${[...series.map(() => 'close'), ...indicator.parameters.map((one) => one.default ?? 20)].join(', ')})`;
  const output = indicator.outputs[0];
  const value = output ? `${plain}.${output}` : plain;
  return {
    name: indicator.name,
    title: indicator.title,
    description: indicator.description,
    parameters: [...series, ...indicator.parameters],
    repeats: false,
    result: indicator.result ?? 'series',
    outputs: indicator.outputs,
    example: exampleOf(indicator, value),
    reference: indicator.reference,
    indicator,
  };
}

function exampleOf(indicator: Indicator, value: string): string {
  if (indicator.repaints) return `let drawn = ${value}`;
  return indicator.result === 'condition' ? `${value} and close > open` : value;
}

export const functions: readonly RuleFunction[] = [
  ...plainFunctions,
  ...sinceFunctions,
  ...timeFunctions,
  ...listFunctions,
  ...indicators.map(fromIndicator),
];

const byName: ReadonlyMap<string, RuleFunction> = new Map(functions.map((one) => [one.name, one]));

export function findFunction(name: string): RuleFunction | null {
  return byName.get(name) ?? null;
}

/** How it is called: `macd(series, fast = 12, slow = 26, signal = 9)`. */
export function signature(one: RuleFunction): string {
  const parts = one.parameters.map((parameter) =>
    parameter.optional
      ? `[${parameter.name}]`
      : parameter.default === null
        ? parameter.name
        : `${parameter.name} = ${parameter.default}`,
  );
  return `${one.name}(${parts.join(', ')}${one.repeats ? ', …' : ''})`;
}

/** How many of its values must be given. */
export function leastValues(one: RuleFunction): number {
  return one.parameters.filter(({ default: value, optional }) => value === null && !optional)
    .length;
}
