/** Checks a call against what the function asks for. */
import { checkExpression, reportOutputs } from './check-expression.ts';
import type { Constant } from './constant.ts';
import { findFunction, signature, type FunctionParameter, type RuleFunction } from './functions.ts';
import type { Operand } from './plan.ts';
import { reportUnknownFunction, textOf, type Scope } from './scope.ts';
import type { Expression } from './syntax.ts';
import { describeValue, numberValue, operandOf, unknown, type Pane, type Value } from './value.ts';

type Call = Extract<Expression, { kind: 'call' }>;

export function checkCall(scope: Scope, call: Call): Value {
  const made = findFunction(call.name.toLowerCase());
  const values = call.parameters.map((parameter) => checkExpression(scope, parameter));
  if (!made) {
    reportUnknownFunction(scope, call.nameSpan, call.name);
    return unknown;
  }
  if (!hasRightCount(scope, call, made)) return unknown;
  let good = true;
  values.forEach((value, index) => {
    const wanted = made.parameters[Math.min(index, made.parameters.length - 1)]!;
    good = fits(scope, call.parameters[index]!, value, wanted, made) && good;
  });
  if (!good) return unknown;
  return made.indicator ? callIndicator(scope, call, made, values) : callOwn(scope, made, values);
}

function hasRightCount(scope: Scope, call: Call, made: RuleFunction): boolean {
  const given = call.parameters.length;
  const most = made.repeats ? Infinity : made.parameters.length;
  const least = made.parameters.filter((parameter) => parameter.default === null).length;
  if (given >= least && given <= most) return true;
  const wants =
    least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  scope.report.error(
    call,
    `${made.name} takes ${wants} ${most === 1 ? 'value' : 'values'}, not ${given}: ${signature(made)}.`,
    withoutSeries(scope, call, made) ?? `For example: ${made.example}.`,
  );
  return false;
}

/** `sma(10)` lacks nothing but what the average is of, most likely the close. */
function withoutSeries(scope: Scope, call: Call, made: RuleFunction): string | null {
  const [first] = call.parameters;
  const least = made.parameters.filter((parameter) => parameter.default === null).length;
  const series = made.parameters[0]?.kind === 'series' && first?.kind === 'number';
  if (!series || call.parameters.length !== least - 1) return null;
  const inner = call.parameters.map((parameter) => textOf(scope, parameter)).join(', ');
  return `${made.name}(close, ${inner})`;
}

function fits(
  scope: Scope,
  at: Expression,
  value: Value,
  wanted: FunctionParameter,
  made: RuleFunction,
): boolean {
  if (value.type === 'unknown') return false;
  if (value.type === 'outputs') {
    reportOutputs(scope, at, value);
    return false;
  }
  const constant = wanted.kind === 'period' || wanted.kind === 'number';
  const right = constant
    ? value.type === 'number'
    : value.type === 'series' || (wanted.kind === 'value' && value.type === 'number');
  if (right) {
    if (constant && value.type === 'number') require(scope, value.constant, wanted, made, at);
    return true;
  }
  const kind = constant
    ? 'a number that does not change from bar to bar'
    : wanted.kind === 'series'
      ? 'a series'
      : 'a series or a number';
  const reason = `The ${wanted.name} of ${made.name} is ${kind}; this is ${describeValue(value)}.`;
  scope.report.error(at, reason, `For example: ${made.example}.`);
  return false;
}

function require(
  scope: Scope,
  constant: Constant,
  wanted: FunctionParameter,
  made: RuleFunction,
  at: Expression,
): void {
  const whole = wanted.kind === 'period';
  if (whole && constant.kind === 'input') scope.wholeInputs.add(constant.name);
  const { min, max } = wanted;
  const subject = `The ${wanted.name} of ${made.name}`;
  scope.requirements.push({ constant, min, max, whole, subject, from: at.from, to: at.to });
}

function callIndicator(
  scope: Scope,
  call: Call,
  made: RuleFunction,
  values: readonly Value[],
): Value {
  const indicator = made.indicator!;
  let pane: Pane = indicator.pane === 'price' ? 'price' : 'own';
  const given = made.parameters.map(
    (parameter, index) => values[index] ?? numberValue(parameter.default!),
  );
  const sources = indicator.sources.map((source) => {
    if (source !== 'series') return scope.plan.add({ op: 'field', field: source });
    const series = given[0]!;
    if (series.type === 'series' && indicator.pane === 'source') pane = series.pane;
    return series.type === 'series' ? series.column : -1;
  });
  const parameters = given.flatMap((value) => (value.type === 'number' ? [value.constant] : []));
  const of = scope.plan.add({ op: 'indicator', name: indicator.name, sources, parameters });
  if (indicator.repaints) scope.repainting.push({ column: of, made, at: call });
  if (indicator.outputs.length > 1) return { type: 'outputs', column: of, pane, made };
  return outputValue(scope, { column: of, pane, made }, 0);
}

/** One output of an indicator: a series, or a condition where that is what it gives. */
export function outputValue(
  scope: Scope,
  of: { readonly column: number; readonly pane: Pane; readonly made: RuleFunction },
  index: number,
): Value {
  const column = scope.plan.add({ op: 'output', of: of.column, index });
  if (of.made.result === 'series') return { type: 'series', column, pane: of.pane };
  const one: Operand = { constant: { kind: 'number', value: 1 } };
  const sides = { left: { column }, right: one };
  return {
    type: 'condition',
    column: scope.plan.add({ op: 'compare', operator: '==', ...sides }),
  };
}

function callOwn(scope: Scope, made: RuleFunction, values: readonly Value[]): Value {
  const operands = values.map((value) => operandOf(value)!);
  const [left, right] = operands as [Operand, Operand];
  switch (made.name) {
    case 'abs':
      return absolute(scope, values[0]!);
    case 'min':
    case 'max':
      return values.reduce((a, b) => extreme(scope, made.name === 'min' ? 'min' : 'max', a, b));
    default: {
      const direction =
        made.name === 'crosses_above'
          ? 'above'
          : made.name === 'crosses_below'
            ? 'below'
            : 'either';
      const column = scope.plan.add({ op: 'cross', direction, left, right });
      return { type: 'condition', column };
    }
  }
}

function absolute(scope: Scope, of: Value): Value {
  if (of.type === 'number') {
    return { type: 'number', constant: { kind: 'absolute', of: of.constant } };
  }
  if (of.type !== 'series') return unknown;
  return { ...of, column: scope.plan.add({ op: 'absolute', of: of.column }) };
}

function extreme(scope: Scope, operator: 'min' | 'max', left: Value, right: Value): Value {
  if (left.type === 'number' && right.type === 'number') {
    const sides = { left: left.constant, right: right.constant };
    return { type: 'number', constant: { kind: 'arithmetic', operator, ...sides } };
  }
  const sides = { left: operandOf(left)!, right: operandOf(right)! };
  const column = scope.plan.add({ op: 'arithmetic', operator, ...sides });
  const price = [left, right].some((value) => value.type === 'series' && value.pane === 'price');
  return { type: 'series', column, pane: price ? 'price' : 'own' };
}
