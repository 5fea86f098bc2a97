/** What the page of reports shows: the filter of the journal, a unit, and what the worker answers. */
import type { Failure } from '#core/errors.ts';
import type { GroupChoice, GroupComparison } from '#core/journal/compare-groups.ts';
import type { TripReport } from '#core/journal/trip-report.ts';
import type { TripUnit } from '#core/journal/trip-units.ts';
import type { Result } from '#core/result.ts';
import type { WhatIfRule } from '#core/journal/what-if.ts';
import type {
  JournalChoices,
  NewsRead,
  ReportQuestion,
  TripFilter,
  TripWindow,
  WhatIfAnswer,
  WhileOpenAnswer,
} from '#workers/journal/api.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { closedAlone } from './closed-filter.ts';
import { zoneOf } from './day-zone.ts';
import { openJournalEngine, type JournalEngine } from './journal-engine.ts';
import { filterOf, journalChoice } from './filter-choice.svelte.ts';
import { newsChoice } from './news-choice.svelte.ts';
import { unitMarkText, unitText } from './unit-words.ts';

/** Two groups of one kind; `b` null = all that are not in `a`. */
export interface ComparisonChoice {
  readonly a: GroupChoice;
  readonly b: GroupChoice | null;
}

export class ReportView {
  readonly choice = journalChoice;
  unit = $state<TripUnit>('money');
  /** Undefined: that of most round trips. */
  currency = $state<string | null | undefined>(undefined);
  report = $state.raw<TripReport | null>(null);
  choices = $state.raw<JournalChoices | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Asked for by who compares; null = nothing is compared. */
  private compared = $state.raw<ComparisonChoice | null>(null);
  comparison = $state.raw<GroupComparison | null>(null);
  supposed = $state.raw<WhatIfAnswer | null>(null);
  private rule = $state.raw<WhatIfRule | null>(null);
  whileOpen = $state.raw<WhileOpenAnswer | null>(null);
  /** From the press on: reading years of bars is nothing to begin unasked. */
  isMeasuring = $state(false);
  /** Rises when the worker has other deals or marks. */
  private version = $state(0);
  private readonly engine: JournalEngine = openJournalEngine(() => this.version++);
  private readonly filter: TripFilter = $derived(filterOf(this.choice));
  private readonly question: ReportQuestion = $derived({
    unit: this.unit,
    zone: zoneOf(preferences.current.times),
    newsWindow: newsChoice.window,
    ...(this.currency === undefined ? {} : { currency: this.currency }),
  });

  /** Call it while a component is set up. */
  follow(): void {
    $effect(() => () => this.engine.stop());
    $effect(() => {
      void this.version;
      return this.take(
        this.engine.ask((worker) => worker.choices()),
        (it) => (this.choices = it),
      );
    });
    $effect(() => {
      void this.version;
      const [filter, question] = [{ ...this.filter }, $state.snapshot(this.question)];
      return this.take(
        this.engine.ask((worker) => worker.report(filter, question)),
        (it) => {
          this.report = it;
          // Of a currency that the filter has left nothing of there is nothing to show.
          const isThere = it.currencies.some((each) => each === this.currency);
          if (!isThere && it.currencies.length > 0) this.currency = undefined;
        },
      );
    });
    $effect(() => {
      void this.version;
      const { compared } = this;
      const [filter, question] = [{ ...this.filter }, $state.snapshot(this.question)];
      this.comparison = null;
      if (!compared) return;
      return this.take(
        this.engine.ask((worker) => worker.compare(filter, { ...question, ...compared })),
        (it) => (this.comparison = it),
      );
    });
    $effect(() => {
      void this.version;
      const { rule } = this;
      const [filter, question] = [{ ...this.filter }, $state.snapshot(this.question)];
      this.supposed = null;
      if (!rule) return;
      return this.take(
        this.engine.ask((worker) => worker.whatIf(filter, { ...question, rule })),
        (it) => (this.supposed = it),
      );
    });
    $effect(() => {
      void this.version;
      const [filter, question] = [{ ...this.filter }, $state.snapshot(this.question)];
      this.whileOpen = null;
      if (!this.isMeasuring) return;
      return this.take(
        this.engine.ask((worker) => worker.whileOpen(filter, question)),
        (it) => (this.whileOpen = it),
      );
    });
  }

  /** The same groups again ask nothing anew. */
  compare(wanted: ComparisonChoice): void {
    const known = this.compared;
    if (known && isSame(known.a, wanted.a) && isSame(known.b, wanted.b)) return;
    this.compared = wanted;
  }

  suppose(rule: WhatIfRule): void {
    this.rule = rule;
  }

  /** Of the closed ones that the filter leaves, which figures are of, those that were closed last. */
  newest(limit: number): Promise<Result<TripWindow, Failure>> {
    const closed = closedAlone(this.filter);
    const asked = { ...closed, order: 'closedMs', descending: true, offset: 0, limit } as const;
    return this.engine.ask((worker) => worker.trips(asked));
  }

  /** Of a calendar that is chosen, before it is kept. */
  readNews(file: File, zone: string): Promise<Result<NewsRead, Failure>> {
    return this.engine.ask((worker) => worker.news(file, zone));
  }

  /** Whether what it shows is money of the trader's. */
  get isMoney(): boolean {
    return this.report?.unit === 'money';
  }
  /** Money, and hidden: also from who listens, and from what a pointer brings up. */
  get isVeiled(): boolean {
    return this.isMoney && preferences.current.amounts === 'hidden';
  }
  text(value: number | null): string {
    return unitText(value, this.report?.unit ?? this.unit, this.report?.currency ?? null);
  }
  markText(value: number, digits: number): string {
    return unitMarkText(value, this.report?.unit ?? this.unit, digits);
  }
  /** For words that no style can veil. */
  spoken(value: number | null): string {
    return this.isVeiled ? '•••' : this.text(value);
  }

  /** What undoes it: of answers to the same question only the last asked counts. */
  private take<T>(answer: ReturnType<typeof this.engine.ask<T>>, use: (value: T) => void) {
    let isWanted = true;
    void answer.then((result) => {
      if (!isWanted) return;
      if (result.ok) use(result.value);
      else if (result.error.code !== 'work.cancelled') this.failure = result.error;
    });
    return () => {
      isWanted = false;
    };
  }
}

function isSame(one: GroupChoice | null, other: GroupChoice | null): boolean {
  return one?.kind === other?.kind && one?.key === other?.key;
}
