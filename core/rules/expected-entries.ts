/** The price that an entry on each bar is expected at, from which its stop and target are measured. */
import type { OrderPlan } from '../execution/order-plan.ts';
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
    const from =
      order.kind === 'market' ? close : order.kind === 'stopLimit' ? order.limit : order.price;
    const column = holds[rule]!;
    for (let i = 0; i < out.length; i++) if (column[i] === 1) out[i] = from[i]!;
  }
  return { long, short };
}
