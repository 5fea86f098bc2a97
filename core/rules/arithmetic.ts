/** Numbers and series joined by a sign: numbers among themselves stay a number. */
import { constantSize, constantValue, type Constant, type ConstantOperator } from './constant.ts';
import type { Scope } from './scope.ts';
import type { Span } from './syntax.ts';
import { operandOf, unknown, type Pane, type Value } from './value.ts';

/** Signs between inputs that no series stands between; far more than anyone writes. */
const mostSigns = 200;

const noInputs = new Map<string, number>();

/** Both are numbers or series. */
export function arithmetic(
  scope: Scope,
  at: Span,
  operator: ConstantOperator,
  left: Value,
  right: Value,
): Value {
  if (left.type === 'number' && right.type === 'number') {
    const sides = { left: left.constant, right: right.constant };
    return boundedNumber(scope, at, folded({ kind: 'arithmetic', operator, ...sides }));
  }
  const sides = { left: operandOf(left)!, right: operandOf(right)! };
  const column = scope.plan.add({ op: 'arithmetic', operator, ...sides });
  return { type: 'series', column, pane: paneOf(operator, left, right) };
}

/** The number, unless it is made of more than can be computed. */
export function boundedNumber(scope: Scope, at: Span, constant: Constant): Value {
  if (constantSize(constant) <= mostSigns) return { type: 'number', constant };
  scope.report.error(at, 'This number is made of too many others.', 'Use fewer signs.');
  return unknown;
}

/** Literals are added up at once, for names of names of them would grow without end. */
function folded(constant: Extract<Constant, { kind: 'arithmetic' }>): Constant {
  if (constant.left.kind !== 'number' || constant.right.kind !== 'number') return constant;
  const value = constantValue(constant, noInputs);
  // What JSON cannot tell apart stays as it was written.
  return Number.isFinite(value) && !Object.is(value, -0) ? { kind: 'number', value } : constant;
}

/** A price plus a distance is a price; the distance between two prices is not. */
function paneOf(operator: ConstantOperator, left: Value, right: Value): Pane {
  const leftIsPrice = left.type === 'series' && left.pane === 'price';
  const rightIsPrice = right.type === 'series' && right.pane === 'price';
  if (operator === 'min' || operator === 'max')
    return leftIsPrice || rightIsPrice ? 'price' : 'own';
  if (leftIsPrice && rightIsPrice) return operator === '+' ? 'price' : 'own';
  if (operator === '/') return leftIsPrice ? 'price' : 'own';
  return leftIsPrice || rightIsPrice ? 'price' : 'own';
}
