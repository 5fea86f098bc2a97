/** Every function of the rule language: the indicators, and what is computed without one. */
import type { Indicator } from '../indicators/indicator.ts';
import { indicators } from '../indicators/registry.ts';

export interface FunctionParameter {
  readonly name: string;
  readonly description: string;
  /** `value` is a series or a number; `period` a whole number; both kinds of number are constant. */
  readonly kind: 'series' | 'value' | 'period' | 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number | null;
}

export interface RuleFunction {
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
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
}

const anyNumber = { min: -Infinity, max: Infinity, default: null };

function value(name: string, description: string): FunctionParameter {
  return { name, description, kind: 'value', ...anyNumber };
}

function own(
  name: string,
  title: string,
  description: string,
  more: Pick<RuleFunction, 'parameters' | 'result' | 'example'> & { readonly repeats?: true },
): RuleFunction {
  return {
    name,
    title,
    description,
    repeats: false,
    outputs: [''],
    reference: '',
    indicator: null,
    ...more,
  };
}

const pair = [value('a', 'The line that crosses.'), value('b', 'The line or level crossed.')];

const ownFunctions: readonly RuleFunction[] = [
  own(
    'crosses_above',
    'Crosses above',
    'True on the bar where a is above b after it was below on the bar before; a tie is no cross.',
    { parameters: pair, result: 'condition', example: 'crosses_above(close, sma(close, 50))' },
  ),
  own(
    'crosses_below',
    'Crosses below',
    'True on the bar where a is below b after it was above on the bar before; a tie is no cross.',
    { parameters: pair, result: 'condition', example: 'crosses_below(close, sma(close, 50))' },
  ),
  own('crosses', 'Crosses', 'True on the bar where a crosses b in either direction.', {
    parameters: pair,
    result: 'condition',
    example: 'crosses(close, sma(close, 50))',
  }),
  own('abs', 'Absolute value', 'The value without its sign.', {
    parameters: [value('value', 'A series or a number.')],
    result: 'series',
    example: 'abs(close - open) > 2 * atr(14)',
  }),
  own('min', 'Smaller', 'The smallest of the values on each bar.', {
    parameters: [value('a', 'A series or a number.'), value('b', 'Another; more may follow.')],
    repeats: true,
    result: 'series',
    example: 'min(open, close) > sma(close, 50)',
  }),
  own('max', 'Larger', 'The largest of the values on each bar.', {
    parameters: [value('a', 'A series or a number.'), value('b', 'Another; more may follow.')],
    repeats: true,
    result: 'series',
    example: 'max(open, close) < sma(close, 50)',
  }),
];

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
  ...ownFunctions,
  ...indicators.map(fromIndicator),
];

const byName: ReadonlyMap<string, RuleFunction> = new Map(functions.map((one) => [one.name, one]));

export function findFunction(name: string): RuleFunction | null {
  return byName.get(name) ?? null;
}

/** How it is called: `macd(series, fast = 12, slow = 26, signal = 9)`. */
export function signature(one: RuleFunction): string {
  const parts = one.parameters.map((parameter) =>
    parameter.default === null ? parameter.name : `${parameter.name} = ${parameter.default}`,
  );
  return `${one.name}(${parts.join(', ')}${one.repeats ? ', …' : ''})`;
}
