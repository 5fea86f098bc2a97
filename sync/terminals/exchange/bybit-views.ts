/** Bybit's instruments, orders, positions and wallet in this product's words. */
import type { BrokerAccount, OrderKind, Position, WorkingOrder } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { FoundOrder } from '#core/broker/messages.ts';
import type { z } from 'zod';
import type { HeldPosition } from './trade-ledger.ts';
import type { instrumentPage, ShownOrder, ShownPosition, walletAnswer } from './bybit-shapes.ts';

/** Contracts are settled in this, and the account counts in it. */
export const settleCoin = 'USDT';
export const exchangeServer = 'bybit';

export const magicOfLink = (link: string | undefined): string =>
  link !== undefined && /^\d{1,20}$/.test(link) ? link : '0';

const levelOf = (value: number): number | null => (value === 0 ? null : value);

type ShownInstrument = z.infer<typeof instrumentPage>['list'][number];

export const isOffered = (shown: ShownInstrument): boolean =>
  shown.contractType === 'LinearPerpetual' && shown.settleCoin === settleCoin;

/**
 * A lot is one coin. `ask` is of the margin, which is taken to be all that the coin is worth:
 * leverage is set a symbol at the exchange, and limits are to hold whatever it is.
 */
export function instrumentOf(shown: ShownInstrument, ask: number): Instrument {
  const { tickSize } = shown.priceFilter;
  const { minOrderQty, maxOrderQty, maxMktOrderQty, qtyStep } = shown.lotSizeFilter;
  const most = maxMktOrderQty ? Math.min(maxOrderQty, maxMktOrderQty) : maxOrderQty;
  return {
    symbol: shown.symbol,
    description: `${shown.symbol} perpetual, settled in ${settleCoin}`,
    digits: digitsOf(tickSize),
    pointSize: tickSize,
    tickSize,
    tickValue: tickSize,
    contractSize: 1,
    volumeMinLots: minOrderQty,
    volumeMaxLots: most,
    volumeStepLots: qtyStep,
    stopsLevelPoints: 0,
    freezeLevelPoints: 0,
    marginPerLot: ask,
    swapLongPoints: 0,
    swapShortPoints: 0,
    tradeMode: shown.status === 'Trading' ? 'full' : 'disabled',
    fillings: ['ioc', 'return'],
  };
}

/** Decimals of a step such as 0.05 or 0.0001. */
function digitsOf(step: number): number {
  let digits = 0;
  while (digits < 16 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) {
    digits++;
  }
  return digits;
}

/** Null: a stop or target of a position, which is told with the position. */
export function orderOf(shown: ShownOrder): WorkingOrder | null {
  const kind = kindOf(shown);
  if (kind === null) return null;
  const isStopLimit = kind === 'stop-limit';
  const isStop = kind === 'stop' || isStopLimit;
  return {
    order: shown.orderId,
    symbol: shown.symbol,
    side: shown.side,
    kind,
    volumeLots: shown.leavesQty === 0 ? shown.qty : shown.leavesQty,
    price: isStop ? shown.triggerPrice : shown.price,
    limitPrice: isStopLimit ? shown.price : null,
    sl: levelOf(shown.stopLoss),
    tp: levelOf(shown.takeProfit),
    lastsUntilServerMs: null,
    placedServerMs: shown.createdTime,
    magic: magicOfLink(shown.orderLinkId),
    comment: '',
  };
}

function kindOf({ stopOrderType = '', orderType, triggerPrice }: ShownOrder): OrderKind | null {
  const isOwn = ['', 'UNKNOWN', 'Stop'].includes(stopOrderType);
  if (!isOwn) return null;
  if (triggerPrice > 0) return orderType === 'Market' ? 'stop' : 'stop-limit';
  return orderType === 'Market' ? 'market' : 'limit';
}

export function foundOf(shown: ShownOrder, position: string | null): FoundOrder | null {
  const state = stateOf(shown);
  return (
    state && {
      order: shown.orderId,
      state,
      position,
      filledLots: shown.cumExecQty,
      averagePrice: levelOf(shown.avgPrice),
    }
  );
}

/** Null where the exchange uses a word that is not known. */
function stateOf({ orderStatus, cumExecQty }: ShownOrder): FoundOrder['state'] | null {
  switch (orderStatus) {
    case 'New':
    case 'Untriggered':
    case 'Triggered':
      return 'working';
    case 'PartiallyFilled':
      return cumExecQty > 0 ? 'partial' : 'working';
    case 'Filled':
      return 'filled';
    case 'Rejected':
      return 'rejected';
    case 'Cancelled':
    case 'PartiallyFilledCanceled':
    case 'Deactivated':
      return 'canceled';
    default:
      return null;
  }
}

/** Lots, more than 0 for one that was bought. */
export const signedOf = ({ side, size }: ShownPosition): number => (side === 'Sell' ? -size : size);

export function positionOf(shown: ShownPosition, held: HeldPosition): Position {
  return {
    position: held.id,
    ticket: held.id,
    symbol: shown.symbol,
    side: shown.side === 'Sell' ? 'sell' : 'buy',
    volumeLots: shown.size,
    openPrice: shown.avgPrice,
    openedServerMs: held.openedMs,
    sl: levelOf(shown.stopLoss),
    tp: levelOf(shown.takeProfit),
    swap: 0,
    profit: shown.unrealisedPnl,
    magic: held.magic,
    comment: '',
  };
}

export function accountOf(
  wallet: z.infer<typeof walletAnswer>,
  { login, isTradeAllowed }: { readonly login: string; readonly isTradeAllowed: boolean },
): BrokerAccount {
  const coin = wallet.list[0]?.coin.find((each) => each.coin === settleCoin);
  const { equity = 0, walletBalance: balance = 0 } = coin ?? {};
  const margin = (coin?.totalPositionIM ?? 0) + (coin?.totalOrderIM ?? 0);
  return {
    login,
    brokerServer: exchangeServer,
    currency: settleCoin,
    leverage: 1,
    mode: 'netting',
    isDemo: false,
    isTradeAllowed,
    balance,
    equity,
    margin,
    freeMargin: Math.max(0, equity - margin),
  };
}
