/** What the language's own functions stand for, once their values are known to fit. */
import type { RuleFunction } from './functions.ts';
import type { Operand } from './plan.ts';
import { joinList } from './join-list.ts';
import type { Scope } from './scope.ts';
import type { ExpressionOf, Span } from './syntax.ts';
import { arithmetic, boundedNumber } from './arithmetic.ts';
import { callTime } from './time-functions.ts';
import { operandOf, unknown, type Value } from './value.ts';

export function callOwn(
  scope: Scope,
  call: ExpressionOf<'call'>,
  made: RuleFunction,
  values: readonly Value[],
): Value {
  const [first] = values;
  if (first?.type === 'list') return joinList(scope, call, made.name, first.items);
  if (first?.type === 'condition') return since(scope, made.name, first.column, values[1]);
  const texts = values.flatMap((value) => (value.type === 'text' ? [value.text] : []));
  const named = made.parameters[0]?.kind === 'text';
  if (named) return callTime(scope, made.name, texts, call.parameters) ?? unknown;
  switch (made.name) {
    case 'abs':
      return absolute(scope, call, first!);
    case 'min':
    case 'max': {
      const operator = made.name;
      return values.reduce((a, b) => arithmetic(scope, call, operator, a, b));
    }
    default:
      return cross(scope, made.name, values);
  }
}

function cross(scope: Scope, name: string, values: readonly Value[]): Value {
  const [left, right] = values.map((value) => operandOf(value)!) as [Operand, Operand];
  const direction =
    name === 'crosses_above' ? 'above' : name === 'crosses_below' ? 'below' : 'either';
  return { type: 'condition', column: scope.plan.add({ op: 'cross', direction, left, right }) };
}

function absolute(scope: Scope, at: Span, of: Value): Value {
  if (of.type === 'number') return boundedNumber(scope, at, { kind: 'absolute', of: of.constant });
  if (of.type !== 'series') return unknown;
  return { ...of, column: scope.plan.add({ op: 'absolute', of: of.column }) };
}

const measures = {
  value_when: 'value',
  highest_since: 'highest',
  lowest_since: 'lowest',
} as const;

function since(scope: Scope, name: string, condition: number, value: Value | undefined): Value {
  if (value?.type === 'number') {
    const column = scope.plan.add({ op: 'count', condition, bars: value.constant });
    return { type: 'series', column, pane: 'own' };
  }
  if (value?.type === 'series') {
    const measure = measures[name as keyof typeof measures];
    const column = scope.plan.add({ op: 'since', measure, condition, of: value.column });
    return { ...value, column };
  }
  return { type: 'series', column: scope.plan.add({ op: 'barsSince', condition }), pane: 'own' };
}
