/** What pages are told of markets beyond a trader's own accounts, each with who said it and when. */

/** Who said something, and how fresh it is. */
export interface Told {
  readonly source: string;
  /** When the source was asked, by the server's clock. */
  readonly heardMs: number;
  /** Older than such a thing may be: it is shown, and marked. */
  readonly isStale: boolean;
}

export interface MarketQuote extends Told {
  readonly symbol: string;
  /** Null where the source tells only what was traded last. */
  readonly bid: number | null;
  readonly ask: number | null;
  readonly last: number | null;
  /** When it was so, UTC by the source. */
  readonly timeMs: number;
}

/** Of all that is traded of one kind; null where the source does not say. */
export interface MarketOverview extends Told {
  readonly capitalisationUsd: number | null;
  readonly capitalisationChangeRatio: number | null;
  readonly volumeUsd: number | null;
  /** Share of the whole, the largest first. */
  readonly dominance: readonly { readonly symbol: string; readonly ratio: number }[];
}

export interface Mover {
  readonly symbol: string;
  readonly name: string;
  readonly priceUsd: number;
  /** Over a day. */
  readonly changeRatio: number;
  readonly volumeUsd: number | null;
}

export interface MarketMovers extends Told {
  readonly gainers: readonly Mover[];
  readonly losers: readonly Mover[];
  /** The most traded. */
  readonly busiest: readonly Mover[];
}

/** From 0, extreme fear, to 100, extreme greed. */
export interface FearIndex extends Told {
  readonly value: number;
  readonly timeMs: number;
  /** Newest last, with the present one. */
  readonly past: readonly { readonly timeMs: number; readonly value: number }[];
}

export interface Mention {
  readonly symbol: string;
  readonly name: string;
  /** Over the last day. */
  readonly mentions: number;
  /** Over the day before; null where it is not known. */
  readonly mentionsBefore: number | null;
}

export interface SocialMentions extends Told {
  readonly most: readonly Mention[];
}

/** Why a source gave nothing. */
export const marketTroubles = [
  'timeout',
  'unreachable',
  'limited',
  'failed',
  'too-large',
  'nonsense',
  'resting',
  'key-refused',
  'symbol',
  'timeframe',
] as const;
export type MarketTrouble = (typeof marketTroubles)[number];

/** A part of the page: what there is, or why there is nothing, by source. */
export type Part<T> =
  | { readonly there: T; readonly without: null }
  | { readonly there: null; readonly without: Readonly<Record<string, MarketTrouble>> };

export const marketKinds = ['bars', 'quotes', 'overview', 'movers', 'index', 'mentions'] as const;
export type MarketKind = (typeof marketKinds)[number];

/** A source, as whoever runs the server and whoever reads its figures may want to know it. */
export interface SourceView {
  readonly name: string;
  readonly title: string;
  /** Where its terms and its figures are. */
  readonly homepage: string;
  readonly kinds: readonly MarketKind[];
  readonly isOn: boolean;
  /** `closed`: it is asked; `open`: it failed and is left alone; `half-open`: it is being tried. */
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly heardMs: number | null;
  readonly trouble: { readonly why: MarketTrouble; readonly atMs: number } | null;
  /** Not asked before this. */
  readonly restsUntilMs: number | null;
  /** How far its clock is ahead of the server's; null where it has not said. */
  readonly skewMs: number | null;
}
