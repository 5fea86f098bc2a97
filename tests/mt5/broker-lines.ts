/** What a broker knows, as the lines of fields that `mql5-broker.hpp` reads, and trades as it says them. */
import type {
  BrokerAccount,
  Deal,
  OrderKind,
  Position,
  Side,
  WorkingOrder,
} from '#core/broker/book.ts';
import type { Filling, Instrument } from '#core/broker/instrument.ts';
import type { FoundOrder } from '#core/broker/messages.ts';
import type { EndedOrder } from '#sync/terminals/paper/paper-book.ts';
import type { TerminalTrade, TradeType } from '#sync/terminals/paper/terminal-trade.ts';

type Field = string | number | boolean | null;

const line = (fields: readonly Field[]): string =>
  fields.map((field) => (typeof field === 'boolean' ? Number(field) : (field ?? 0))).join('\t');

const kinds: readonly OrderKind[] = ['market', 'limit', 'stop', 'stop-limit'];
const typeOf = (side: Side, kind: OrderKind): number =>
  2 * kinds.indexOf(kind) + (side === 'buy' ? 0 : 1);
const tradeTypes: readonly TradeType[] = [
  'buy',
  'sell',
  'buy-limit',
  'sell-limit',
  'buy-stop',
  'sell-stop',
  'buy-stop-limit',
  'sell-stop-limit',
];
const fillings: readonly Filling[] = ['fok', 'ioc', 'return'];
const orderStates = [
  '',
  'working',
  'canceled',
  'partial',
  'filled',
  'rejected',
  'expired',
] as const;
const tradeModes = ['disabled', 'long-only', 'short-only', 'close-only', 'full'] as const;
const dealKinds = ['buy', 'sell', 'balance', 'credit', 'charge', 'other'] as const;
const dealEntries = ['in', 'out', 'inout', 'out-by'] as const;
const dealReasons = ['client', '', '', 'program', 'sl', 'tp', 'stop-out', 'other'] as const;
const actions: Readonly<Record<string, TerminalTrade['action']>> = {
  1: 'deal',
  5: 'pending',
  6: 'sltp',
  7: 'modify',
  8: 'remove',
  10: 'close-by',
};
const mayEndAnyTime = 7;
const marketExecution = 2;
const instantExecution = 1;

export function accountLine(account: BrokerAccount): string {
  const { login, brokerServer, currency, leverage, mode, isDemo, isTradeAllowed } = account;
  const { balance, equity, margin, freeMargin } = account;
  const numbers = [mode === 'hedging' ? 2 : 0, isDemo ? 0 : 2, isTradeAllowed, isTradeAllowed];
  const money = [balance, equity, margin, freeMargin];
  return line(['a', login, brokerServer, currency, leverage, ...numbers, ...money]);
}

export interface ShownQuote {
  readonly bid: number;
  readonly ask: number;
  readonly serverMs: number;
}

export function symbolLine(given: Instrument, quote: ShownQuote | null): string {
  const flags = (given.fillings.includes('fok') ? 1 : 0) + (given.fillings.includes('ioc') ? 2 : 0);
  const returns = given.fillings.includes('return');
  return line([
    's',
    given.symbol,
    given.description,
    given.digits,
    given.pointSize,
    given.tickSize,
    given.tickValue,
    given.contractSize,
    given.volumeMinLots,
    given.volumeMaxLots,
    given.volumeStepLots,
    given.stopsLevelPoints,
    given.freezeLevelPoints,
    given.marginPerLot,
    given.swapLongPoints,
    given.swapShortPoints,
    tradeModes.indexOf(given.tradeMode),
    flags,
    returns ? instantExecution : marketExecution,
    mayEndAnyTime,
    quote?.bid ?? 0,
    quote?.ask ?? 0,
    quote?.serverMs ?? 0,
  ]);
}

export function positionLine(held: Position): string {
  const head = ['p', held.ticket, held.position, held.symbol, held.side === 'buy' ? 0 : 1];
  const levels = [held.volumeLots, held.openPrice, held.openedServerMs, held.sl, held.tp];
  return line([...head, ...levels, held.swap, held.profit, held.magic, held.comment]);
}

export function workingLine(order: WorkingOrder, found: FoundOrder | null): string {
  const filled = found?.order === order.order ? found.filledLots : 0;
  const asked = Number((order.volumeLots + filled).toFixed(8));
  const head = ['o', order.order, order.symbol, typeOf(order.side, order.kind)];
  const volumes = [asked, order.volumeLots];
  const levels = [order.price, order.limitPrice, order.sl, order.tp];
  const until = Math.floor((order.lastsUntilServerMs ?? 0) / 1_000);
  const rest = [until, order.placedServerMs, order.magic, order.comment];
  const state = orderStates.indexOf(filled > 0 ? 'partial' : 'working');
  return line([...head, ...volumes, ...levels, ...rest, state, found?.position ?? 0, 3, 2]);
}

/** As `ENUM_ORDER_REASON` counts them. */
const orderReasons = { client: 0, program: 3, sl: 4, tp: 5, 'stop-out': 6, other: 3 } as const;

export function endedLine(order: EndedOrder): string {
  const head = ['o', order.order, order.symbol, typeOf(order.side, order.kind)];
  const left = Number((order.volumeLots - order.filledLots).toFixed(8));
  const levels = [order.averagePrice, 0, 0, 0];
  const rest = [0, order.placedServerMs, order.magic, order.comment];
  const reason = orderReasons[order.reason];
  const ends = [orderStates.indexOf(order.state), order.position ?? 0, reason, 2];
  return line([...head, order.volumeLots, left, ...levels, ...rest, ...ends]);
}

export function dealLine(deal: Deal): string {
  const head = ['d', deal.deal, deal.order || 0, deal.position || 0, deal.symbol];
  const kind = dealKinds.indexOf(deal.kind);
  const entry = deal.entry === null ? 0 : dealEntries.indexOf(deal.entry);
  const money = [deal.volumeLots, deal.price, deal.commission, 0, deal.swap, deal.profit];
  const rest = [deal.magic, deal.comment, deal.serverMs, dealReasons.indexOf(deal.reason)];
  return line([...head, kind === 5 ? 99 : kind, entry, ...money, ...rest]);
}

/** The fields after `trade`, in the order in which `OrderSend` writes them. */
export function tradeOf(fields: readonly string[]): TerminalTrade {
  const text = (k: number) => fields[k] ?? '';
  const number = (k: number) => Number(text(k));
  const ticket = (k: number) => (text(k) === '0' ? '' : text(k));
  return {
    action: actions[text(0)] ?? 'deal',
    type: tradeTypes[number(1)] ?? 'buy',
    filling: fillings[number(2)] ?? 'return',
    expirationServerMs: number(4) * 1_000,
    magic: text(5),
    order: ticket(6),
    position: ticket(7),
    positionBy: ticket(8),
    deviationPoints: number(9),
    volumeLots: number(10),
    price: number(11),
    limitPrice: number(12),
    sl: number(13),
    tp: number(14),
    symbol: text(15),
    comment: text(16),
  };
}
