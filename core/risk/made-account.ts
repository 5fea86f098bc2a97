/** An account, an instrument and a ticket made up for tests. */
import type { BrokerAccount, Position, WorkingOrder } from '../broker/book.ts';
import type { Instrument, Quote } from '../broker/instrument.ts';
import type { OrderTicket } from '../broker/request.ts';
import type { Opening } from './exposure.ts';
import { usualLimits } from './limits.ts';

/** A lot is 100,000 of it, a tick of one lot 1, its margin 1,000. */
export const madeInstrument: Instrument = {
  ...{ symbol: 'EURUSD', description: 'Euro against dollar', digits: 5 },
  ...{ pointSize: 0.00001, tickSize: 0.00001, tickValue: 1, contractSize: 100_000 },
  ...{ volumeMinLots: 0.01, volumeMaxLots: 100, volumeStepLots: 0.01 },
  ...{ stopsLevelPoints: 10, freezeLevelPoints: 5, marginPerLot: 1_000 },
  ...{ swapLongPoints: -8, swapShortPoints: 3, tradeMode: 'full', fillings: ['ioc'] },
};

/** 1.1 and 10 points above. */
export const madeQuote: Quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: 0 };

/** A buy of 0.1 lots whose stop loses 100 of 10,000, and whose target gains 200. */
export const madeTicket: OrderTicket = {
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots: 0.1, price: null },
  ...{ limitPrice: null, sl: 1.0901, tp: 1.1201, deviationPoints: 10, worstPrice: null },
  lastsUntilMs: null,
};

export const madeBroker: BrokerAccount = {
  ...{ login: '1', brokerServer: 'Demo', currency: 'USD', leverage: 100, mode: 'hedging' },
  ...{ isDemo: true, isTradeAllowed: true, balance: 10_000, equity: 10_000 },
  ...{ margin: 0, freeMargin: 10_000 },
};

export const madePosition: Position = {
  ...{ position: '7', ticket: '7', symbol: 'EURUSD', side: 'buy', volumeLots: 0.5 },
  ...{ openPrice: 1.1, openedServerMs: 0, sl: null, tp: null, swap: 0, profit: 0 },
  ...{ magic: '0', comment: '' },
};

export const madeOrder: WorkingOrder = {
  ...{ order: '5', symbol: 'EURUSD', side: 'buy', kind: 'limit', volumeLots: 0.5, price: 1.05 },
  ...{ limitPrice: null, sl: null, tp: null, lastsUntilServerMs: null, placedServerMs: 0 },
  ...{ magic: '0', comment: '' },
};

export function madeOpening(change: Partial<Opening> = {}): Opening {
  return {
    ...{ limits: usualLimits, broker: madeBroker, peakEquity: 10_000 },
    instruments: new Map([[madeInstrument.symbol, madeInstrument]]),
    ...{ positions: [], orders: [], intents: [] },
    ...{ instrument: madeInstrument, quote: madeQuote, ticket: madeTicket },
    ...change,
  };
}
