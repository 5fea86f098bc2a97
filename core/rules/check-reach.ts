/** Checks how far from the fill something stands: in price, pips, points, percent or R. */
import { checkPlain } from './check-expression.ts';
import { closeFraction } from './check-level.ts';
import type { Draft } from './draft.ts';
import type { ReachRule } from './order-rules.ts';
import type { Scope } from './scope.ts';
import type { Reach } from './syntax.ts';
import { operandOf } from './value.ts';

export function checkReach(scope: Scope, draft: Draft, reach: Reach): ReachRule | null {
  const { unit, value: expression } = reach;
  if (unit === 'r') draft.needStop.push(reach);
  const fraction = unit ? null : closeFraction(expression);
  const value = checkPlain(scope, fraction ?? expression, 'A distance is a number or a series');
  const operand = operandOf(value);
  if (!operand) return null;
  if (value.type !== 'number') {
    if (!fraction && !unit) return { kind: 'distance', distance: operand };
    const what = fraction ? 'The percentage' : `The number of ${unit === 'r' ? 'R' : unit}`;
    const reason = `${what} must not change from bar to bar.`;
    scope.report.error(expression, reason, 'For a distance in price: 2 * atr(14).');
    return null;
  }
  const { constant } = value;
  scope.requirements.push({
    constant,
    min: Number.MIN_VALUE,
    max: Infinity,
    ...(fraction && { percent: true as const }),
    whole: false,
    subject: 'The distance',
    from: expression.from,
    to: expression.to,
  });
  if (unit === 'r') return { kind: 'r', multiple: constant };
  if (unit) return { kind: unit, count: constant };
  return fraction
    ? { kind: 'fraction', fraction: constant }
    : { kind: 'distance', distance: operand };
}
