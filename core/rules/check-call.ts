/** Checks a call against what the function asks for. */
import { callFunction } from './call-function.ts';
import { callOwn } from './call-own.ts';
import { alignedColumn } from './check-elsewhere.ts';
import { checkExpression, reportOutputs } from './check-expression.ts';
import type { Constant } from './constant.ts';
import {
  findFunction,
  leastValues,
  signature,
  type FunctionParameter,
  type RuleFunction,
} from './functions.ts';
import type { Operand } from './plan.ts';
import { reportUnknownFunction, textOf, type Scope } from './scope.ts';
import type { Expression, ExpressionOf } from './syntax.ts';
import { describeValue, numberValue, unknown, type Pane, type Value } from './value.ts';

type Call = ExpressionOf<'call'>;

export function checkCall(scope: Scope, call: Call): Value {
  const key = call.name.toLowerCase();
  if (scope.functions.has(key)) return callFunction(scope, call, scope.functions.get(key)!);
  const made = findFunction(key);
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
  if (made.indicator) return callIndicator(scope, call, made, values);
  return callOwn(scope, call, made, values);
}

function hasRightCount(scope: Scope, call: Call, made: RuleFunction): boolean {
  const given = call.parameters.length;
  const most = made.repeats ? Infinity : made.parameters.length;
  const least = leastValues(made);
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
  const least = leastValues(made);
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
  if (kinds[wanted.kind].types.includes(value.type)) {
    if (value.type === 'number' && isConstant(wanted)) {
      require(scope, value.constant, wanted, made, at);
    }
    return true;
  }
  const kind = kinds[wanted.kind].words;
  const reason = `The ${wanted.name} of ${made.name} is ${kind}; this is ${describeValue(value)}.`;
  scope.report.error(at, reason, `For example: ${made.example}.`);
  return false;
}

/** What each kind of parameter takes. */
const kinds: Readonly<
  Record<FunctionParameter['kind'], { types: readonly Value['type'][]; words: string }>
> = {
  series: { types: ['series'], words: 'a series' },
  value: { types: ['series', 'number'], words: 'a series or a number' },
  period: { types: ['number'], words: 'a number that does not change from bar to bar' },
  number: { types: ['number'], words: 'a number that does not change from bar to bar' },
  condition: { types: ['condition'], words: 'a condition' },
  text: { types: ['text'], words: 'a text in quotes' },
  list: { types: ['list'], words: 'a list in square brackets' },
};

function isConstant(wanted: FunctionParameter): boolean {
  return wanted.kind === 'period' || wanted.kind === 'number';
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
  const outputs = { type: 'outputs', column: of, pane, made, frame: scope.frame } as const;
  return indicator.outputs.length > 1 ? outputs : outputValue(scope, outputs, 0);
}

/** One output of an indicator: a series, or a condition where that is what it gives. */
export function outputValue(
  scope: Scope,
  of: Extract<Value, { type: 'outputs' }>,
  index: number,
): Value {
  const plan = scope.plan.within(of.frame);
  const column = plan.add({ op: 'output', of: of.column, index });
  if (of.made.result === 'series') {
    return { type: 'series', column: alignedColumn(scope, of.frame, column), pane: of.pane };
  }
  const one: Operand = { constant: { kind: 'number', value: 1 } };
  const holds = plan.add({ op: 'compare', operator: '==', left: { column }, right: one });
  return { type: 'condition', column: alignedColumn(scope, of.frame, holds) };
}
