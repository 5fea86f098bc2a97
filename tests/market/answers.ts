/** What the real sources say, in their own shapes, for the fakes to say it. */

export const startMs = Date.UTC(2026, 2, 2);
const minuteMs = 60_000;
/** How many bars a fake has, each a minute. */
export const barsThere = 2_200;

const price = (i: number) => 100 + Math.round(Math.sin(i / 9) * 900) / 100;
const prices = (i: number) => ({
  open: price(i),
  high: Math.max(price(i), price(i + 1)) + 0.5,
  low: Math.min(price(i), price(i + 1)) - 0.5,
  close: price(i + 1),
});

const indices = Array.from({ length: barsThere }, (_, i) => i);

function lastBefore(untilMs: number, limit: number): readonly number[] {
  return indices.filter((i) => startMs + i * minuteMs <= untilMs).slice(-limit);
}

export function binanceAnswer(url: URL): unknown {
  const query = url.searchParams;
  if (url.pathname === '/api/v3/klines') {
    const until = Number(query.get('endTime') ?? Infinity);
    return lastBefore(until, Number(query.get('limit'))).map((i) => {
      const openMs = startMs + i * minuteMs;
      const { open, high, low, close } = prices(i);
      const texts = [open, high, low, close, 12.5].map((each) => each.toFixed(8));
      return [openMs, ...texts, openMs + minuteMs - 1, '1250.00', 40, '6.0', '600.0', '0'];
    });
  }
  if (query.has('symbols')) {
    return (JSON.parse(query.get('symbols')!) as string[]).map((symbol) => ({
      ...{ symbol, bidPrice: '99.50', askPrice: '99.60', lastPrice: '99.55' },
      closeTime: Date.now() + 3_600_000,
    }));
  }
  return ['AAUSDT', 'BBUSDT', 'CCUSDT', 'AABTC'].map((symbol, i) => ({
    ...{ symbol, openPrice: '100', lastPrice: String(100 + 10 * (1 - i)), quoteVolume: `${i}000` },
  }));
}

export function twelveDataAnswer(url: URL): unknown {
  const query = url.searchParams;
  if (query.get('apikey') !== 'the-key') {
    return { code: 401, message: '**apikey** parameter is incorrect', status: 'error' };
  }
  if (url.pathname === '/quote') {
    const one = (symbol: string) => ({ symbol, close: '150.25', timestamp: 1_772_409_600 });
    const symbols = query.get('symbol')!.split(',');
    if (symbols.length === 1) return one(symbols[0]!);
    return Object.fromEntries(symbols.map((symbol) => [symbol, one(symbol)]));
  }
  if (query.get('symbol') === 'NOBODY') {
    return { code: 404, message: '**symbol** not found: NOBODY', status: 'error' };
  }
  const end = query.get('end_date');
  const until = end === null ? Infinity : Date.parse(`${end.replace(' ', 'T')}Z`);
  return {
    meta: { symbol: query.get('symbol'), interval: '1min', exchange: 'NASDAQ' },
    values: lastBefore(until, Number(query.get('outputsize'))).map((i) => ({
      datetime: new Date(startMs + i * minuteMs).toISOString().slice(0, 19).replace('T', ' '),
      ...Object.fromEntries(Object.entries(prices(i)).map(([k, v]) => [k, v.toFixed(5)])),
      volume: '624277',
    })),
    status: 'ok',
  };
}

export function coingeckoAnswer(url: URL): unknown {
  if (url.pathname === '/api/v3/global') {
    return {
      data: {
        active_cryptocurrencies: 17_000,
        total_market_cap: { btc: 4e7, usd: 3_100_000_000_000 },
        total_volume: { usd: 120_000_000_000 },
        market_cap_percentage: { eth: 12.5, btc: 56.25 },
        market_cap_change_percentage_24h_usd: -1.5,
        updated_at: 1_772_409_600,
      },
    };
  }
  return [
    ['btc', 'Bitcoin', 60_000, 3e10, 2],
    ['eth', 'Ethereum', 3_000, 2e10, -4],
    ['new', 'New\u0000coin', null, 1, null],
  ].map(([symbol, name, current_price, total_volume, price_change_percentage_24h]) => {
    return { id: name, symbol, name, current_price, total_volume, price_change_percentage_24h };
  });
}

export function fearGreedAnswer(): unknown {
  const day = (value: number, k: number) => ({
    value: String(value),
    value_classification: 'Fear',
    timestamp: String(1_772_409_600 - k * 86_400),
  });
  return { name: 'Fear and Greed Index', data: [40, 35, 61].map(day), metadata: { error: null } };
}

export function apeWisdomAnswer(): unknown {
  return {
    ...{ count: 2, pages: 1, current_page: 1 },
    results: [
      {
        rank: 2,
        ticker: 'GME',
        name: 'GameStop',
        mentions: 80,
        upvotes: 9,
        mentions_24h_ago: null,
      },
      { rank: 1, ticker: 'SPY', name: 'S&amp;P 500', mentions: '120', mentions_24h_ago: 90 },
    ],
  };
}
