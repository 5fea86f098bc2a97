/** What the journal worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import type { TripMeasure } from '#core/journal/trip-measure.ts';
import type { JournalDay, JournalSummary } from '#core/journal/trip-sums.ts';
import type { Result } from '#core/result.ts';
import type { StatementChoice, StatementRead } from './statements/statement.ts';

export type { JournalDay, JournalSummary, TripMeasure };

/** Everything that narrows what is shown; null and empty = no matter. */
export interface TripFilter {
  readonly account: string | null;
  readonly symbol: string | null;
  readonly side: 'buy' | 'sell' | null;
  readonly tag: string | null;
  /** Of the closing, UTC; an end is not part of it. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly outcome: 'won' | 'lost' | 'open' | null;
  /** Words that symbol, tags, comment or note hold, in any order. */
  readonly text: string;
}

export type TripOrder =
  'closedMs' | 'openedMs' | 'symbol' | 'side' | 'volumeLots' | 'net' | 'r' | 'rating';

export type TripFileKind = 'csv' | 'json';

/** A round trip with what the trader wrote of it. */
export interface JournalTrip extends RoundTrip {
  readonly tags: readonly string[];
  readonly rating: number | null;
  /** Of its account; null where nobody told it. */
  readonly currency: string | null;
  /** Against the planned or the first known stop; null where there was none. */
  readonly r: number | null;
}

export interface TripWindow {
  readonly trips: readonly JournalTrip[];
  readonly count: number;
}

export interface JournalChoices {
  readonly accounts: readonly string[];
  readonly symbols: readonly string[];
  readonly tags: readonly string[];
  readonly trips: number;
  /** Statements whose deals have not come from another device yet. */
  readonly missing: number;
}

export interface StatementPreview {
  readonly read: Omit<StatementRead, 'deals'>;
  readonly deals: number;
  /** Deals that the journal has already, from another statement or account. */
  readonly known: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface JournalWorker {
  /** Errors: `journal.*`. */
  preview(file: File, choice: StatementChoice): Promise<Result<StatementPreview, Failure>>;
  /** Keeps it as a statement; the id of it. Errors as above and `store.*`. */
  keep(
    file: File,
    choice: StatementChoice,
  ): Promise<Result<{ id: string; added: number }, Failure>>;
  trips(
    ask: TripFilter & { order: TripOrder; descending: boolean; offset: number; limit: number },
  ): Promise<Result<TripWindow, Failure>>;
  trip(id: string): Promise<Result<JournalTrip | null, Failure>>;
  /** By the bars on this device; null where none reach over it. Errors: `store.*`. */
  measure(id: string): Promise<Result<TripMeasure | null, Failure>>;
  summary(filter: TripFilter): Promise<Result<readonly JournalSummary[], Failure>>;
  days(filter: TripFilter, zone: string): Promise<Result<readonly JournalDay[], Failure>>;
  /** What a filter leaves as a file, by time of opening. */
  file(filter: TripFilter, kind: TripFileKind): Promise<Result<Blob, Failure>>;
  /** What there is. */
  choices(): Promise<Result<JournalChoices, Failure>>;
  /** Calls whenever answers may have become others; a first time when there are any. */
  follow(onchange: () => void): Promise<Result<null, Failure>>;
}
