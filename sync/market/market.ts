/** Everything the server knows of markets: of a trader's own brokers, and of public sources. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
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
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { Terminals } from '../terminals/terminals.ts';
import { barRoom, usualRoom } from './bar-room.ts';
import { barsOfAccount } from './bars-of-account.ts';
import { barsOfSources } from './bars-of-sources.ts';
import { underWay } from './coalesce.ts';
import { fetchBody } from './fetch-body.ts';
import type { BarsAsk } from './provider.ts';
import { factsOfSources } from './facts-of-sources.ts';
import { providers } from './registry.ts';
import type { MarketSettings } from './settings.ts';
import { kindsOf, openSource, type Source, type SourceClock } from './source.ts';

export interface Market {
  /** Errors: `trade.account-missing`, `market.…`. */
  accountBars(
    whose: { readonly userId: string; readonly accountId: string },
    ask: BarsAsk,
  ): Promise<Result<BarsPage, Failure>>;
  /** `any`: of the first source that has them. */
  sourceBars(source: string, ask: BarsAsk): Promise<Result<BarsPage, Failure>>;
  quotes(source: string, symbols: readonly string[]): Promise<Part<readonly MarketQuote[]>>;
  overview(): Promise<Part<MarketOverview>>;
  movers(): Promise<Part<MarketMovers>>;
  index(): Promise<Part<FearIndex>>;
  mentions(): Promise<Part<SocialMentions>>;
  sources(): readonly SourceView[];
}

export interface MarketOptions {
  readonly settings: MarketSettings;
  readonly database: PostgresJsDatabase;
  readonly terminals: Pick<Terminals, 'history' | 'relayedHistory' | 'looked'>;
  readonly clock: SourceClock;
}

const timeoutMs = 6_000;
const mostBytes = 4_194_304;

export function openMarket({ settings, database, terminals, clock }: MarketOptions): Market {
  const { now } = clock;
  const sources: readonly Source[] = settings.map((setting) =>
    openSource({
      ...setting,
      clock,
      get: (url) => fetchBody({ url, timeoutMs, mostBytes, now }),
    }),
  );
  const room = barRoom(usualRoom, now);
  const pages = underWay<Result<BarsPage, Failure>>();
  const facts = factsOfSources({ sources, queries: database, now });
  return {
    accountBars(whose, ask) {
      const work = { queries: database, room, terminals, clock };
      return pages.join(JSON.stringify([whose, ask]), () => barsOfAccount(work, whose, ask));
    },
    sourceBars(source, ask) {
      const work = { queries: database, room, sources, now };
      return pages.join(JSON.stringify([source, ask]), () => barsOfSources(work, source, ask));
    },
    quotes: (source, symbols) => facts.quotes(source, symbols),
    overview: () => facts.one('overview'),
    movers: () => facts.one('movers'),
    index: () => facts.one('index'),
    mentions: () => facts.one('mentions'),
    sources: () =>
      providers.map((provider) => {
        const open = sources.find((source) => source.provider === provider);
        if (open) return open.view();
        const { name, title, homepage } = provider;
        const silent = { heardMs: null, trouble: null, restsUntilMs: null, skewMs: null };
        const about = { name, title, homepage, kinds: kindsOf(provider) };
        return { ...about, isOn: false, breaker: 'closed', ...silent };
      }),
  };
}
