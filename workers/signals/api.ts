/** What the signals worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Result } from '#core/result.ts';
import type { SignalsOfSymbol } from '#core/signals/signals-of.ts';

/** Bars of a timeframe, made of those of a stored series. */
export interface StoredBars {
  readonly seriesId: string;
  readonly timeframe: string;
}

export interface SignalsAsk {
  /** Whose last closed bar is judged. */
  readonly now: Bars | StoredBars;
  /** Where the past of the signals is counted; null = in the same bars. */
  readonly history: StoredBars | null;
}

export interface SignalsWorker {
  /** Errors: `store.not-found`, `store.damaged`, `store.unavailable`. */
  signals(ask: SignalsAsk): Promise<Result<SignalsOfSymbol, Failure>>;
  /** The last days of a stored series, in its days of UTC; errors as above. */
  days(seriesId: string, count: number): Promise<Result<Bars, Failure>>;
}
