/** A broker's account and a position of it, as tests of orders need them. */
import type { BrokerAccount } from '../../core/broker/book.ts';
import type { HeldPosition } from '../../sync/orders/order-store.ts';

export const someBroker: BrokerAccount = {
  ...{ login: '7', brokerServer: 'Fake-Demo', currency: 'USD', leverage: 100, mode: 'hedging' },
  ...{ isDemo: true, isTradeAllowed: true, balance: 10_000, equity: 10_000, margin: 0 },
  freeMargin: 10_000,
};

export const heldPosition = (change: Partial<HeldPosition> = {}): HeldPosition => ({
  ...{ position: '1', ticket: '1', symbol: 'EURUSD', side: 'buy', volumeLots: 0.1 },
  ...{ openPrice: 1.1, openedServerMs: 0, sl: null, tp: 1.2, swap: 0, profit: 0 },
  ...{ magic: '0', comment: '', intentId: null, missingSinceMs: null, misses: 0, closedLots: 0 },
  ...change,
});
