/** What the paper broker shows of itself, in the shapes of `core/broker`. */
import type { BrokerAccount, Position, WorkingOrder } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import { sideOf, type PaperBook, type PaperOrder, type PaperPosition } from './paper-book.ts';
import {
  equityOf,
  floatingOf,
  fromMinor,
  heldSymbol,
  lotsOf,
  marginFor,
  marginOf,
  pointOf,
  rateOf,
  toMinor,
} from './paper-money.ts';
import type { PaperSymbol } from './paper-symbols.ts';

/** Its name says wherever it is shown that nothing of this is real. */
export const paperServer = 'Offing Paper (simulated)';

export function showAccount(book: PaperBook): BrokerAccount {
  const { login, terms, balanceMinor } = book;
  const equityMinor = toMinor(equityOf(book));
  const marginMinor = toMinor(marginOf(book));
  return {
    login,
    brokerServer: paperServer,
    currency: terms.currency,
    leverage: terms.leverage,
    mode: terms.mode,
    isDemo: true,
    isTradeAllowed: true,
    balance: fromMinor(balanceMinor),
    equity: fromMinor(equityMinor),
    margin: fromMinor(marginMinor),
    freeMargin: fromMinor(equityMinor - marginMinor),
  };
}

export function showInstrument(book: PaperBook, symbol: PaperSymbol): Instrument {
  const pointSize = pointOf(symbol);
  const quote = book.quotes[symbol.symbol];
  const rate = rateOf(book, symbol.profitCurrency);
  const lot = Math.round(1 / symbol.volumeStepLots);
  return {
    symbol: symbol.symbol,
    description: symbol.description,
    digits: symbol.digits,
    pointSize,
    tickSize: pointSize,
    tickValue: symbol.contractSize * pointSize * rate,
    contractSize: symbol.contractSize,
    volumeMinLots: symbol.volumeMinLots,
    volumeMaxLots: symbol.volumeMaxLots,
    volumeStepLots: symbol.volumeStepLots,
    stopsLevelPoints: symbol.stopsLevelPoints,
    freezeLevelPoints: symbol.freezeLevelPoints,
    marginPerLot: marginFor(book, symbol, { steps: lot, price: quote?.ask ?? symbol.firstPrice }),
    swapLongPoints: book.terms.hasSwap ? symbol.swapLongPoints : 0,
    swapShortPoints: book.terms.hasSwap ? symbol.swapShortPoints : 0,
    tradeMode: symbol.tradeMode,
    fillings: symbol.fillings,
  };
}

const orNone = (level: number): number | null => (level === 0 ? null : level);

export function showPosition(book: PaperBook, held: PaperPosition): Position {
  return {
    position: String(held.position),
    ticket: String(held.ticket),
    symbol: held.symbol,
    side: sideOf(held.side),
    volumeLots: lotsOf(heldSymbol(book, held.symbol), held.steps),
    openPrice: held.openPrice,
    openedServerMs: held.openedServerMs,
    sl: orNone(held.sl),
    tp: orNone(held.tp),
    swap: fromMinor(held.swapMinor),
    profit: fromMinor(toMinor(floatingOf(book, held))),
    magic: held.magic,
    comment: held.comment,
  };
}

export function showOrder(book: PaperBook, order: PaperOrder): WorkingOrder {
  return {
    order: String(order.order),
    symbol: order.symbol,
    side: sideOf(order.side),
    kind: order.kind,
    volumeLots: lotsOf(heldSymbol(book, order.symbol), order.steps),
    price: order.price,
    limitPrice: orNone(order.limitPrice),
    sl: orNone(order.sl),
    tp: orNone(order.tp),
    lastsUntilServerMs: orNone(order.expirationServerMs),
    placedServerMs: order.placedServerMs,
    magic: order.magic,
    comment: order.comment,
  };
}
