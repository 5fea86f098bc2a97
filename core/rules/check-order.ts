/** Checks entries that wait for a price, and what is done with a position once it is open. */
import { checkPlain } from './check-expression.ts';
import { checkReach } from './check-reach.ts';
import type { Constant } from './constant.ts';
import type { Draft } from './draft.ts';
import type { EntryOrderRule } from './order-rules.ts';
import type { Operand } from './plan.ts';
import { textOf, type Scope } from './scope.ts';
import type { Expression, Span, Statement, WaitingOrder } from './syntax.ts';
import { operandOf } from './value.ts';

const nextBarAlone: Constant = { kind: 'number', value: 1 };
const mostBars = 1_000_000;
const mostPositions = 1000;
const mostParts = 20;

/** The order of an entry; null where it is wrong, which is reported. */
export function checkEntryOrder(scope: Scope, order: WaitingOrder | null): EntryOrderRule | null {
  if (!order) return { kind: 'market' };
  const price = checkPrice(scope, order.price);
  const limit = order.limit && checkPrice(scope, order.limit);
  const bars = order.bars ? checkWhole(scope, order.bars, 'bars to wait', mostBars) : nextBarAlone;
  if (!price || !bars) return null;
  if (order.kind !== 'stopLimit') return { kind: order.kind, price, bars };
  return limit && { kind: 'stopLimit', price, limit, bars };
}

function checkPrice(scope: Scope, expression: Expression): Operand | null {
  const value = checkPlain(scope, expression, 'An order waits for a price');
  if (value.type === 'number') {
    const { from, to } = expression;
    const subject = 'The price of an order';
    const { constant } = value;
    scope.requirements.push({ constant, min: 0, max: Infinity, whole: false, subject, from, to });
  }
  return operandOf(value);
}

/** A whole number from 1 up. */
export function checkWhole(
  scope: Scope,
  expression: Expression,
  what: string,
  max: number,
): Constant | null {
  const value = checkPlain(scope, expression, `The number of ${what} is a number`);
  if (value.type === 'series') {
    const reason = `The number of ${what} must not change from bar to bar.`;
    scope.report.error(expression, reason);
  }
  if (value.type !== 'number') return null;
  const { constant } = value;
  if (constant.kind === 'input') scope.wholeInputs.add(constant.name);
  const { from, to } = expression;
  const subject = `The number of ${what}`;
  scope.requirements.push({ constant, min: 1, max, whole: true, subject, from, to });
  return constant;
}

type Kind = 'exitAfter' | 'trail' | 'breakeven' | 'take' | 'positions' | 'cancel';
type OrderStatement = Extract<Statement, { kind: Kind }>;

export function gatherOrder(scope: Scope, draft: Draft, statement: OrderStatement): void {
  const { orders } = draft;
  switch (statement.kind) {
    case 'exitAfter': {
      if (statement.side) {
        const reason = 'A position of either side closes after the same number of bars.';
        const bars = textOf(scope, statement.bars);
        scope.report.error(statement, reason, `exit after ${bars} bars`);
        return;
      }
      if (isTaken(scope, orders.exitAfterBars !== null, statement, 'exit after')) return;
      orders.exitAfterBars = checkWhole(scope, statement.bars, 'bars to hold', mostBars);
      return;
    }
    case 'trail': {
      if (isTaken(scope, orders.trailing !== null, statement, 'trail')) return;
      const distance = checkReach(scope, draft, statement.distance);
      const activation = statement.after && checkReach(scope, draft, statement.after);
      const lock = statement.lock && checkReach(scope, draft, statement.lock);
      if (distance) orders.trailing = { distance, activation, lock };
      return;
    }
    case 'breakeven': {
      if (isTaken(scope, orders.breakEven !== null, statement, 'breakeven')) return;
      const activation = checkReach(scope, draft, statement.after);
      const lock = statement.lock && checkReach(scope, draft, statement.lock);
      if (activation) orders.breakEven = { activation, lock };
      return;
    }
    case 'take': {
      if (orders.partials.length >= mostParts) {
        const reason = `A position is closed in at most ${mostParts} parts.`;
        scope.report.error(statement, reason, 'Take this line away.');
        return;
      }
      const fraction = checkPart(scope, statement.part, 'The part taken');
      const at = checkReach(scope, draft, statement.at);
      if (fraction && at) orders.partials.push({ fraction, at });
      checkSum(scope, draft, statement);
      return;
    }
    case 'positions':
      if (isTaken(scope, orders.maxPositions !== null, statement, 'positions')) return;
      orders.maxPositions = checkWhole(scope, statement.count, 'positions', mostPositions);
      return;
    case 'cancel':
      if (isTaken(scope, orders.cancelAt !== null, statement, 'one cancels other')) return;
      orders.cancelAt = statement;
  }
}

function isTaken(scope: Scope, taken: boolean, at: Span, name: string): boolean {
  if (taken) scope.report.error(at, `There is a line of ${name} already.`, 'Keep one.');
  return taken;
}

/** A percentage above 0 and up to 100 %, the same on every bar. */
export function checkPart(scope: Scope, expression: Expression, subject: string): Constant | null {
  if (expression.kind === 'number') {
    const reason = `${subject} is a percentage.`;
    scope.report.error(expression, reason, `${textOf(scope, expression)}%`);
    return null;
  }
  const value = checkPlain(scope, expression, `${subject} is a percentage`);
  if (value.type === 'series') {
    scope.report.error(expression, `${subject} must not change from bar to bar.`);
  }
  if (value.type !== 'number') return null;
  const { constant } = value;
  const { from, to } = expression;
  const limits = { min: Number.MIN_VALUE, max: 1, percent: true as const, whole: false };
  scope.requirements.push({ constant, ...limits, subject, from, to });
  return constant;
}

/** All parts together are at most the whole position. */
function checkSum(scope: Scope, { orders }: Draft, at: Span): void {
  const [first, ...others] = orders.partials.map((one) => one.fraction);
  if (!first || others.length === 0) return;
  const constant = others.reduce(
    (left, right): Constant => ({ kind: 'arithmetic', operator: '+', left, right }),
    first,
  );
  const limits = { min: 0, max: 1 + 1e-12, percent: true as const, whole: false };
  const subject = 'The sum of the parts taken';
  scope.requirements.push({ constant, ...limits, subject, from: at.from, to: at.to });
}
