/** Checks how large an entry is: a part of equity, lots, units, or what the stop may lose. */
import { checkPlain } from './check-expression.ts';
import type { SizePlan } from './program.ts';
import { textOf, type Scope } from './scope.ts';
import type { Expression, Statement } from './syntax.ts';

type SizeStatement = Extract<Statement, { kind: 'size' }>;

export function checkSize(scope: Scope, statement: SizeStatement): SizePlan | null {
  const { risk, unit } = statement;
  const fraction = unit ? null : equityFraction(statement.value);
  if (unit ? risk : !fraction) {
    scope.report.error(
      statement,
      risk ? 'A risk is a percentage of equity.' : 'A size says of what or how many.',
      unit || !isFinite(Number(textOf(scope, withoutEquity(statement.value))))
        ? 'For example: size risk 1%, size 100% of equity, size 2 lots.'
        : `size ${risk ? 'risk ' : ''}${textOf(scope, withoutEquity(statement.value))}%${risk ? '' : ' of equity'}`,
    );
    return null;
  }
  const expression = fraction ?? statement.value;
  const value = checkPlain(scope, expression, 'A size is a number');
  if (value.type === 'series') {
    scope.report.error(
      expression,
      'A size must not change from bar to bar.',
      'To let it follow the market, write size risk 1% with a stop.',
    );
  }
  if (value.type !== 'number') return null;
  scope.requirements.push({
    constant: value.constant,
    min: Number.MIN_VALUE,
    max: fraction ? 1 : Infinity,
    ...(fraction && { percent: true as const }),
    whole: false,
    subject: fraction ? 'The part of equity' : `The number of ${unit}`,
    from: expression.from,
    to: expression.to,
  });
  return { kind: unit ?? (risk ? 'risk' : 'equity'), amount: value.constant };
}

/** The part in `50% of equity` and in a bare `50%`; null for anything else. */
function equityFraction(expression: Expression): Expression | null {
  if (expression.kind === 'percent') return expression;
  if (expression.kind !== 'binary' || expression.operator !== 'of') return null;
  const { left, right } = expression;
  const equity = right.kind === 'name' && right.name.toLowerCase() === 'equity';
  return equity && left.kind !== 'number' ? left : null;
}

/** What stands before `of equity`, or all of it. */
function withoutEquity(expression: Expression): Expression {
  const whole = expression.kind === 'binary' && expression.operator === 'of';
  return whole ? expression.left : expression;
}
