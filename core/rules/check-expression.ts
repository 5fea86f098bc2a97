/** Finds what an expression stands for and adds the columns it needs to the plan. */
import { arithmetic } from './arithmetic.ts';
import { checkCall, outputValue } from './check-call.ts';
import { checkElsewhere } from './check-elsewhere.ts';
import { checkList } from './check-list.ts';
import { checkName } from './check-name.ts';
import type { Constant } from './constant.ts';
import { nearestName } from './nearest-name.ts';
import { textOf, type Scope } from './scope.ts';
import type { BinaryOperator, CompareOperator, Expression, ExpressionOf as Of } from './syntax.ts';
import { describeValue, numberValue, operandOf, unknown, type Value } from './value.ts';

/** Far more bars back than any rule looks. */
const furthestHistory = 100_000;
const largestNumber = 1e15;
/** Names in names, functions in functions: far more than any rule needs, few for a stack. */
export const deepestUnfolding = 40;
const mostUnfolded = 50_000;
/** Expressions in expressions, through functions too; shallow enough for every browser's stack. */
const deepestExpression = 400;

export function checkExpression(scope: Scope, expression: Expression): Value {
  const { unfolded } = scope;
  unfolded.count++;
  if (unfolded.count >= mostUnfolded || unfolded.depth >= deepestExpression) {
    if (unfolded.count === mostUnfolded || unfolded.depth >= deepestExpression) {
      const reason = 'The functions and lists of these rules unfold to more than can be computed.';
      scope.report.error(expression, reason, 'Use fewer of them inside one another.');
    }
    return unknown;
  }
  unfolded.depth++;
  const value = checkKind(scope, expression);
  unfolded.depth--;
  return value;
}

function checkKind(scope: Scope, expression: Expression): Value {
  switch (expression.kind) {
    case 'number':
      return checkNumber(scope, expression);
    case 'name':
      return checkName(scope, expression);
    case 'call':
      return checkCall(scope, expression);
    case 'member':
      return checkMember(scope, expression);
    case 'history':
      return checkHistory(scope, expression);
    case 'percent':
      return checkPercent(scope, expression);
    case 'negative': {
      const of = checkPlain(scope, expression.of, 'A minus sign needs a number or a series');
      return of === unknown ? unknown : arithmetic(scope, expression, '-', numberValue(0), of);
    }
    case 'not': {
      const of = checkCondition(scope, expression.of, 'not');
      return of === null ? unknown : condition(scope.plan.add({ op: 'not', of }));
    }
    case 'binary':
      return checkBinary(scope, expression);
    case 'text':
      return { type: 'text', text: expression.value };
    case 'list':
    case 'each':
      return checkList(scope, expression);
    case 'elsewhere':
      return checkElsewhere(scope, expression);
  }
}

function condition(column: number): Value {
  return { type: 'condition', column };
}

function checkNumber(scope: Scope, expression: Of<'number'>): Value {
  if (expression.value <= largestNumber) return numberValue(expression.value);
  scope.report.error(expression, `A number may be at most ${largestNumber}.`);
  return unknown;
}

function checkMember(scope: Scope, expression: Of<'member'>): Value {
  const of = checkExpression(scope, expression.of);
  if (of.type === 'unknown') return of;
  if (of.type !== 'outputs') {
    const reason = `Only functions with several outputs have parts; this is ${describeValue(of)}.`;
    scope.report.error(expression.nameSpan, reason, 'For example: macd(close).signal.');
    return unknown;
  }
  const index = of.made.outputs.indexOf(expression.name.toLowerCase());
  if (index < 0) {
    scope.report.error(
      expression.nameSpan,
      `${of.made.name} has no part called ${expression.name}; it has ${of.made.outputs.join(', ')}.`,
      nearestName(expression.name, of.made.outputs) ?? '',
    );
    return unknown;
  }
  return outputValue(scope, of, index);
}

function checkHistory(scope: Scope, expression: Of<'history'>): Value {
  const of = checkExpression(scope, expression.of);
  const barsAgo = checkExpression(scope, expression.barsAgo);
  if (of.type === 'outputs') {
    reportOutputs(scope, expression.of, of);
    return unknown;
  }
  if (of.type === 'unknown' || barsAgo.type === 'unknown') return unknown;
  if (of.type === 'number') {
    scope.report.error(expression.of, 'A number has no history.', 'For example: close[1].');
    return unknown;
  }
  if (of.type === 'text' || of.type === 'list') {
    const reason = `Only a series or a condition has history; this is ${describeValue(of)}.`;
    scope.report.error(expression.of, reason, 'For example: close[1].');
    return unknown;
  }
  if (barsAgo.type !== 'number') {
    const reason = 'The bars to look back must be a number that does not change from bar to bar.';
    scope.report.error(expression.barsAgo, reason, 'For example: close[1].');
    return unknown;
  }
  requireCount(scope, barsAgo.constant, expression.barsAgo);
  const column = scope.plan.add({ op: 'history', of: of.column, barsAgo: barsAgo.constant });
  return { ...of, column };
}

function requireCount(scope: Scope, constant: Constant, at: Expression): void {
  if (constant.kind === 'input') scope.wholeInputs.add(constant.name);
  const subject = 'The number of bars to look back';
  const { from, to } = at;
  scope.requirements.push({
    constant,
    min: 0,
    max: furthestHistory,
    whole: true,
    subject,
    suggestion: 'close[1] is the bar before; bars to come are not known.',
    from,
    to,
  });
}

function checkPercent(scope: Scope, expression: Of<'percent'>): Value {
  const of = checkPlain(scope, expression.of, 'A percentage is made of a number');
  return of === unknown ? unknown : arithmetic(scope, expression, '/', of, numberValue(100));
}

function checkBinary(scope: Scope, expression: Of<'binary'>): Value {
  const { operator } = expression;
  if (operator === 'and' || operator === 'or') {
    const left = checkCondition(scope, expression.left, operator);
    const right = checkCondition(scope, expression.right, operator);
    if (left === null || right === null) return unknown;
    return condition(scope.plan.add({ op: operator, left, right }));
  }
  if (operator === 'of' && expression.left.kind === 'number') {
    const reason = 'What stands before of is a percentage.';
    scope.report.error(expression.left, reason, `${textOf(scope, expression.left)}%`);
    return unknown;
  }
  const what = isComparison(operator) ? `${operator} compares` : `${operator} is for`;
  const left = checkPlain(scope, expression.left, `${what} numbers and series`, operator);
  const right = checkPlain(scope, expression.right, `${what} numbers and series`, operator);
  if (left === unknown || right === unknown) return unknown;
  if (operator === 'of' && left.type !== 'number') {
    const reason = 'What stands before of is a percentage; this is a series.';
    scope.report.error(expression.left, reason, 'For example: 5% of close.');
    return unknown;
  }
  if (isComparison(operator)) {
    const sides = { left: operandOf(left)!, right: operandOf(right)! };
    return condition(scope.plan.add({ op: 'compare', operator, ...sides }));
  }
  if (operator === '/' && right.type === 'number')
    requireDivisor(scope, right.constant, expression.right);
  return arithmetic(scope, expression, operator === 'of' ? '*' : operator, left, right);
}

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

function isComparison(operator: BinaryOperator): operator is CompareOperator {
  return comparisons.has(operator);
}

function requireDivisor(scope: Scope, constant: Constant, at: Expression): void {
  scope.requirements.push({
    constant,
    min: -Infinity,
    max: Infinity,
    whole: false,
    notZero: true,
    subject: 'A divisor',
    from: at.from,
    to: at.to,
  });
}

/** A number or a series; anything else is reported and becomes unknown. */
export function checkPlain(
  scope: Scope,
  expression: Expression,
  rule: string,
  operator?: BinaryOperator,
): Value {
  const value = checkExpression(scope, expression);
  if (value.type === 'number' || value.type === 'series') return value;
  if (value.type === 'outputs') reportOutputs(scope, expression, value);
  if (value.type === 'text' || value.type === 'list') {
    scope.report.error(expression, `${rule}; this is ${describeValue(value)}.`);
  }
  if (value.type === 'condition') {
    const chained = operator !== undefined && isComparison(operator);
    scope.report.error(
      expression,
      `${rule}; this is a condition.`,
      chained ? 'Join two comparisons with and: 30 < x and x < 70.' : '',
    );
  }
  return unknown;
}

/** The column of a condition; anything else is reported and becomes null. */
export function checkCondition(scope: Scope, expression: Expression, word: string): number | null {
  const value = checkExpression(scope, expression);
  if (value.type === 'condition') return value.column;
  if (value.type === 'outputs') reportOutputs(scope, expression, value);
  else if (value.type !== 'unknown') {
    const reason = `After ${word} comes a condition; this is ${describeValue(value)}.`;
    scope.report.error(
      expression,
      word === 'and' || word === 'or'
        ? `${word} joins conditions; this is ${describeValue(value)}.`
        : reason,
      'Compare it with something: close > open.',
    );
  }
  return null;
}

/** Says that one output of several must be chosen, and proposes the first. */
export function reportOutputs(
  scope: Scope,
  expression: Expression,
  value: Extract<Value, { type: 'outputs' }>,
): void {
  const { made } = value;
  scope.report.error(
    expression,
    `${made.name} gives ${made.outputs.join(', ')}: choose one with a dot.`,
    `${textOf(scope, expression)}.${made.outputs[0]!}`,
  );
}
