/** What the archive worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';

/** What an archive added to this device; what was there already is in no figure. */
export interface ArchiveReport {
  readonly series: number;
  /** And ticks. */
  readonly bars: number;
  readonly strategies: number;
  readonly runs: number;
  readonly settings: number;
  readonly notes: number;
  readonly pictures: number;
  readonly statements: number;
  /** Round trips with something written at them. */
  readonly tripMarks: number;
  /** Entered by hand. */
  readonly handTrips: number;
  readonly playbooks: number;
  /** With a mood, goals or ticks. */
  readonly journalDays: number;
  readonly checklistItems: number;
  readonly journalViews: number;
  /** Merged and split by hand. */
  readonly tripEdits: number;
  readonly goals: number;
  readonly newsMonths: number;
  /** Symbols. */
  readonly watchlist: number;
  /** Of charts. */
  readonly layouts: number;
  readonly drawings: number;
  /** Searches that are new here, or of which more is known than before. */
  readonly sweeps: number;
  /** Ids of series left as they are here, because the archive has them with other columns. */
  readonly keptSeries: readonly string[];
}

export interface ArchiveWorker {
  /** Everything on this device as one file. */
  exportAll(): Promise<Result<Blob, Failure>>;
  /** Adds what the file has and this device has not, in one transaction; nothing is lost here. */
  importAll(file: Blob): Promise<Result<ArchiveReport, Failure>>;
  /** Adds what is here to another database, as `importAll` does. */
  carryInto(name: string): Promise<Result<ArchiveReport, Failure>>;
}
