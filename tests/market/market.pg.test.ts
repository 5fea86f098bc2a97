/** Markets through the real server: an account's past, public sources, and what is said of neither. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  FearIndex,
  MarketMovers,
  MarketOverview,
  MarketQuote,
  Part,
  SocialMentions,
  SourceView,
} from '#core/market/market-views.ts';
import type { BarsPage } from '#core/market/wire-bars.ts';
import type { AccountView } from '#core/broker/views.ts';
import { openAnotherServer } from '../accounts/another-server.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import { account as broker, openTerminal } from '../terminals/scripted-terminal.ts';
import { until } from '../server-process.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { binanceAnswer, coingeckoAnswer, fearGreedAnswer } from './answers.ts';
import { fakeSource, type FakeSource } from './fake-source.ts';

let scene: Scene;
let gecko: FakeSource;
let binance: FakeSource;
let fear: FakeSource;
beforeAll(async () => {
  gecko = await fakeSource(coingeckoAnswer);
  binance = await fakeSource(binanceAnswer);
  fear = await fakeSource(fearGreedAnswer);
  const sources = { coingecko: gecko, binance, 'fear-greed': fear };
  const named = Object.entries(sources).map(([name, { url }]) => `${name}=${url}`);
  scene = await openScene({
    OFFING_MARKET_SOURCES: named.join(','),
    OFFING_LIMITS: 'watching=10000/100000,data=10000/100000',
  });
});
afterAll(async () => {
  await scene?.close();
  for (const fake of [gecko, binance, fear]) await fake?.close();
});

const signedIn = async () => (await scene.people.person()).signedIn();
const question = { symbol: 'EURUSD', timeframe: 'M5', beforeMs: null, limit: 300 };
const bars = (who: Visitor, source: object, change: object = {}) =>
  who.get<BarsPage & object>('market.bars', { source, ...question, ...change });

describe('the past of a paper account', () => {
  it('is there at once, wakes it, and pages back without a gap', async () => {
    const who = await signedIn();
    const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
    const source = { accountId: accounts[0]!.accountId };
    const page = await bars(who, source);
    expect(page).toMatchObject({ hasMore: true, source: 'terminal' });
    expect(page.bars.timesMs).toHaveLength(300);
    expect(page.bars.isLastOpen).toBe(true);
    expect(Date.now() - page.bars.timesMs.at(-1)!).toBeLessThan(600_000);
    const [firstMs] = page.bars.timesMs;
    const older = await bars(who, source, { beforeMs: firstMs });
    expect(older.bars.close.at(-1)).toBe(page.bars.open[0]);
    const both = await bars(who, source, { limit: 600 });
    expect(both.bars.timesMs.slice(0, 300)).toEqual(older.bars.timesMs);
    const quotes = () =>
      who.get<Part<MarketQuote[]> & object>('market.quotes', { source, symbols: ['EURUSD'] });
    await until(async () => (await quotes()).there?.length === 1);
    expect((await quotes()).there?.[0]).toMatchObject({ symbol: 'EURUSD', isStale: false });
  });

  it('is nobody else’s, and says what it does not have', async () => {
    const who = await signedIn();
    const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
    const source = { accountId: accounts[0]!.accountId };
    const thief = await signedIn();
    for (const [visitor, change, failure] of [
      [thief, {}, 'trade.account-missing'],
      [who, { symbol: 'NOWHERE' }, 'market.symbol-unknown'],
    ] as const) {
      const input = { source, ...question, ...change };
      expect(await visitor.try('GET', 'market.bars', input)).toMatchObject({ failure });
    }
  });
});

describe('a terminal', () => {
  it('that is too old says so, one that is not there too, and what it told before is kept', async () => {
    const who = await signedIn();
    const pairing = await who.post<{ accountId: string; code: string }>('terminals.pair', {
      name: 'Terminal',
    });
    const { accountId } = pairing;
    const token = pairing.code.split('.')[1]!;
    const ask = { source: { accountId }, ...question, limit: 2 };
    const failed = async () => (await who.try('GET', 'market.bars', ask)).failure;
    expect(await failed()).toBe('market.offline');
    const script = { address: scene.at.address, accountId, token };
    const old = await openTerminal(script);
    old.beat();
    await until(async () => (await failed()) === 'market.no-history');
    await old.close();
    const forge = (auth: Record<string, unknown>) => ({ ...auth, caps: ['bars', 'tea'] });
    const terminal = await openTerminal({ ...script, forge });
    terminal.beat();
    terminal.say({ t: 'account', account: broker });
    const answering = answer(terminal);
    /** A terminal that is slow to answer is asked again, as a page does. */
    const toldIn = async (by: Pick<typeof who, 'try'>, of: typeof ask): Promise<BarsPage> => {
      let told = await by.try('GET', 'market.bars', of);
      await until(async () => {
        if (told.failure !== null) told = await by.try('GET', 'market.bars', of);
        return told.failure === null;
      });
      return told.data as unknown as BarsPage;
    };
    const page = await toldIn(who, ask);
    // What the broker's clock says two hours ahead, in UTC.
    expect(page.bars.timesMs).toEqual([startMs, startMs + 300_000]);
    expect(page.bars.open).toEqual([1.08501, 1.08502]);
    const other = await openAnotherServer(scene.at);
    const elsewhere = await toldIn(other.carrying(who), { ...ask, timeframe: 'M15' });
    expect(elsewhere.bars.open).toEqual(page.bars.open);
    await other.close();
    clearInterval(answering);
    await terminal.close();
    const [, lastMs] = page.bars.timesMs;
    const kept = await bars(who, ask.source, { beforeMs: lastMs, limit: 1 });
    expect(kept.bars.timesMs).toEqual([startMs]);
  });
});

const startMs = Math.floor(Date.now() / 300_000) * 300_000 - 1_800_000;

/** Two bars, whatever is asked; the first time they are not loaded. */
function answer(terminal: Awaited<ReturnType<typeof openTerminal>>) {
  const answered = new Set<number>();
  let beatMs = Date.now();
  return setInterval(() => {
    if (Date.now() - beatMs > 2_000) {
      beatMs = Date.now();
      terminal.beat();
    }
    for (const message of terminal.heard) {
      if (message.t !== 'bars' || answered.has(message.request)) continue;
      answered.add(message.request);
      const openS = (startMs + 7_200_000) / 1_000;
      const told = [
        [openS, 108_501, 108_510, 108_490, 108_502, 7],
        [openS + 300, 108_502, 108_520, 108_500, 108_511, 3],
      ] as const;
      const isWhole = answered.size > 1;
      terminal.say({
        ...{ t: 'bars', request: message.request, isWhole, hasMore: false, digits: 5 },
        ...{ lacks: null, bars: isWhole ? told : [] },
      });
    }
  }, 20);
}

describe('public sources', () => {
  it('tell their bars once, and are not asked again for what is kept', async () => {
    const [who, other] = [await signedIn(), await signedIn()];
    const ask = { symbol: 'BTCUSDT', timeframe: 'M1', limit: 1_500 };
    const page = await bars(who, { provider: 'binance' }, ask);
    expect(page).toMatchObject({ source: 'binance', hasMore: true });
    expect(page.bars.timesMs).toHaveLength(1_500);
    expect(page.bars.isLastOpen).toBe(false);
    const before = binance.asked.length;
    const again = await bars(other, { provider: 'any' }, ask);
    expect(again.bars).toEqual(page.bars);
    expect(binance.asked).toHaveLength(before);
  });

  it('say the market and its moods, with who said it and when', async () => {
    const who = await signedIn();
    const overview = await who.get<Part<MarketOverview> & object>('market.overview');
    expect(overview.there).toMatchObject({
      source: 'coingecko',
      isStale: false,
      volumeUsd: 1.2e11,
    });
    const { index, mentions } = await who.get<{
      index: Part<FearIndex>;
      mentions: Part<SocialMentions>;
    }>('market.sentiment');
    expect(index.there).toMatchObject({ source: 'fear-greed', value: 40 });
    // Nobody is switched on for it, and nothing is made up.
    expect(mentions).toEqual({ there: null, without: {} });
  });

  it('stand in for one another, and where all are down each says why', async () => {
    const who = await signedIn();
    for (let n = 0; n < 8; n++) gecko.mischief.push('noise');
    const movers = await who.get<Part<MarketMovers> & object>('market.movers');
    expect(movers.there).toMatchObject({ source: 'binance', isStale: false });
    const { sources } = await who.get<{ sources: SourceView[] }>('market.sources');
    const of = (name: string) => sources.find((each) => each.name === name);
    expect(of('coingecko')).toMatchObject({ isOn: true, trouble: { why: 'nonsense' } });
    expect(of('twelvedata')).toMatchObject({ isOn: false, kinds: ['bars', 'quotes'] });
    binance.mischief.push('limited');
    const ask = { source: { provider: 'any' }, symbols: ['AAUSDT'] };
    const quotes = await who.get<Part<MarketQuote[]> & object>('market.quotes', ask);
    expect(quotes).toEqual({ there: null, without: { binance: 'limited' } });
    const input = { source: { provider: 'any' }, ...question, symbol: 'ETHUSDT' };
    expect((await who.try('GET', 'market.bars', input)).failure).toBe('market.unavailable');
    const off = { ...input, source: { provider: 'twelvedata' } };
    expect((await who.try('GET', 'market.bars', off)).failure).toBe('market.source-off');
  });
});
