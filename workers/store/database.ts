/**
 * The trader's data on this device: one IndexedDB database an account, opened by pages and workers
 * alike. Rows of collections lie as `row-record.ts` says and are read as pages know them; they are
 * written by `writing.ts` alone.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { ChartLayout } from '#core/collections/chart-layout.ts';
import type { ChecklistItem } from '#core/collections/checklist-item.ts';
import type { Drawing } from '#core/collections/drawing.ts';
import type { Goal } from '#core/collections/goal.ts';
import type { HandTrip } from '#core/collections/hand-trip.ts';
import type { DayEntry } from '#core/collections/journal-day.ts';
import type { SavedView } from '#core/collections/journal-view.ts';
import type { NewsMonth } from '#core/collections/news-month.ts';
import type { Note } from '#core/collections/note.ts';
import type { Picture } from '#core/collections/picture.ts';
import type { Playbook } from '#core/collections/playbook.ts';
import type { PriceFile } from '#core/collections/price-file.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Run } from '#core/collections/run.ts';
import type { Setting } from '#core/collections/setting.ts';
import type { Statement } from '#core/collections/statement.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import type { TripEdit } from '#core/collections/trip-edit.ts';
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';
import { completeSettings, type RunSettings } from '#core/execution/settings.ts';
import type { TrialColumns } from '#core/optimise/measures.ts';
import type { Sweep } from '#core/optimise/sweep.ts';
import type { RowState } from '#core/sync/row-state.ts';
import type { StoredPack } from '#workers/replica/packs.ts';
import type { Loser, OutboxEntry, ShadowRow, ShelvedOp } from '#workers/replica/replica-store.ts';
import type { DealAccount, DealMonth } from './account-deals.ts';
import { DEFAULT_NAME } from './database-names.ts';
import type { ListReading } from './list-readings.ts';
import { projection } from './record-projection.ts';

/** One month of a price series, encoded by `core/market/chunk.ts`. */
export interface BarChunk {
  readonly seriesId: string;
  /** `2014-05`, of the first bar's open in UTC. */
  readonly month: string;
  readonly bars: number;
  readonly bytes: Uint8Array;
}

/** One day of a series of ticks, encoded by `core/market/tick-chunk.ts`. */
export interface TickChunk {
  readonly seriesId: string;
  /** `2014-05-08`, in UTC. */
  readonly day: string;
  readonly ticks: number;
  readonly bytes: Uint8Array;
}

/** The large arrays of a run, apart from its row so that lists stay light. */
export interface RunArrays {
  readonly runId: string;
  /** Money at the close of each bar. */
  readonly equity: Float64Array;
  /** Open times of the bars that equity is of, where several markets share it. */
  readonly timelineMs?: Float64Array;
  readonly roundTrips: {
    readonly count: number;
    readonly entryBar: Int32Array;
    readonly exitBar: Int32Array;
    readonly entryMs: Float64Array;
    readonly exitMs: Float64Array;
    readonly entryPrice: Float64Array;
    readonly exitPrice: Float64Array;
    readonly units: Float64Array;
    readonly profit: Float64Array;
    readonly commission: Float64Array;
    readonly exitReason: Uint8Array;
    readonly ambiguous: Uint8Array;
    /** Missing where `RoundTripColumns` says so. */
    readonly market?: Uint16Array;
    readonly swap?: Float64Array;
    readonly slippage?: Float64Array;
    readonly otherProfit?: Float64Array;
  };
}

/** What a picture shows, apart from its row so that lists stay light. */
export interface PictureBytes {
  readonly pictureId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The deals of a statement as `statement-content.ts` writes them. */
export interface StatementBytes {
  readonly statementId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a batch of a search's trials came to, as `core/optimise/measures.ts` lays it out. */
export interface SweepBatch extends TrialColumns {
  readonly sweepId: string;
  readonly batch: number;
}

/** A row that no page lists: deleted, not whole yet, or of a collection of a later version. */
export interface HiddenRow extends RowState {
  readonly collection: string;
}

/** One chunk of what is too large for a row. */
export interface StoredBlob {
  /** SHA-256 of the bytes, in hexadecimal digits. */
  readonly hash: string;
  readonly bytes: Uint8Array;
  /** `upload`: the server may not have it yet · `kept`: it can be had again. */
  readonly state: 'upload' | 'kept';
  readonly usedMs: number;
}

/** What `ReplicaMeta`, `owner.ts` and `device.ts` name, each by its key. */
export interface MetaRow {
  readonly key: string;
  readonly value: unknown;
}

/** What is of this device and its server alone: no archive carries it. */
export const replicaTables: readonly string[] = [
  'hiddenRows',
  'outbox',
  'shadows',
  'replicaMeta',
  'losers',
  'shelf',
  'packs',
  'blobs',
  'dealAccounts',
  'dealMonths',
  'listReadings',
];

/** The tables of collections, by the names that the registry has them by. */
export const collectionTables: readonly string[] = [
  'checklistItems',
  'drawings',
  'goals',
  'handTrips',
  'journalDays',
  'journalViews',
  'layouts',
  'newsMonths',
  'notes',
  'pictures',
  'playbooks',
  'priceFiles',
  'runs',
  'settings',
  'statements',
  'strategies',
  'tripEdits',
  'tripMarks',
  'watchlist',
];

export class Database extends Dexie {
  declare readonly series: EntityTable<PriceSeries, 'id'>;
  declare readonly chunks: Table<BarChunk, [seriesId: string, month: string]>;
  declare readonly tickChunks: Table<TickChunk, [seriesId: string, day: string]>;
  declare readonly strategies: EntityTable<Strategy, 'id'>;
  declare readonly runs: EntityTable<Run, 'id'>;
  declare readonly runArrays: EntityTable<RunArrays, 'runId'>;
  declare readonly settings: EntityTable<Setting, 'key'>;
  declare readonly sweeps: EntityTable<Sweep, 'id'>;
  declare readonly sweepBatches: Table<SweepBatch, [sweepId: string, batch: number]>;
  declare readonly notes: EntityTable<Note, 'id'>;
  declare readonly pictures: EntityTable<Picture, 'id'>;
  declare readonly pictureBytes: EntityTable<PictureBytes, 'pictureId'>;
  declare readonly statements: EntityTable<Statement, 'id'>;
  declare readonly statementBytes: EntityTable<StatementBytes, 'statementId'>;
  declare readonly handTrips: EntityTable<HandTrip, 'id'>;
  declare readonly playbooks: EntityTable<Playbook, 'id'>;
  declare readonly journalDays: EntityTable<DayEntry, 'id'>;
  declare readonly checklistItems: EntityTable<ChecklistItem, 'id'>;
  declare readonly journalViews: EntityTable<SavedView, 'id'>;
  declare readonly tripEdits: EntityTable<TripEdit, 'id'>;
  declare readonly goals: EntityTable<Goal, 'id'>;
  declare readonly newsMonths: EntityTable<NewsMonth, 'id'>;
  /** Of connected accounts: they come from the server by themselves. */
  declare readonly dealAccounts: EntityTable<DealAccount, 'accountId'>;
  declare readonly dealMonths: Table<DealMonth, [accountId: string, month: string]>;
  declare readonly listReadings: EntityTable<ListReading, 'header'>;
  declare readonly tripMarks: EntityTable<TripMark, 'id'>;
  declare readonly watchlist: EntityTable<WatchlistItem, 'id'>;
  declare readonly priceFiles: EntityTable<PriceFile, 'id'>;
  declare readonly layouts: EntityTable<ChartLayout, 'id'>;
  declare readonly drawings: EntityTable<Drawing, 'id'>;
  declare readonly hiddenRows: Table<HiddenRow, [collection: string, id: string]>;
  declare readonly outbox: EntityTable<OutboxEntry, 'lsn'>;
  declare readonly shadows: Table<ShadowRow, [collection: string, row: string]>;
  declare readonly replicaMeta: EntityTable<MetaRow, 'key'>;
  declare readonly losers: EntityTable<Loser & { readonly id: number }, 'id'>;
  declare readonly shelf: EntityTable<ShelvedOp & { readonly id: number }, 'id'>;
  declare readonly packs: EntityTable<StoredPack, 'n'>;
  declare readonly blobs: EntityTable<StoredBlob, 'hash'>;

  constructor(name = DEFAULT_NAME) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      series: 'id',
      chunks: '[seriesId+month]',
      strategies: 'id, updatedMs',
      runs: 'id, createdMs, strategyId',
      runArrays: 'runId',
      settings: 'key',
    });
    this.version(2).stores({
      sweeps: 'id, createdMs',
      sweepBatches: '[sweepId+batch]',
    });
    this.version(3).stores({ tickChunks: '[seriesId+day]' });
    // Rows of before stay as they are: they are read leniently, and rewritten when they change.
    this.version(4).stores({
      notes: 'id, updatedMs',
      watchlist: 'id, list',
      priceFiles: 'id, seriesId',
      hiddenRows: '[collection+id]',
      outbox: '++lsn, [collection+row]',
      shadows: '[collection+row]',
      replicaMeta: 'key',
      losers: '++id, [collection+row], atMs',
      shelf: '++id',
      packs: '++n',
      blobs: 'hash, usedMs',
    });
    this.version(5).stores({ layouts: 'id', drawings: 'id, symbol' });
    this.version(6).stores({ pictures: 'id, noteId, createdMs', pictureBytes: 'pictureId' });
    this.version(7).stores({
      statements: 'id, importedMs',
      statementBytes: 'statementId',
      tripMarks: 'id',
    });
    this.version(8).stores({ handTrips: 'id' });
    this.version(9).stores({ playbooks: 'id', journalDays: 'id', checklistItems: 'id' });
    this.version(10).stores({
      dealAccounts: 'accountId',
      dealMonths: '[accountId+month]',
      listReadings: 'header',
    });
    this.version(11).stores({ journalViews: 'id', tripEdits: 'id', goals: 'id', newsMonths: 'id' });
    for (const name of collectionTables) {
      const project = projection(name);
      this.table<Record<string, unknown>>(name).hook('reading', (row) => row && project(row));
    }
    this.strategies.hook('reading', withWholeSettings);
    this.runs.hook('reading', withWholeSettings);
    this.sweeps.hook('reading', withWholeSettings);
  }
}

/**
 * Rows keep the settings they were stored with; what a later version added is filled in here.
 * A key that is looked up and not there is undefined.
 */
function withWholeSettings<T extends { readonly settings: RunSettings }>(row: T): T;
function withWholeSettings<T extends { readonly settings: RunSettings }>(row: T | undefined) {
  return row && { ...row, settings: completeSettings(row.settings) };
}
