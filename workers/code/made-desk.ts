/** The plainest desk there is, for tests and benchmarks: market orders fill at the close, no costs. */
import type { OpenPosition, OrderDesk, OrderRequest, Trader } from '#core/execution/order-desk.ts';
import type { Bars } from '#core/market/bars.ts';

export interface MadeRun {
  /** Every order with the bar on which it was given. */
  readonly orders: readonly (OrderRequest & { readonly bar: number })[];
  readonly positions: readonly OpenPosition[];
  readonly cash: number;
}

/** Shows a trader each closed bar. Orders that wait for a price wait for ever. */
export function runMadeDesk(bars: Bars, trader: Trader, cash = 10_000): MadeRun {
  const orders: (OrderRequest & { readonly bar: number })[] = [];
  const working = new Map<number, OrderRequest>();
  let positions: readonly OpenPosition[] = [];
  let money = cash;
  let ids = 0;
  for (let bar = 0; bar < bars.length; bar++) {
    const close = bars.bid.close[bar]! / bars.scale;
    const profitOf = ({ side, units, entryPrice }: OpenPosition) =>
      side * units * (close - entryPrice);
    const desk: OrderDesk = {
      closedProfits: () => [],
      cash: money,
      equity: money + positions.reduce((sum, each) => sum + profitOf(each), 0),
      usedMargin: 0,
      positions: () => positions,
      workingOrders: () => [...working].map(([id, order]) => ({ ...order, id })),
      place(order) {
        if (!order.sizing && !(order.units > 0 && order.units < 1e9))
          return { refused: 'volume-invalid' };
        orders.push({ ...order, bar });
        const id = ++ids;
        const { market, side, stop = NaN, target = NaN } = order;
        const units = order.sizing ? 1 : order.units;
        const position = { id, market, side, units, entryBar: bar, entryPrice: close };
        if (order.kind === 'market') positions = [...positions, { ...position, stop, target }];
        else working.set(id, order);
        return { id };
      },
      cancel: (id) => void working.delete(id),
      move(id, levels) {
        positions = positions.map((each) => (each.id === id ? { ...each, ...levels } : each));
      },
      close(id, units = Infinity) {
        positions = positions.flatMap((each) => {
          if (each.id !== id) return [each];
          const closed = Math.min(units, each.units);
          money += (profitOf(each) * closed) / each.units;
          return closed < each.units ? [{ ...each, units: each.units - closed }] : [];
        });
      },
    };
    trader.onBar(0, bar, desk);
  }
  return { orders, positions, cash: money };
}
