/** What the journal worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { EditedTrip } from '#core/journal/edited-trips.ts';
import type { Excursion } from '#core/journal/excursion.ts';
import type { GoalDay } from '#core/journal/goal-days.ts';
import type { GroupChoice, GroupComparison } from '#core/journal/compare-groups.ts';
import type { CriteriaOf, MistakeSums, PlaybookSums } from '#core/journal/mark-sums.ts';
import type { NewsEvent, NewsImpact, NewsWindow } from '#core/journal/news.ts';
import type { TripMeasure } from '#core/journal/trip-measure.ts';
import type { MoreAsked } from '#core/journal/more-filters.ts';
import type { TripOrder } from '#core/journal/trip-orders.ts';
import type { ReportAsk, TripReport } from '#core/journal/trip-report.ts';
import type { JournalDay, JournalSummary } from '#core/journal/trip-sums.ts';
import type { WhatIf, WhatIfRule } from '#core/journal/what-if.ts';
import type { WhileOpen } from '#core/journal/while-open.ts';
import type { Result } from '#core/result.ts';
import type { ListColumns } from './statements/list-columns.ts';
import type { StatementChoice, StatementRead } from './statements/statement.ts';
import type { MergePlan } from './trip-editing.ts';
import type { TradeRole } from './statements/trade-columns.ts';

export type { ListColumns, MergePlan, StatementChoice, TradeRole };
export type { JournalDay, JournalSummary, MistakeSums, PlaybookSums, TripMeasure };

/** Everything that narrows what is shown; null and empty = no matter. */
export interface TripFilter {
  readonly account: string | null;
  readonly symbol: string | null;
  readonly side: 'buy' | 'sell' | null;
  readonly tag: string | null;
  /** Id of a playbook. */
  readonly playbook?: string | null;
  readonly mistake?: string | null;
  /** Of the closing, UTC; an end is not part of it. */
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly outcome: 'won' | 'lost' | 'open' | null;
  /** Words that symbol, tags, comment or note hold, in any order. */
  readonly text: string;
  /** What else is asked of them, days and hours by the clock of `zone` (UTC where left out). */
  readonly more?: MoreAsked;
  readonly zone?: string;
}

export type ExcursionsById = Readonly<Record<string, Excursion>>;

/** Which of an order are asked for. */
export interface WindowAsk {
  readonly order: TripOrder;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** What was paid in, and which news there were, the worker knows itself. */
export interface ReportQuestion extends Omit<ReportAsk, 'startBalances' | 'news'> {
  readonly newsWindow?: NewsWindow;
}

/** Round trips that bars were wanted for. */
export interface LeftUnmeasured {
  /** No bars on this device reach over them. */
  readonly withoutBars: number;
  /** Older than the many that are measured. */
  readonly tooOld: number;
}

export type WhatIfAnswer = WhatIf & LeftUnmeasured;
export type WhileOpenAnswer = WhileOpen & LeftUnmeasured;

export type TripFileKind = 'csv' | 'json';

/** A round trip with what the trader wrote of it. */
export interface JournalTrip extends EditedTrip {
  readonly tags: readonly string[];
  readonly rating: number | null;
  /** Id of the playbook it was taken by, and of the criteria that were met. */
  readonly playbook: string | null;
  readonly met: readonly string[];
  readonly mistakes: readonly string[];
  /** Of its account; null where nobody told it. */
  readonly currency: string | null;
  /** Stop and target as the trader planned them; `sl` and `tp` are those that stood. */
  readonly plannedSl?: number | null;
  readonly plannedTp?: number | null;
  /** Money per unit of price where it ended where it began, as others of its symbol tell it. */
  readonly lentWorth?: number | null;
  /** Against the planned or the first known stop; null where there was none. */
  readonly r: number | null;
}

/** A deal of a round trip, as it was made. */
export interface TripDeal {
  readonly key: string;
  /** UTC. */
  readonly atMs: number;
  readonly isOpening: boolean;
  readonly volumeLots: number;
  readonly price: number;
  readonly profit: number;
  /** Whether the round trip can become two there. */
  readonly maySplit: boolean;
}

export interface TripWindow {
  readonly trips: readonly JournalTrip[];
  readonly count: number;
}

export interface JournalChoices {
  readonly accounts: readonly string[];
  /** What the trader calls those that are connected. */
  readonly accountNames: Readonly<Record<string, string>>;
  readonly symbols: readonly string[];
  readonly tags: readonly string[];
  readonly mistakes: readonly string[];
  readonly trips: number;
  /** Statements whose deals have not come from another device yet. */
  readonly missing: number;
}

export interface HandAsk {
  readonly account: string;
  readonly symbol: string;
  /** Null: not said yet. */
  readonly currency: string | null;
  readonly atMs: number;
}

export interface HandHints {
  /** As it was asked with; else that of the account. */
  readonly currency: string | null;
  /** Money per unit of price and lot. */
  readonly perLot: number | null;
}

export interface StatementPreview {
  readonly read: Omit<StatementRead, 'deals'>;
  readonly deals: number;
  /** Deals that the journal has already, from another statement or account. */
  readonly known: number;
  /** Those of them that stand there at another time, as of a zone that was chosen otherwise. */
  readonly moved: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** Why a line of a calendar was left out. */
export type NewsSkip =
  'no-title' | 'no-currency' | 'no-impact' | 'no-time' | 'skipped-time' | 'not-read';

export interface NewsRead {
  readonly events: readonly NewsEvent[];
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly currencies: readonly string[];
  readonly counts: Readonly<Record<NewsImpact, number>>;
  /** Its times say how far they are from UTC: no zone is asked for. */
  readonly statesZone: boolean;
  readonly skippedByReason: Readonly<Partial<Record<NewsSkip, number>>>;
}

export interface JournalWorker {
  /** Of a calendar of news. Errors: `journal.*`, `store.unavailable`. */
  news(file: File, zone: string): Promise<Result<NewsRead, Failure>>;
  /** Of a list of trades, or what may be one; else null. Errors: `journal.*`. */
  columns(file: File): Promise<Result<ListColumns | null, Failure>>;
  /** Errors: `journal.*`. */
  preview(file: File, choice: StatementChoice): Promise<Result<StatementPreview, Failure>>;
  /** Keeps it as a statement; the id of it. Errors as above and `store.*`. */
  keep(
    file: File,
    choice: StatementChoice,
  ): Promise<Result<{ id: string; added: number }, Failure>>;
  /** Lets go of the file that was read last: it may be large. */
  forget(): Promise<Result<null, Failure>>;
  trips(ask: TripFilter & WindowAsk): Promise<Result<TripWindow, Failure>>;
  /** Ids of what a filter leaves. */
  ids(filter: TripFilter): Promise<Result<readonly string[], Failure>>;
  trip(id: string): Promise<Result<JournalTrip | null, Failure>>;
  /** In order of time. */
  deals(id: string): Promise<Result<readonly TripDeal[], Failure>>;
  /** What others tell of one that is entered by hand. */
  handHints(ask: HandAsk): Promise<Result<HandHints, Failure>>;
  mergePlan(ids: readonly string[]): Promise<Result<MergePlan, Failure>>;
  /** Of each of these round trips the ids at which its marks may stand: a merged one has several. */
  markIds(ids: readonly string[]): Promise<Result<readonly (readonly string[])[], Failure>>;
  /**
   * How far each of these went while it was open, by id, by the bars on this device; those that none
   * reach over are left out. Errors: `store.*`.
   */
  excursions(ids: readonly string[]): Promise<Result<ExcursionsById, Failure>>;
  /** By the bars on this device; null where none reach over it. Errors: `store.*`. */
  measure(id: string): Promise<Result<TripMeasure | null, Failure>>;
  summary(filter: TripFilter): Promise<Result<readonly JournalSummary[], Failure>>;
  days(filter: TripFilter, zone: string): Promise<Result<readonly JournalDay[], Failure>>;
  /** By playbook, with the criteria that each has now. */
  playbooks(criteriaOf: CriteriaOf): Promise<Result<readonly PlaybookSums[], Failure>>;
  /** What goals are measured by, of all that is closed, by days of a zone. */
  goalDays(zone: string, criteriaOf: CriteriaOf): Promise<Result<readonly GoalDay[], Failure>>;
  mistakes(filter: TripFilter): Promise<Result<readonly MistakeSums[], Failure>>;
  report(filter: TripFilter, ask: ReportQuestion): Promise<Result<TripReport, Failure>>;
  /** `b` null: all that the filter leaves but `a`. */
  compare(
    filter: TripFilter,
    ask: ReportQuestion & { readonly a: GroupChoice; readonly b: GroupChoice | null },
  ): Promise<Result<GroupComparison, Failure>>;
  /** By the bars on this device. Errors: `store.*`. */
  whatIf(
    filter: TripFilter,
    ask: ReportQuestion & { readonly rule: WhatIfRule },
  ): Promise<Result<WhatIfAnswer, Failure>>;
  /** By the bars on this device. Errors: `store.*`. */
  whileOpen(filter: TripFilter, ask: ReportQuestion): Promise<Result<WhileOpenAnswer, Failure>>;
  /** What a filter leaves as a file, by time of opening. */
  file(filter: TripFilter, kind: TripFileKind): Promise<Result<Blob, Failure>>;
  /** What there is. */
  choices(): Promise<Result<JournalChoices, Failure>>;
  /** Calls whenever answers may have become others; a first time when there are any. */
  follow(onchange: () => void): Promise<Result<null, Failure>>;
}
