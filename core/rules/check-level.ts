/** Checks a stop or a target: a part of the close, a distance from it, or a price. */
import { checkPlain } from './check-expression.ts';
import type { Level } from './program.ts';
import { textOf, type Scope } from './scope.ts';
import type { Expression, LevelStatement } from './syntax.ts';
import { operandOf } from './value.ts';

/** Of the close; a long stop a whole price away would stand at nothing. */
const widestStop = 0.9999;

export function checkLevel(scope: Scope, statement: LevelStatement): Level | null {
  const { kind, at, unit, value: expression } = statement;
  if (at && unit) {
    scope.report.error(
      statement,
      `After at comes a price, not a number of ${unit}.`,
      `${kind} ${textOf(scope, expression)} ${unit}`,
    );
    return null;
  }
  if (unit === 'r') {
    const reason = 'R is the distance of the stop itself.';
    scope.report.error(statement, reason, 'For example: stop 2 * atr(14).');
    return null;
  }
  const fraction = at || unit ? null : closeFraction(expression);
  const value = checkPlain(scope, fraction ?? expression, `A ${kind} is a distance or a price`);
  const operand = operandOf(value);
  if (!operand) return null;
  const subject = fraction ? `The ${kind}` : unit ? `The number of ${unit}` : `The ${kind}`;
  if (value.type === 'number') {
    scope.requirements.push({
      constant: value.constant,
      min: Number.MIN_VALUE,
      max: fraction && kind === 'stop' ? widestStop : Infinity,
      ...(fraction && { percent: true as const }),
      whole: false,
      subject,
      from: expression.from,
      to: expression.to,
    });
  }
  if (at) return { kind: 'price', price: operand };
  if (fraction || unit) {
    if (value.type === 'number') {
      return unit
        ? { kind: unit, count: value.constant }
        : { kind: 'fraction', fraction: value.constant };
    }
    const what = unit ? `The number of ${unit}` : 'The percentage';
    const reason = `${what} must not change from bar to bar.`;
    scope.report.error(expression, reason, `For a distance in price: ${kind} 2 * atr(14).`);
    return null;
  }
  return { kind: 'distance', distance: operand };
}

/** The part in `5% of close` and in a bare `5%`; null for anything else. */
export function closeFraction(expression: Expression): Expression | null {
  if (expression.kind === 'percent') return expression;
  if (expression.kind !== 'binary' || expression.operator !== 'of') return null;
  const { left, right } = expression;
  const close = right.kind === 'name' && right.name.toLowerCase() === 'close';
  return close && left.kind !== 'number' ? left : null;
}
