/** How price moves through a bar, from its first point to its close. */
import { fillWaitingTargets, jumpTo, moveTo } from './moves.ts';
import { askOf, bidOf, tickAsk, tickBid, type Quotes } from './quotes.ts';
import { isPending, type Broker, type MarketState } from './state.ts';

/** Sets the quotes to the first of the bar under way; nothing happens yet. */
export function quoteOpen(state: MarketState): void {
  const { bar, ticks, innerBars, quotes } = state;
  const tick = ticks ? ticks.firstOf[bar]! : 0;
  const inner = innerBars ? innerBars.firstOf[bar]! : 0;
  if (ticks && tick < ticks.firstOf[bar + 1]!) {
    state.bid = tickBid(ticks.quotes, tick);
    state.ask = tickAsk(ticks.quotes, tick);
  } else if (innerBars && inner < innerBars.firstOf[bar + 1]!) {
    quoteField(state, innerBars.quotes, { field: 'open', i: inner });
  } else {
    quoteField(state, quotes, { field: 'open', i: bar });
  }
}

/** Sets the quotes to the close of a bar. */
export function quoteClose(state: MarketState, bar: number): void {
  quoteField(state, state.quotes, { field: 'close', i: bar });
}

function quoteField(
  state: MarketState,
  quotes: Quotes,
  { field, i }: { readonly field: 'open' | 'close'; readonly i: number },
): void {
  state.bid = bidOf(quotes, field, i);
  state.ask = askOf(quotes, field, i);
}

/** What the jump to the first quote brings about, once the orders of the open have filled. */
export function meetOpen(broker: Broker, state: MarketState): void {
  const { bid, ask } = state;
  jumpTo(broker, state, { bid, ask, targetsWait: targetsWait(broker, state) });
}

/** Walks from the first quote, which `meetOpen` has met, to the last of the bar under way. */
export function walkBar(broker: Broker, state: MarketState): void {
  const { bar, ticks, innerBars, quotes } = state;
  const from = (ticks ?? innerBars)?.firstOf[bar] ?? 0;
  const to = (ticks ?? innerBars)?.firstOf[bar + 1] ?? 0;
  if (ticks && from < to) {
    for (let i = from + 1; i < to; i++) {
      const bid = tickBid(ticks.quotes, i);
      const ask = tickAsk(ticks.quotes, i);
      jumpTo(broker, state, { bid, ask, targetsWait: false });
    }
  } else if (innerBars && from < to) {
    for (let i = from; i < to; i++) {
      if (i > from) {
        quoteField(state, innerBars.quotes, { field: 'open', i });
        meetOpen(broker, state);
      }
      walkPrices(broker, state, innerBars.quotes, i);
    }
  } else {
    walkPrices(broker, state, quotes, bar);
  }
}

/** Whether the bar under way has ticks, which leave nothing to assume. */
function hasTicks({ ticks, bar }: MarketState): boolean {
  return ticks !== null && ticks.firstOf[bar]! < ticks.firstOf[bar + 1]!;
}

/** On a pessimistic walk a stop may yet come before a target that the bar opened beyond. */
function targetsWait({ settings }: Broker, state: MarketState): boolean {
  const { path } = settings;
  return path !== 'optimistic' && path !== 'adaptive' && !hasTicks(state);
}

/** Open → one extreme → the other → close, bid and ask side by side. */
function walkPrices(broker: Broker, state: MarketState, quotes: Quotes, i: number): void {
  const { range } = state;
  range.lowBid = bidOf(quotes, 'low', i);
  range.highBid = bidOf(quotes, 'high', i);
  range.lowAsk = askOf(quotes, 'low', i);
  range.highAsk = askOf(quotes, 'high', i);
  const low = { bid: range.lowBid, ask: range.lowAsk };
  const high = { bid: range.highBid, ask: range.highAsk };
  const lowFirst = goesLowFirst(broker, state, { quotes, i });
  moveTo(broker, state, lowFirst ? low : high);
  fillWaitingTargets(broker, state);
  moveTo(broker, state, lowFirst ? high : low);
  moveTo(broker, state, { bid: bidOf(quotes, 'close', i), ask: askOf(quotes, 'close', i) });
}

function goesLowFirst(
  broker: Broker,
  state: MarketState,
  { quotes, i }: { readonly quotes: Quotes; readonly i: number },
): boolean {
  switch (broker.settings.path) {
    case 'adaptive': {
      // In points, of which differences are exact: in prices two that are the same may not be.
      const { open, high, low } = quotes.bid;
      return open[i]! - low[i]! <= high[i]! - open[i]!;
    }
    case 'optimistic':
      return !hurtsLow(broker, state);
    default:
      return hurtsLow(broker, state);
  }
}

/**
 * Whether the way down first is the worse one: for a market that is held long on balance, and
 * for one that is not held and has orders to sell alone. Of a market with orders to buy alone
 * the high comes first: it can no longer help what is bought on the way down, and what is bought
 * on the way up is then met by the low. With neither, or both, the low comes first.
 */
function hurtsLow({ positions }: Broker, state: MarketState): boolean {
  let net = 0;
  for (const { market, side, units } of positions) {
    if (market === state.index) net += side * units;
  }
  if (net !== 0) return net > 0;
  const buys = state.orders.some((order) => isPending(order) && order.side === 1);
  const sells = state.orders.some((order) => isPending(order) && order.side === -1);
  return !buys || sells;
}
