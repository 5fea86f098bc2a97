/** A command of a server as a request of MetaTrader's. */
import type { Position } from '#core/broker/book.ts';
import type { Filling } from '#core/broker/instrument.ts';
import type { Command, ModifyCommand, PlaceCommand } from '#core/broker/messages.ts';
import type { PaperBroker } from './paper-broker.ts';
import type { TerminalTrade, TradeType } from './terminal-trade.ts';

const nothing = {
  type: 'buy',
  symbol: '',
  volumeLots: 0,
  price: 0,
  limitPrice: 0,
  sl: 0,
  tp: 0,
  deviationPoints: 0,
  expirationServerMs: 0,
  comment: '',
  position: '',
  positionBy: '',
  order: '',
} as const;

/** Null where the position that it is about is gone. */
export function tradeOf(
  broker: PaperBroker,
  command: Command,
  offsetMs: number,
): TerminalTrade | null {
  const base = { ...nothing, filling: 'return' as Filling, magic: command.magic };
  switch (command.t) {
    case 'place':
      return { ...base, ...placing(broker, command, offsetMs) };
    case 'modify':
      return modifying(broker, command, { base, offsetMs });
    case 'cancel':
      return { ...base, action: 'remove', order: command.order };
    case 'close': {
      const held = heldBy(broker, command.position);
      if (!held) return null;
      const type = held.side === 'buy' ? 'sell' : 'buy';
      const { symbol, ticket } = held;
      const { deviationPoints, comment } = command;
      const volumeLots = Math.min(command.volumeLots, held.volumeLots);
      const price = priceNow(broker, symbol, type);
      const filling = fillingOf(broker, symbol);
      const closing = { type, symbol, volumeLots, price, deviationPoints, comment } as const;
      return { ...base, ...closing, action: 'deal', filling, position: ticket };
    }
    case 'close-by': {
      const held = heldBy(broker, command.position);
      const opposite = heldBy(broker, command.opposite);
      if (!held || !opposite) return null;
      const { symbol, ticket } = held;
      return { ...base, action: 'close-by', symbol, position: ticket, positionBy: opposite.ticket };
    }
  }
}

function placing(broker: PaperBroker, command: PlaceCommand, offsetMs: number) {
  const { symbol, side, kind, volumeLots, deviationPoints, comment, lastsUntilMs } = command;
  const isMarket = kind === 'market';
  const type: TradeType = isMarket ? side : `${side}-${kind}`;
  return {
    action: isMarket ? ('deal' as const) : ('pending' as const),
    type,
    symbol,
    volumeLots,
    price: isMarket ? priceNow(broker, symbol, side) : (command.price ?? 0),
    limitPrice: command.limitPrice ?? 0,
    sl: command.sl ?? 0,
    tp: command.tp ?? 0,
    deviationPoints,
    comment,
    filling: isMarket ? fillingOf(broker, symbol) : ('return' as const),
    expirationServerMs: lastsUntilMs === null ? 0 : lastsUntilMs + offsetMs,
  };
}

function modifying(
  broker: PaperBroker,
  command: ModifyCommand,
  { base, offsetMs }: { readonly base: Omit<TerminalTrade, 'action'>; readonly offsetMs: number },
): TerminalTrade | null {
  const { target, price, limitPrice, lastsUntilMs } = command;
  const levels = { sl: command.sl ?? 0, tp: command.tp ?? 0 };
  if ('position' in target) {
    const held = heldBy(broker, target.position);
    if (!held) return null;
    return { ...base, ...levels, action: 'sltp', symbol: held.symbol, position: held.ticket };
  }
  const order = broker.orders().find((each) => each.order === target.order);
  return {
    ...base,
    ...levels,
    action: 'modify',
    symbol: order?.symbol ?? '',
    order: target.order,
    // An order always has a price.
    price: price ?? order?.price ?? 0,
    limitPrice: limitPrice ?? order?.limitPrice ?? 0,
    expirationServerMs: lastsUntilMs === null ? 0 : lastsUntilMs + offsetMs,
  };
}

function heldBy(broker: PaperBroker, position: string): Position | undefined {
  return broker.positions().find((held) => held.position === position);
}

function priceNow(broker: PaperBroker, symbol: string, side: 'buy' | 'sell'): number {
  const quote = broker.quote(symbol);
  if (!quote) return 0;
  return side === 'buy' ? quote.ask : quote.bid;
}

/** What can be had at once, where the symbol lets it. */
function fillingOf(broker: PaperBroker, symbol: string): Filling {
  const fillings = broker.instruments().find((each) => each.symbol === symbol)?.fillings ?? [];
  return (['ioc', 'fok', 'return'] as const).find((each) => fillings.includes(each)) ?? 'ioc';
}
