/**
 * Signals as a broker can have them: every level on the grid of the symbol's prices.
 *
 * A bot and the backtest that it is compared with read the same ones, so that half a point of a
 * stop at 5 % is no difference between them.
 */
import { snapped, type LevelGrid } from '../execution/level-grid.ts';
import type { EntryOrder, OrderPlan } from '../execution/order-plan.ts';
import type { SideLevels, Signals } from '../execution/signals.ts';

export function onGrid(signals: Signals, grid: LevelGrid): Signals {
  const column = (values: Float64Array) => values.map((value) => snapped(value, grid));
  const levels = (side: SideLevels | null) =>
    side && { long: column(side.long), short: column(side.short) };
  const { plan } = signals;
  return {
    ...signals,
    stop: levels(signals.stop),
    target: levels(signals.target),
    ...(plan && { plan: { ...plan, rules: plan.rules.map((rule) => ruleOnGrid(rule, column)) } }),
  };
}

type Rule = OrderPlan['rules'][number];
type Column = (values: Float64Array) => Float64Array;

function ruleOnGrid(rule: Rule, column: Column): Rule {
  return {
    ...rule,
    order: orderOnGrid(rule.order, column),
    ...(rule.stop && { stop: column(rule.stop) }),
    ...(rule.target && { target: column(rule.target) }),
  };
}

function orderOnGrid(order: EntryOrder, column: Column): EntryOrder {
  if (order.kind === 'market') return order;
  if (order.kind !== 'stopLimit') return { ...order, price: column(order.price) };
  return { ...order, price: column(order.price), limit: column(order.limit) };
}
