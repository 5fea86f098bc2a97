/**
 * What a bot asks, as requests that the order path takes in. Ids follow from the bot, the bar and
 * the place in it, so that whoever asks again, after whatever death, asks the very same.
 */
import { childId } from '../broker/identity.ts';
import type { OrderTicket, TradeRequest } from '../broker/request.ts';
import { DAY_MS } from '../market/timeframe.ts';
import { stopAtEntry } from '../execution/broker/care-at-close.ts';
import { farEnough, snapped } from '../execution/level-grid.ts';
import { careOf } from './kept-care.ts';
import { closingPrice, fillPrice, takenAsk, type SizingQuote } from './size.ts';
import type { Ask, EntryAsk } from './asks.ts';
import { gridOf, type BotTerms } from './bot-terms.ts';

export interface Named {
  readonly id: string;
  readonly accountId: string;
}

/** `n` counts what is asked at the close of the bar, or is a word of its own. */
export function botRequestId(botId: string, barMs: number, n: number | string): string {
  return childId(botId, `bar ${barMs} ${n}`);
}

/** Points by which a market order may fill away from the price that was seen. */
const deviationPoints = 30;

export interface EntryFacts {
  readonly terms: BotTerms;
  readonly quote: SizingQuote;
  readonly lots: number;
  readonly nowMs: number;
  readonly barMs: number;
}

export function ticketOf(asked: EntryAsk, facts: EntryFacts): OrderTicket {
  const { terms, quote, lots } = facts;
  const ask = takenAsk(asked, terms, quote);
  const { kind, side, price, limitPrice } = ask;
  return {
    symbol: terms.symbol,
    side: side === 1 ? 'buy' : 'sell',
    kind: kind === 'stopLimit' ? 'stop-limit' : kind,
    volumeLots: lots,
    price: kind === 'market' ? null : price,
    limitPrice: kind === 'stopLimit' ? limitPrice : null,
    sl: stopPrice(ask, terms, quote),
    tp: targetPrice(ask, terms, quote),
    deviationPoints,
    worstPrice: null,
    lastsUntilMs: lastsUntilMs(ask, facts),
  };
}

/** Nearer than the rules say where the stop trails from the entry on. */
function stopPrice(ask: EntryAsk, terms: BotTerms, quote: SizingQuote): number | null {
  const { side, care } = ask;
  if (!care) return ask.stop;
  const begun = { side, price: fillPrice(ask, quote), stop: ask.stop ?? NaN };
  const resolved = careOf(care, terms.settings, { ...begun, units: 0 });
  const closing = closingPrice(ask, quote);
  const stop = stopAtEntry(resolved, { ...begun, closing, grid: gridOf(terms) });
  return Number.isNaN(stop) ? null : stop;
}

function targetPrice(ask: EntryAsk, terms: BotTerms, quote: SizingQuote): number | null {
  const { targetR, stop, side } = ask;
  if (targetR === null) return ask.target;
  if (stop === null) return null;
  const entry = fillPrice(ask, quote);
  const grid = gridOf(terms);
  const target = snapped(entry + side * targetR * Math.abs(entry - stop), grid);
  return farEnough(target, closingPrice(ask, quote), side === 1 ? -1 : 1, grid);
}

/** Far beyond the bars that it is for: the bot cancels it, and the broker where no bot is left. */
function lastsUntilMs({ kind, expiryBars }: EntryAsk, { nowMs, barMs }: EntryFacts): number | null {
  if (kind === 'market' || expiryBars === null) return null;
  const lifeMs = Math.min(expiryBars * barMs * 2 + 4 * DAY_MS, 365 * DAY_MS);
  return Math.ceil((nowMs + lifeMs) / 1_000) * 1_000;
}

/** Anything but an entry. */
export function requestOf(ask: Exclude<Ask, EntryAsk>, named: Named): TradeRequest {
  switch (ask.t) {
    case 'cancel':
      return { ...named, t: 'cancel', order: ask.order };
    case 'close':
      return { ...named, t: 'close', position: ask.position, volumeLots: ask.lots ?? null };
    case 'move': {
      const { position, stop, target } = ask;
      return { ...named, t: 'modify-position', position, sl: stop, tp: target };
    }
  }
}
