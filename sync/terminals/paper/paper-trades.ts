/** All that can be asked of the paper broker, each action by its name in MetaTrader. */
import type { OrderKind } from '#core/broker/book.ts';
import { answer } from './paper-answers.ts';
import { nextTicket, tell, type PaperBook, type PaperPosition } from './paper-book.ts';
import {
  directionOf,
  isFrozen,
  isOrderFrozen,
  levelsFault,
  marketFault,
  numbersFault,
  pendingFault,
  volumeFault,
} from './paper-checks.ts';
import { tradeAtMarket } from './paper-deal-trades.ts';
import { fillClosing } from './paper-deals.ts';
import { countFault, sideFault } from './paper-limits.ts';
import { exitOf, findSymbol, heldSymbol, stepsOf } from './paper-money.ts';
import { addOrder, endOrder, makeOrder, noteFill } from './paper-orders.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import type { TerminalResult, TerminalTrade } from './terminal-trade.ts';

export function trade(book: PaperBook, request: TerminalTrade): TerminalResult {
  const numbers = numbersFault(request);
  if (numbers !== null) return answer(book, numbers, request.symbol);
  switch (request.action) {
    case 'deal':
    case 'pending': {
      const symbol = findSymbol(book, request.symbol);
      if (!symbol) return answer(book, 10013, request.symbol);
      return request.action === 'deal'
        ? tradeAtMarket(book, symbol, request)
        : placePending(book, symbol, request);
    }
    case 'sltp':
      return moveLevels(book, request);
    case 'modify':
      return modifyOrder(book, request);
    case 'remove':
      return removeOrder(book, request);
    case 'close-by':
      return closeBy(book, request);
  }
}

const pendingKinds: ReadonlyMap<string, OrderKind> = new Map([
  ['buy-limit', 'limit'],
  ['sell-limit', 'limit'],
  ['buy-stop', 'stop'],
  ['sell-stop', 'stop'],
  ['buy-stop-limit', 'stop-limit'],
  ['sell-stop-limit', 'stop-limit'],
]);

function placePending(
  book: PaperBook,
  symbol: PaperSymbol,
  request: TerminalTrade,
): TerminalResult {
  const refuse = (retcode: number) => answer(book, retcode, request.symbol);
  const kind = pendingKinds.get(request.type);
  if (kind === undefined) return refuse(10035);
  const side = directionOf(request.type);
  const steps = stepsOf(symbol, request.volumeLots) ?? 0;
  const { price, sl, tp, expirationServerMs, magic } = request;
  const limitPrice = kind === 'stop-limit' ? request.limitPrice : 0;
  const order = { symbol: symbol.symbol, side, kind, steps, price, limitPrice, sl, tp };
  const fault =
    volumeFault(symbol, request.volumeLots) ??
    sideFault(book, order) ??
    marketFault(book, symbol) ??
    pendingFault(book, symbol, { ...order, expirationServerMs }) ??
    countFault(book, order);
  if (fault !== null) return refuse(fault);
  if (book.orders.length >= book.terms.mostOrders) return refuse(10033);
  const comment = book.terms.comments === 'kept' ? request.comment : `offing ${symbol.symbol}`;
  const ticket = nextTicket(book);
  const rest = { expirationServerMs, magic, comment, closes: 0 };
  addOrder(book, makeOrder(book, { ...order, ...rest, order: ticket }));
  const { volumeLots } = request;
  return answer(book, 10009, symbol.symbol, { order: String(ticket), volumeLots, price });
}

function positionOf(book: PaperBook, ticket: string): PaperPosition | undefined {
  return book.positions.find((held) => String(held.ticket) === ticket);
}

function moveLevels(book: PaperBook, request: TerminalTrade): TerminalResult {
  const refuse = (retcode: number) => answer(book, retcode, request.symbol);
  const held =
    request.position === '' && book.terms.mode === 'netting'
      ? book.positions.find(({ symbol }) => symbol === request.symbol)
      : positionOf(book, request.position);
  if (!held) return refuse(10036);
  const { sl, tp } = request;
  if (sl === held.sl && tp === held.tp) return refuse(10025);
  const symbol = heldSymbol(book, held.symbol);
  const market = marketFault(book, symbol);
  if (market !== null) return refuse(market);
  if (isFrozen(book, symbol, held)) return refuse(10029);
  const from = exitOf(book.quotes[held.symbol]!, held.side);
  // Only a level that changes has to keep its distance.
  const moved = { sl: sl === held.sl ? 0 : sl, tp: tp === held.tp ? 0 : tp };
  const fault = levelsFault(symbol, moved, { side: held.side, from });
  if (fault !== null) return refuse(fault);
  held.sl = sl;
  held.tp = tp;
  tell(book, { kind: 'position', ticket: String(held.ticket), symbol: held.symbol });
  return answer(book, 10009, held.symbol);
}

function modifyOrder(book: PaperBook, request: TerminalTrade): TerminalResult {
  const refuse = (retcode: number) => answer(book, retcode, request.symbol);
  const order = book.orders.find((each) => String(each.order) === request.order);
  if (!order || order.kind === 'market') return refuse(10013);
  const symbol = heldSymbol(book, order.symbol);
  const { price, sl, tp, expirationServerMs } = request;
  const limitPrice = order.kind === 'stop-limit' ? request.limitPrice : 0;
  const wished = { price, limitPrice, sl, tp, expirationServerMs };
  const isSame = Object.entries(wished).every(
    ([name, value]) => order[name as keyof typeof wished] === value,
  );
  if (isSame) return refuse(10025);
  const market = marketFault(book, symbol);
  if (market !== null) return refuse(market);
  if (isOrderFrozen(book, symbol, order)) return refuse(10029);
  // Once its trigger was touched it is a limit order.
  const kind = order.isTriggered ? 'limit' : order.kind;
  const standsAt = order.isTriggered ? limitPrice : price;
  const fault = pendingFault(book, symbol, { ...order, ...wished, kind, price: standsAt });
  if (fault !== null) return refuse(fault);
  Object.assign(order, wished);
  tell(book, { kind: 'order-changed', ticket: String(order.order), symbol: order.symbol });
  return answer(book, 10009, order.symbol, { order: String(order.order), price });
}

function removeOrder(book: PaperBook, request: TerminalTrade): TerminalResult {
  const order = book.orders.find((each) => String(each.order) === request.order);
  if (!order) return answer(book, 10013, request.symbol);
  if (isOrderFrozen(book, heldSymbol(book, order.symbol), order)) {
    return answer(book, 10029, order.symbol);
  }
  endOrder(book, order, 'canceled');
  return answer(book, 10009, order.symbol, { order: String(order.order) });
}

/** Each of the two closes at the other's open price; one of the deals bears all of the profit. */
function closeBy(book: PaperBook, request: TerminalTrade): TerminalResult {
  const refuse = (retcode: number) => answer(book, retcode, request.symbol);
  if (book.terms.mode !== 'hedging') return refuse(10013);
  const first = positionOf(book, request.position);
  const second = positionOf(book, request.positionBy);
  if (!first || !second) return refuse(10036);
  if (first.symbol !== second.symbol || first.side === second.side) return refuse(10013);
  const symbol = heldSymbol(book, first.symbol);
  const market = marketFault(book, symbol);
  if (market !== null) return refuse(market);
  if ([first, second].some((held) => isFrozen(book, symbol, held))) return refuse(10029);
  const steps = Math.min(first.steps, second.steps);
  const comment = `close #${first.position} by #${second.position}`;
  const order = makeOrder(book, {
    order: nextTicket(book),
    symbol: first.symbol,
    side: second.side,
    kind: 'market',
    steps,
    price: second.openPrice,
    limitPrice: 0,
    sl: 0,
    tp: 0,
    expirationServerMs: 0,
    magic: request.magic,
    comment,
    closes: first.position,
  });
  const base = { order: order.order, steps, magic: request.magic, comment };
  const price = second.openPrice;
  const closing = { ...base, reason: 'program', entry: 'out-by' } as const;
  const { deal } = fillClosing(book, first, { ...closing, price });
  // At its own price: the profit of the pair is in the first deal.
  fillClosing(book, second, { ...closing, price });
  noteFill(order, { steps, price, position: first.position });
  endOrder(book, order, 'filled');
  const facts = { order: deal.order, deal: deal.deal, volumeLots: deal.volumeLots, price };
  return answer(book, 10009, first.symbol, facts);
}
