/** The price that an entry on each bar is expected at, from which its stop and target are measured. */
import type { EntryOrder, OrderPlan } from '../execution/order-plan.ts';
import type { SideLevels } from '../execution/signals.ts';
import { prices, type Bars } from '../market/bars.ts';

/**
 * The close, or on bars where the first rule of the side that holds waits for a price, that
 * price; null where none ever waits.
 */
export function expectedEntries({ rules, holds }: OrderPlan, bars: Bars): SideLevels | null {
  if (rules.every(({ order }) => order.kind === 'market')) return null;
  const close = prices(bars.bid, 'close', bars.scale);
  const long = close.slice();
  const short = close.slice();
  for (let rule = rules.length - 1; rule >= 0; rule--) {
    const { side, order } = rules[rule]!;
    const out = side === 1 ? long : short;
    const from = waitingPrice(order) ?? close;
    const column = holds[rule]!;
    for (let i = 0; i < out.length; i++) if (column[i] === 1) out[i] = from[i]!;
  }
  return { long, short };
}

/** null = the order does not wait. */
function waitingPrice(order: EntryOrder): Float64Array | null {
  if (order.kind === 'market') return null;
  return order.kind === 'stopLimit' ? order.limit : order.price;
}

/**
 * The plan with levels for each rule that shares its side with others, as each may wait for
 * another price. `level` makes those of entries at the prices that it is given.
 */
export function withOwnLevels(
  plan: OrderPlan,
  bars: Bars,
  level: (kind: 'stop' | 'target', expected: SideLevels) => SideLevels | null,
): OrderPlan {
  const close = prices(bars.bid, 'close', bars.scale);
  const rules = plan.rules.map((rule) => {
    const { side, order } = rule;
    if (plan.rules.filter((other) => other.side === side).length === 1) return rule;
    const from = waitingPrice(order) ?? close;
    const column = side === 1 ? 'long' : 'short';
    const stop = level('stop', { long: from, short: from })?.[column];
    const target = level('target', { long: from, short: from })?.[column];
    return { ...rule, ...(stop && { stop }), ...(target && { target }) };
  });
  return { ...plan, rules };
}
