/** What somebody does by hand at the terminal: nothing that the server asked for. */
import type { Chance } from '../simulation/chance.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import type { TerminalTrade } from '../../sync/terminals/paper/terminal-trade.ts';

const nothing: TerminalTrade = {
  ...{ action: 'deal', type: 'buy', symbol: 'EURUSD', volumeLots: 0.05, price: 0, limitPrice: 0 },
  ...{ sl: 0, tp: 0, deviationPoints: 50, filling: 'return', expirationServerMs: 0, magic: '0' },
  ...{ comment: '', position: '', positionBy: '', order: '' },
};

export function manualTrade(broker: PaperBroker, chance: Chance): void {
  const { bid, ask } = broker.quote('EURUSD') ?? { bid: 1, ask: 1 };
  const [held] = chance.some(broker.positions(), 1);
  const [order] = chance.some(broker.orders(), 1);
  switch (chance.of(['open', 'pending', 'close', 'close', 'part', 'levels', 'remove'] as const)) {
    case 'open':
      broker.trade({ ...nothing, price: ask });
      return;
    case 'pending':
      broker.trade({ ...nothing, action: 'pending', type: 'buy-limit', price: round(bid - 0.001) });
      return;
    case 'close':
    case 'part': {
      if (!held) return;
      const type = held.side === 'buy' ? 'sell' : 'buy';
      const { symbol, ticket: position } = held;
      const quote = broker.quote(symbol);
      const price = quote?.[type === 'buy' ? 'ask' : 'bid'] ?? 0;
      const volumeLots = chance.often(0.3) ? 0.01 : held.volumeLots;
      broker.trade({ ...nothing, type, symbol, price, position, volumeLots });
      return;
    }
    case 'levels': {
      if (!held) return;
      const { symbol, ticket: position, side } = held;
      const way = side === 'buy' ? 1 : -1;
      const sl = round(held.openPrice - way * 0.01);
      broker.trade({ ...nothing, action: 'sltp', symbol, position, sl });
      return;
    }
    case 'remove':
      if (order) broker.trade({ ...nothing, action: 'remove', order: order.order });
  }
}

const round = (price: number): number => Math.round(price * 100_000) / 100_000;
