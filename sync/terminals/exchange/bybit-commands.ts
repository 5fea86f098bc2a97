/** A command of a server as a request of Bybit's, and its refusals as codes of MetaTrader's. */
import type { Position, WorkingOrder } from '#core/broker/book.ts';
import type { CloseCommand, Command, ModifyCommand, PlaceCommand } from '#core/broker/messages.ts';
import type { BrokerQuote } from '../connector.ts';
import type { Params } from './exchange-client.ts';

export interface CommandView {
  readonly positions: readonly Position[];
  readonly orders: readonly WorkingOrder[];
  quote(symbol: string): BrokerQuote | null;
}

/** What to ask, or the code of why nothing is to be asked. */
export type Wish =
  { readonly path: string; readonly params: Params } | { readonly retcode: number };

const invalid: Wish = { retcode: 10013 };
/** One position a symbol; on each of them stops are of all of it. */
const linear = { category: 'linear' } as const;
const oneWay = { ...linear, positionIdx: 0 } as const;

export function wishOf(command: Command, view: CommandView): Wish {
  switch (command.t) {
    case 'place':
      return placing(command, view);
    case 'close':
      return closing(command, view);
    case 'modify':
      return 'position' in command.target
        ? movingStops(command, command.target.position, view)
        : amending(command, command.target.order, view);
    case 'cancel': {
      const order = view.orders.find((each) => each.order === command.order);
      if (!order) return invalid;
      const params = { ...linear, symbol: order.symbol, orderId: order.order };
      return { path: 'v5/order/cancel', params };
    }
    case 'close-by':
      return invalid;
  }
}

function placing(command: PlaceCommand, view: CommandView): Wish {
  const { symbol, side, kind, volumeLots, sl, tp, magic } = command;
  // The exchange has no orders that last until a moment.
  if (command.lastsUntilMs !== null) return { retcode: 10022 };
  const base = {
    ...oneWay,
    symbol,
    side: side === 'buy' ? 'Buy' : 'Sell',
    qty: decimal(volumeLots),
    orderLinkId: magic,
    ...(sl !== null && { stopLoss: decimal(sl) }),
    ...(tp !== null && { takeProfit: decimal(tp) }),
  };
  const path = 'v5/order/create';
  if (kind === 'market') return { path, params: { ...base, ...atOnce(command.worstPrice) } };
  const { price, limitPrice } = command;
  if (price === null) return { retcode: 10015 };
  if (kind === 'limit') {
    const resting = { orderType: 'Limit', price: decimal(price), timeInForce: 'GTC' };
    return { path, params: { ...base, ...resting } };
  }
  const quote = view.quote(symbol);
  if (!quote) return { retcode: 10021 };
  const rises = price > (side === 'buy' ? quote.ask : quote.bid);
  const trigger = {
    triggerPrice: decimal(price),
    triggerDirection: rises ? 1 : 2,
    triggerBy: 'LastPrice',
  };
  if (kind === 'stop') return { path, params: { ...base, ...trigger, ...atOnce(null) } };
  if (limitPrice === null) return { retcode: 10015 };
  const then = { orderType: 'Limit', price: decimal(limitPrice), timeInForce: 'GTC' };
  return { path, params: { ...base, ...trigger, ...then } };
}

/** Nothing is had at a worse price, whatever moves meanwhile: the exchange sees to the bound. */
function atOnce(worstPrice: number | null) {
  return worstPrice === null
    ? { orderType: 'Market', timeInForce: 'IOC' }
    : { orderType: 'Limit', price: decimal(worstPrice), timeInForce: 'IOC' };
}

/** Only ever reduces: asked twice, or too late, it cannot open the other way. */
function closing(command: CloseCommand, { positions }: CommandView): Wish {
  const held = positions.find(({ position }) => position === command.position);
  if (!held) return { retcode: 10036 };
  const params = {
    ...oneWay,
    symbol: held.symbol,
    side: held.side === 'buy' ? 'Sell' : 'Buy',
    qty: decimal(Math.min(command.volumeLots, held.volumeLots)),
    reduceOnly: true,
    orderLinkId: command.magic,
    ...atOnce(command.worstPrice),
  };
  return { path: 'v5/order/create', params };
}

function movingStops({ sl, tp }: ModifyCommand, position: string, view: CommandView): Wish {
  const held = view.positions.find((each) => each.position === position);
  if (!held) return { retcode: 10036 };
  const levels = { stopLoss: decimal(sl ?? 0), takeProfit: decimal(tp ?? 0), tpslMode: 'Full' };
  const params = { ...oneWay, symbol: held.symbol, ...levels };
  return { path: 'v5/position/trading-stop', params };
}

function amending(command: ModifyCommand, ticket: string, view: CommandView): Wish {
  const order = view.orders.find((each) => each.order === ticket);
  if (!order) return invalid;
  if (command.lastsUntilMs !== null) return { retcode: 10022 };
  const price = command.price ?? order.price;
  const limitPrice = command.limitPrice ?? order.limitPrice;
  const params = {
    ...linear,
    symbol: order.symbol,
    orderId: ticket,
    stopLoss: decimal(command.sl ?? 0),
    takeProfit: decimal(command.tp ?? 0),
    ...(order.kind === 'limit' ? { price: decimal(price) } : { triggerPrice: decimal(price) }),
    ...(order.kind === 'stop-limit' && limitPrice !== null && { price: decimal(limitPrice) }),
  };
  return { path: 'v5/order/amend', params };
}

/** Without an exponent, which the exchange does not read. */
function decimal(value: number): string {
  return value.toFixed(10).replace(/\.?0+$/, '');
}

/** Refusals that surely left nothing done. */
const retcodes: ReadonlyMap<number, number> = new Map([
  // Out of its time window; too many requests.
  ...each(10024, [10002, 10006, 10018]),
  // The key: wrong, without the right, from another address, out of date.
  ...each(10027, [10003, 10004, 10005, 10009, 10010, 33004]),
  ...each(10013, [10001, 110001, 110008, 110010]),
  ...each(10014, [110094]),
  ...each(10015, [110003, 110092, 110093]),
  ...each(10019, [110004, 110006, 110007, 110012, 110045, 110052]),
  ...each(10025, [34040]),
  ...each(10033, [110009, 110020]),
  // Nothing is held that could be reduced.
  ...each(10036, [110017]),
]);

/** The id was used before: what became of that order is to be looked up. */
export const duplicateCode = 110072;

/** A code that is not known could mean anything: 10011, of which only looking tells more. */
export const retcodeOf = (code: number): number => retcodes.get(code) ?? 10011;

function each(to: number, codes: readonly number[]): readonly (readonly [number, number])[] {
  return codes.map((code) => [code, to] as const);
}
