/** Each public source against a fake of it: what is asked, what is read, and all that may go wrong. */
import { afterEach, describe, expect, test } from 'vitest';
import type { MarketKind } from '#core/market/market-views.ts';
import { fetchBody } from '#sync/market/fetch-body.ts';
import type { Kinds, Provider } from '#sync/market/provider.ts';
import { providers } from '#sync/market/registry.ts';
import { openSource, type Source } from '#sync/market/source.ts';
import {
  apeWisdomAnswer,
  barsThere,
  binanceAnswer,
  coingeckoAnswer,
  fearGreedAnswer,
  startMs,
  twelveDataAnswer,
} from './answers.ts';
import { fakeSource, type FakeSource, type Mischief } from './fake-source.ts';

const answers: Readonly<Record<string, (url: URL) => unknown>> = {
  binance: binanceAnswer,
  twelvedata: twelveDataAnswer,
  coingecko: coingeckoAnswer,
  'fear-greed': fearGreedAnswer,
  apewisdom: apeWisdomAnswer,
};

let fake: FakeSource;
const fakes: FakeSource[] = [];
afterEach(async () => {
  for (const each of fakes.splice(0)) await each.close();
});

interface Opened extends Source {
  /** How long it waited, all in all. */
  waitedMs(): number;
}

/** Waiting takes no time here, but is counted. */
async function opened(name: string, timeoutMs = 10_000): Promise<Opened> {
  const provider = providers.find((each) => each.name === name)!;
  fake = await fakeSource(answers[name]!);
  fakes.push(fake);
  let waited = 0;
  const now = () => Date.now() + waited;
  const source = openSource({
    provider,
    url: fake.url,
    key: 'the-key',
    clock: {
      now,
      wait: async (ms) => void (waited += ms),
      jittered: (ms) => ms,
    },
    get: (url) => fetchBody({ url, timeoutMs, mostBytes: 1_000_000, now }),
  });
  return { ...source, waitedMs: () => waited };
}

const asks: { readonly [Kind in MarketKind]: Kinds[Kind]['ask'] } = {
  bars: { symbol: 'BTCUSDT', timeframe: 'M1', beforeMs: null, limit: 500 },
  quotes: { symbols: ['BTCUSDT'] },
  ...{ overview: null, movers: null, index: null, mentions: null },
};
const firstKind = ({ asks: own }: Provider) => Object.keys(own)[0] as MarketKind;

test('every source has a fake here', () => {
  expect(Object.keys(answers).sort()).toEqual(providers.map(({ name }) => name).sort());
});

describe('bars', () => {
  test.each(['binance', 'twelvedata'])('of %s hang together page by page', async (name) => {
    const source = await opened(name);
    const times: number[] = [];
    let beforeMs: number | null = null;
    for (let hasMore = true; hasMore;) {
      const page = await source.ask('bars', { ...asks.bars, beforeMs, limit: 1_000 });
      if (!page.ok) throw new Error(page.error);
      const { rows } = page.value.value;
      expect(page.value.value.digits).toBe(2);
      times.unshift(...rows.map(({ openMs }) => openMs));
      hasMore = page.value.value.hasMore;
      beforeMs = times[0]!;
    }
    expect(times).toEqual(Array.from({ length: barsThere }, (_, i) => startMs + i * 60_000));
  });

  test('of a symbol or a timeframe that is not there are said to be so', async () => {
    const binance = await opened('binance');
    expect(await binance.ask('bars', { ...asks.bars, symbol: 'EUR/USD' })).toEqual(bad('symbol'));
    expect(await binance.ask('bars', { ...asks.bars, timeframe: 'M7' })).toEqual(bad('timeframe'));
    expect(fake.asked).toEqual([]);
    const twelve = await opened('twelvedata');
    expect(await twelve.ask('bars', { ...asks.bars, symbol: 'NOBODY' })).toEqual(bad('symbol'));
    expect(twelve.view()).toMatchObject({ breaker: 'closed', trouble: null });
  });
});

const bad = (error: string) => ({ ok: false, error });

describe('what else they say', () => {
  test('of prices: no later than now, whatever their clocks say', async () => {
    const source = await opened('binance');
    const said = await source.ask('quotes', { symbols: ['AAUSDT', 'BBUSDT'] });
    if (!said.ok) throw new Error(said.error);
    const [first, second] = said.value.value;
    expect(first).toMatchObject({ symbol: 'AAUSDT', bid: 99.5, ask: 99.6, last: 99.55 });
    expect(second!.timeMs).toBeLessThanOrEqual(Date.now() + 1_000);
    const twelve = await opened('twelvedata');
    for (const symbols of [['AAPL'], ['AAPL', 'MSFT']]) {
      const quotes = await twelve.ask('quotes', { symbols });
      expect(quotes.ok && quotes.value.value.map(({ symbol, last }) => [symbol, last])).toEqual(
        symbols.map((symbol) => [symbol, 150.25]),
      );
    }
  });

  test('of the market as a whole, and of what moved', async () => {
    const gecko = await opened('coingecko');
    expect((await gecko.ask('overview', null)) as unknown).toMatchObject({
      value: {
        value: {
          capitalisationUsd: 3.1e12,
          capitalisationChangeRatio: -0.015,
          volumeUsd: 1.2e11,
          dominance: [
            { symbol: 'BTC', ratio: 0.5625 },
            { symbol: 'ETH', ratio: 0.125 },
          ],
        },
      },
    });
    const moved = await gecko.ask('movers', null);
    if (!moved.ok) throw new Error(moved.error);
    expect(moved.value.value.gainers.map(({ symbol }) => symbol)).toEqual(['BTC']);
    expect(moved.value.value.losers.map(({ changeRatio }) => changeRatio)).toEqual([-0.04]);
    const binance = await opened('binance');
    const also = await binance.ask('movers', null);
    if (!also.ok) throw new Error(also.error);
    expect(also.value.value.gainers.map(({ name }) => name)).toEqual(['AA']);
    expect(also.value.value.losers.map(({ name }) => name)).toEqual(['CC']);
    expect(also.value.value.busiest[0]?.name).toBe('CC');
  });

  test('of moods', async () => {
    const index = await (await opened('fear-greed')).ask('index', null);
    expect(index.ok && index.value.value.value).toBe(40);
    expect(index.ok && index.value.value.past.map(({ value }) => value)).toEqual([61, 35, 40]);
    const mentions = await (await opened('apewisdom')).ask('mentions', null);
    expect(mentions.ok && mentions.value.value.most).toEqual([
      { symbol: 'SPY', name: 'S&P 500', mentions: 120, mentionsBefore: 90 },
      { symbol: 'GME', name: 'GameStop', mentions: 80, mentionsBefore: null },
    ]);
  });
});

const troubles: readonly (readonly [Mischief, string])[] = [
  ['silent', 'timeout'],
  ['drip', 'timeout'],
  ['failed', 'failed'],
  ['limited', 'limited'],
  ['noise', 'nonsense'],
  ['nonsense', 'nonsense'],
  ['cut', 'unreachable'],
  ['huge', 'too-large'],
  ['moved', 'failed'],
];
const again: readonly string[] = ['timeout', 'failed', 'unreachable'];

describe.each(providers.map((provider) => [provider.name, provider] as const))(
  '%s',
  (name, provider) => {
    const ask = async (source: Source) => {
      const kind = firstKind(provider);
      return source.ask(kind, asks[kind]);
    };

    test.each(troubles)('that is %s gives nothing but the word for it', async (mischief, why) => {
      const source = await opened(name, why === 'timeout' ? 120 : undefined);
      const times = again.includes(why) ? 3 : 1;
      for (let n = 0; n < times; n++) fake.mischief.push(mischief);
      expect(await ask(source)).toEqual(bad(why));
      expect(fake.asked).toHaveLength(times);
      expect(source.view().trouble?.why).toBe(why);
    });
  },
);

describe('a source', () => {
  const overview = (source: Source) => source.ask('index', null);

  test('that fails once is asked again by itself', async () => {
    const source = await opened('fear-greed');
    fake.mischief.push('failed', 'cut');
    expect(await overview(source)).toMatchObject({ ok: true });
    expect(fake.asked).toHaveLength(3);
    expect(source.waitedMs()).toBe(400 + 800);
  });

  test('is asked once where many ask at the same time', async () => {
    const source = await opened('fear-greed');
    const all = await Promise.all(Array.from({ length: 20 }, () => overview(source)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(fake.asked).toHaveLength(1);
  });

  test('that said when to come back is left alone until then', async () => {
    const source = await opened('fear-greed');
    fake.mischief.push('limited');
    expect(await overview(source)).toEqual(bad('limited'));
    expect(source.view().restsUntilMs! - Date.now()).toBeGreaterThan(6_000);
    expect(await overview(source)).toEqual(bad('limited'));
    expect(fake.asked).toHaveLength(1);
    expect(source.view().breaker).toBe('closed');
  });

  test('that flaps is left alone, tried once, and asked by all when it is well', async () => {
    const source = await opened('fear-greed');
    for (let n = 0; n < 4; n++) fake.mischief.push('noise');
    for (let n = 0; n < 4; n++) expect(await overview(source)).toEqual(bad('nonsense'));
    expect(source.view().breaker).toBe('open');
    expect(await overview(source)).toEqual(bad('resting'));
    expect(fake.asked).toHaveLength(4);
  });

  test('whose clock is wrong is understood by its own clock', async () => {
    const source = await opened('fear-greed');
    fake.skewMs = 3_600_000;
    expect(await overview(source)).toMatchObject({ ok: true });
    expect(Math.abs(source.view().skewMs! - 3_600_000)).toBeLessThan(2_000);
  });
});
