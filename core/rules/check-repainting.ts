/** Keeps indicators that change what they have shown out of the rules: they may only be drawn. */
import { orderingOf, type Draft } from './draft.ts';
import { levelColumns } from './levels.ts';
import { orderColumns } from './order-rules.ts';
import { nodeSources, type PlanNode } from './plan.ts';
import type { Scope } from './scope.ts';

/**
 * An error where a rule is made from a repainting indicator: on past bars it knows what came
 * later, so that a backtest would trade on the future. A warning where it is only drawn.
 */
export function checkRepainting(scope: Scope, draft: Draft): void {
  if (scope.repainting.length === 0) return;
  const used = reachable(scope.plan.nodes(), ruleColumns(draft));
  for (const { column, made, at } of scope.repainting) {
    if (used.has(column)) {
      const reason = `${made.name} repaints: later bars change its past, so no rule may use it.`;
      scope.report.error(at, reason, `Draw it with a line of its own: ${made.example}.`);
    } else {
      const reason = `${made.name} repaints: what it shows of the past was not known then.`;
      scope.report.warning(at, reason);
    }
  }
}

function ruleColumns(draft: Draft): readonly number[] {
  const { entries, exits, levels } = draft;
  const conditions = [...entries, ...exits].map((rule) => rule.condition);
  const prices = levels.flatMap(({ level }) => levelColumns({ long: level, short: null }));
  return [...conditions, ...prices, ...orderColumns(orderingOf(draft))];
}

/** Columns that those in `from` are made from, and themselves. */
function reachable(plan: readonly PlanNode[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  for (let index = plan.length - 1; index >= 0; index--) {
    if (found.has(index)) for (const source of nodeSources(plan[index]!)) found.add(source);
  }
  return found;
}
