/** Which way through a bar is the worse one, as the reference broker's pessimistic walk asks. */
import type { PaperBroker } from './paper-broker.ts';

/**
 * Down first where a symbol is held long on balance, or not held and not only to be bought; see
 * `core/execution/broker/path.ts`.
 */
export function hurtsLow(broker: PaperBroker, symbol: string): boolean {
  let net = 0;
  for (const held of broker.positions()) {
    if (held.symbol === symbol) net += held.side === 'buy' ? held.volumeLots : -held.volumeLots;
  }
  if (Math.abs(net) > 1e-9) return net > 0;
  const orders = broker.orders().filter((order) => order.symbol === symbol);
  const buys = orders.some(({ side }) => side === 'buy');
  return !buys || orders.some(({ side }) => side === 'sell');
}
