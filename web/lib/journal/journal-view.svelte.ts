/** What the Journal page shows: a filter, an order, and what the worker answers to both. */
import type { Remote } from 'comlink';
import type { Failure } from '#core/errors.ts';
import { isTripOrder } from '#core/journal/trip-orders.ts';
import type { Result } from '#core/result.ts';
import type {
  ExcursionsById,
  JournalChoices,
  JournalDay,
  JournalSummary,
  JournalWorker,
  TripFileKind,
  TripFilter,
  TripWindow,
} from '#workers/journal/api.ts';
import { notify } from '../state/notices.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { saveFile } from '../state/save-file.ts';
import { journalTable } from './list-look.svelte.ts';
import { say } from '../words/language.ts';
import { timeText } from '../words/times.ts';
import { zoneOf } from './day-zone.ts';
import { filterOf, journalChoice } from './filter-choice.svelte.ts';
import { openJournalEngine, type JournalEngine } from './journal-engine.ts';

const pageRows = 200;

export class JournalView {
  readonly choice = journalChoice;
  /** Order and columns of the list. */
  readonly table = journalTable();
  window = $state.raw<TripWindow | null>(null);
  summaries = $state.raw<readonly JournalSummary[]>([]);
  days = $state.raw<readonly JournalDay[]>([]);
  choices = $state.raw<JournalChoices | null>(null);
  /** Of those in the window, where the list shows how far they went. */
  excursions = $state.raw<ExcursionsById>({});
  failure = $state.raw<Failure | null>(null);
  /** Rises when the worker has other deals or marks. */
  version = $state(0);
  private wanted = $state(pageRows);
  readonly engine: JournalEngine = openJournalEngine(() => this.version++);
  private readonly turns: Record<string, number> = {};
  private readonly filter: TripFilter = $derived(filterOf(this.choice));

  /** Call it while a component is set up. */
  follow(): void {
    $effect(() => () => this.engine.stop());
    $effect(() => {
      // Another filter begins at the top.
      void this.filter;
      this.wanted = pageRows;
    });
    $effect(() => {
      void this.version;
      this.ask(
        'choices',
        (worker) => worker.choices(),
        (it) => (this.choices = it),
      );
    });
    $effect(() => {
      void this.version;
      const { column = '', descending = true } = this.table.sort ?? {};
      const order = isTripOrder(column)
        ? { order: column, descending }
        : { order: 'closedMs' as const, descending: true };
      const asked = { ...this.filter, ...order, offset: 0, limit: this.wanted };
      this.ask(
        'trips',
        (worker) => worker.trips(asked),
        (it) => (this.window = it),
      );
    });
    $effect(() => {
      void this.version;
      const isShown = this.table.isShown('mae') || this.table.isShown('mfe');
      const ids = isShown ? (this.window?.trips ?? []).map(({ id }) => id) : [];
      if (ids.length === 0) return;
      this.ask(
        'excursions',
        (worker) => worker.excursions(ids),
        (it) => (this.excursions = it),
      );
    });
    $effect(() => {
      void this.version;
      const filter = { ...this.filter };
      const zone = zoneOf(preferences.current.times);
      // The calendar is what days are chosen from: it shows all of them.
      const everyDay = { ...filter, fromMs: null, untilMs: null };
      this.ask(
        'summary',
        (worker) => worker.summary(filter),
        (it) => (this.summaries = it),
      );
      this.ask(
        'days',
        (worker) => worker.days(everyDay, zone),
        (it) => (this.days = it),
      );
    });
  }

  /** As it can be asked with. */
  filterNow(): TripFilter {
    return { ...this.filter };
  }

  more(): void {
    this.wanted += 5 * pageRows;
  }

  /** What the filter leaves as a file in the downloads. */
  async save(kind: TripFileKind): Promise<void> {
    const filter = { ...this.filter };
    const made = await this.engine.ask((worker) => worker.file(filter, kind));
    if (!made.ok) {
      this.failure = made.error;
      return;
    }
    const day = timeText(Date.now(), preferences.current.times, { dateOnly: true });
    saveFile(made.value, `offing-journal-${day}.${kind}`);
    if (preferences.current.amounts === 'hidden') {
      void notify({ text: say`The file has the amounts that are hidden here.`, tone: 'warning' });
    }
  }

  /** Of answers to the same question only the last asked counts. */
  private ask<T>(
    name: string,
    question: (worker: Remote<JournalWorker>) => Promise<Result<T, Failure>>,
    take: (value: T) => void,
  ): void {
    const turn = (this.turns[name] ?? 0) + 1;
    this.turns[name] = turn;
    void this.engine.ask(question).then((result: Result<T, Failure>) => {
      if (this.turns[name] !== turn) return;
      if (result.ok) take(result.value);
      else if (result.error.code !== 'work.cancelled') this.failure = result.error;
    });
  }
}
