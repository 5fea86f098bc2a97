/** What a benchmark asks of a page that syncs, and what it answers. */
import type { SyncStatus } from '#workers/replica/api.ts';

export interface FirstSyncTimes {
  /** The newest rows stand in the table that a list reads. */
  readonly listMs: number;
  /** Everything is on the device, and a row that is wanted is had at once. */
  readonly readableMs: number;
  readonly explodedMs: number;
  readonly longestTaskMs: number;
}

export interface ReplicaFigures {
  readonly cursor: number;
  /** The last number of the server that this device has heard of. */
  readonly head: number;
  /** Nothing waits to be sent. */
  readonly isSynced: boolean;
  readonly phase: SyncStatus['phase'] | null;
}

/** What a benchmark asks of the page; times are of the clock that all pages share. */
export interface SyncPage {
  open(name: string, userId: string): Promise<void>;
  startSync(): Promise<void>;
  stopSync(): Promise<void>;
  figures(): Promise<ReplicaFigures>;
  /** Every field of so many notes, a field at a time. */
  writeFields(notes: number, seed: number): Promise<void>;
  /** Notes that came from elsewhere, straight into the store. */
  fill(notes: number): Promise<void>;
  commitTimes(count: number): Promise<readonly number[]>;
  firstSync(notes: number): Promise<FirstSyncTimes>;
  /** Writes a title; answers when that began. */
  writeTitle(index: number, title: string): Promise<number>;
  /** When a list showed that title. */
  titleSeen(index: number, title: string): Promise<number>;
  /** All notes as one text. */
  content(): Promise<string>;
}

declare global {
  interface Window {
    syncPage: SyncPage;
  }
}
