/** Checks a size that follows the market's volatility or the trades made so far. */
import { checkPart, checkWhole } from './check-order.ts';
import { checkPlain } from './check-expression.ts';
import type { Constant } from './constant.ts';
import type { SizePlan } from './program.ts';
import { textOf, type Scope } from './scope.ts';
import type { VaryingSizeStatement } from './syntax.ts';

const usualBars = 20;
const usualTrips = 50;
/** Of equity, until there are trips enough to tell. */
const usualPart = 0.1;
const mostBars = 100_000;
const mostTrips = 100_000;
/** Far above any market's; a target that no market reaches is a misprint. */
const highestVolatility = 10;

export function checkVaryingSize(scope: Scope, statement: VaryingSizeStatement): SizePlan | null {
  const { by, window, otherwise } = statement;
  const wanted = by === 'kelly' ? 'trips' : 'bars';
  if (window && window.of !== wanted) {
    const reason = `A size by ${by} looks back over ${wanted}.`;
    scope.report.error(window, reason, `over ${textOf(scope, window.count)} ${wanted}`);
    return null;
  }
  if (otherwise && by === 'volatility') {
    const reason = 'A size by volatility needs no other: rules wait until it is known.';
    scope.report.error(otherwise, reason, 'Take else and what follows away.');
    return null;
  }
  return by === 'kelly' ? kelly(scope, statement) : volatility(scope, statement);
}

function kelly(scope: Scope, { part, window, otherwise }: VaryingSizeStatement): SizePlan | null {
  const share = checkPart(scope, part, 'The part of Kelly');
  const trips = window ? checkWhole(scope, window.count, 'trips', mostTrips) : number(usualTrips);
  const rest = otherwise ? checkPart(scope, otherwise, 'The part of equity') : number(usualPart);
  return share && trips && rest && { kind: 'kelly', part: share, trips, otherwise: rest };
}

function volatility(scope: Scope, { part, window }: VaryingSizeStatement): SizePlan | null {
  if (part.kind === 'number') {
    const reason = 'The volatility aimed at is a percentage of a year.';
    scope.report.error(part, reason, `${textOf(scope, part)}%`);
    return null;
  }
  const value = checkPlain(scope, part, 'The volatility aimed at is a percentage');
  if (value.type === 'series') {
    scope.report.error(part, 'The volatility aimed at must not change from bar to bar.');
  }
  const period = window ? checkWhole(scope, window.count, 'bars', mostBars) : number(usualBars);
  if (value.type !== 'number' || !period) return null;
  const at = { from: part.from, to: part.to };
  scope.requirements.push({
    constant: value.constant,
    min: Number.MIN_VALUE,
    max: highestVolatility,
    percent: true,
    whole: false,
    subject: 'The volatility aimed at',
    ...at,
  });
  if (window) {
    const subject = 'The number of bars';
    const { from, to } = window.count;
    const limits = { min: 2, max: mostBars, whole: true };
    scope.requirements.push({ constant: period, ...limits, subject, from, to });
  }
  const close = scope.plan.add({ op: 'field', field: 'close' });
  const of = scope.plan.add({
    op: 'indicator',
    name: 'historical_volatility',
    sources: [close],
    parameters: [period, number(1)],
  });
  const column = scope.plan.add({ op: 'output', of, index: 0 });
  return { kind: 'volatility', amount: value.constant, column };
}

function number(value: number): Constant {
  return { kind: 'number', value };
}
