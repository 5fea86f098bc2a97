/**
 * What a source of market data is: which questions it takes, how each is asked, and how its
 * answer is read. A provider only describes; asking, waiting and keeping are `source.ts`.
 */
import type { Result } from '#core/result.ts';
import type {
  FearIndex,
  MarketKind,
  MarketMovers,
  MarketOverview,
  MarketQuote,
  MarketTrouble,
  SocialMentions,
  Told,
} from '#core/market/market-views.ts';

export interface BarsAsk {
  readonly symbol: string;
  readonly timeframe: string;
  /** Bars that opened before; null = the newest. */
  readonly beforeMs: number | null;
  readonly limit: number;
}

export interface BarRow {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

export interface FetchedBars {
  /** Oldest first. */
  readonly rows: readonly BarRow[];
  readonly hasMore: boolean;
  readonly digits: number;
}

type Bare<T extends Told> = Omit<T, keyof Told>;

/** What each kind of question is asked with, and what answers it. */
export interface Kinds {
  readonly bars: { readonly ask: BarsAsk; readonly answer: FetchedBars };
  readonly quotes: {
    readonly ask: { readonly symbols: readonly string[] };
    readonly answer: readonly Bare<MarketQuote>[];
  };
  readonly overview: { readonly ask: null; readonly answer: Bare<MarketOverview> };
  readonly movers: { readonly ask: null; readonly answer: Bare<MarketMovers> };
  readonly index: { readonly ask: null; readonly answer: Bare<FearIndex> };
  readonly mentions: { readonly ask: null; readonly answer: Bare<SocialMentions> };
}

export interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** The answer's JSON, or text that is none. */
export interface Body {
  readonly value: unknown;
  /** The source's own clock, as far as it is known: its times are compared with this. */
  readonly nowMs: number;
}

export interface Question<Kind extends MarketKind> {
  /** Where to ask; a source that does not know the symbol or the timeframe says so without asking. */
  place(ask: Kinds[Kind]['ask'], key: string | null): Result<Place, MarketTrouble>;
  read(body: Body, ask: Kinds[Kind]['ask']): Result<Kinds[Kind]['answer'], MarketTrouble>;
}

export interface Provider {
  readonly name: string;
  readonly title: string;
  readonly homepage: string;
  /** Where it is asked unless whoever runs the server says otherwise. */
  readonly url: string;
  /** `needed`: without one nothing is asked; `welcome`: with one more may be asked. */
  readonly key: 'none' | 'welcome' | 'needed';
  /** So many requests in so long are what it bears. */
  readonly pace: { readonly requests: number; readonly perMs: number };
  /** Of the most bars in an answer. */
  readonly mostBars?: number;
  readonly asks: { readonly [Kind in MarketKind]?: Question<Kind> };
  /** A refusal that does not come as a status. */
  refusal?(value: unknown, status: number): MarketTrouble | null;
}
