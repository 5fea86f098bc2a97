/** The latest prices of the symbols that are asked for. */
import type { BrokerQuote } from '../connector.ts';
import { tickerPage } from './bybit-shapes.ts';
import type { ExchangeClient } from './exchange-client.ts';
import { read } from './exchange-look.ts';

export interface ExchangeQuotes {
  /** Null where there is none, or it is old; being asked for it is what gets it. */
  quote(symbol: string): BrokerQuote | null;
  /** Fetches prices; where that fails the old ones grow older. */
  look(): Promise<void>;
}

const oldMs = 15_000;
/** A symbol that nobody asked for so long is fetched no more. */
const wantedMs = 15_000;
/** All of them in one answer are quicker than so many one by one. */
const fewSymbols = 4;

export function exchangeQuotes(client: ExchangeClient, exchangeMs: () => number): ExchangeQuotes {
  const quotes = new Map<string, BrokerQuote>();
  const wanted = new Map<string, number>();
  return {
    quote(symbol) {
      wanted.set(symbol, exchangeMs());
      const quote = quotes.get(symbol);
      return quote && exchangeMs() - quote.serverMs <= oldMs ? quote : null;
    },
    async look() {
      for (const [symbol, atMs] of wanted) {
        if (exchangeMs() - atMs <= wantedMs) continue;
        wanted.delete(symbol);
        quotes.delete(symbol);
      }
      const symbols = [...wanted.keys()];
      const few = symbols.length <= fewSymbols ? symbols : [null];
      for (const which of few) {
        const tickers = await readTickers(client, which).catch(() => []);
        for (const each of tickers) if (wanted.has(each.symbol)) quotes.set(each.symbol, each);
      }
    },
  };
}

/** Null = of all symbols. One without a price on either side, or with crossed ones, is left out. */
export async function readTickers(
  client: ExchangeClient,
  symbol: string | null,
): Promise<readonly BrokerQuote[]> {
  const which = symbol === null ? {} : { symbol };
  const asked = await client.get('v5/market/tickers', { category: 'linear', ...which });
  const { list } = await read(asked, tickerPage);
  const serverMs = asked.t === 'answer' ? asked.atMs : 0;
  return list
    .map((each) => ({ symbol: each.symbol, bid: each.bid1Price, ask: each.ask1Price, serverMs }))
    .filter(({ bid, ask }) => bid > 0 && ask >= bid);
}
