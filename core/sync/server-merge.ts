/**
 * What becomes of the live fragments of some rows when changes arrive: each cell keeps its latest
 * stamp, and a fragment lives while a cell of its own does.
 *
 * Identity is (row, cell, stamp): what is known already changes nothing. Values of cells that were
 * written over are dropped. Cells that a live snapshot covers are dropped as they come.
 */
import {
  bytesOfJson,
  DELETED,
  isDeletionAlone,
  toWire,
  type Cells,
  type Fragment,
  type Json,
} from './fragment.ts';

/** A fragment as it is kept: of its cells those in `live` count. */
export interface StoredFragment extends Fragment {
  /** Tells apart fragments of one stamp. */
  readonly part: number;
  readonly seq: number;
  readonly live: readonly string[];
  readonly bytes: number;
}

export interface FragmentChanges {
  readonly insert: readonly StoredFragment[];
  /** The same fragments with fewer live cells. */
  readonly shrink: readonly StoredFragment[];
  readonly remove: readonly StoredFragment[];
}

export interface RowKey {
  readonly collection: string;
  readonly row: string;
}

export interface Merging {
  /** True when the row was purged and the fragment says more than that it is deleted. */
  isGone(fragment: Fragment): boolean;
  /**
   * Merges all of them, each with a sequence number of its own behind the one before, or none
   * where they would take more than `roomBytes`; says which. What takes no more than it frees is
   * always merged, and so is a deletion of a row that is there.
   */
  take(fragments: readonly Fragment[], roomBytes: number): boolean;
  /** The last sequence number given. */
  seq(): number;
  /** What all that was taken needs beyond what it freed. */
  grownBytes(): number;
  changes(): FragmentChanges;
}

/** A stored fragment at work. */
interface Kept {
  readonly original: StoredFragment | null;
  now: StoredFragment;
}

interface MergedRow {
  kept: Kept[];
  readonly owners: Map<string, Kept>;
}

/** `existing` are all live fragments of every row that will be touched; `seq` the last one given. */
export function mergingOf(existing: readonly StoredFragment[], seq: number): Merging {
  return new RowsMerging(existing, seq);
}

class RowsMerging implements Merging {
  /** By collection, and then by id. */
  private readonly rows = new Map<string, Map<string, MergedRow>>();
  private readonly removed: StoredFragment[] = [];
  private lastSeq: number;
  private grown = 0;

  constructor(existing: readonly StoredFragment[], seq: number) {
    this.lastSeq = seq;
    for (const fragment of existing) {
      add(this.rowOf(fragment), { original: fragment, now: fragment });
    }
  }

  isGone(fragment: Fragment): boolean {
    const row = this.rows.get(fragment.collection)?.get(fragment.row);
    const purge = row?.kept.find(({ now }) => now.purged);
    if (!purge) return false;
    const isOld = fragment.hlc <= purge.now.hlc;
    return !isOld || Object.keys(fragment.cells).some((cell) => cell !== DELETED);
  }

  take(fragments: readonly Fragment[], roomBytes: number): boolean {
    const sizes = fragments.map(bytesOfStored);
    const most = sizes.reduce((sum, bytes) => sum + bytes, 0);
    const mergeAll = () => fragments.forEach((each, i) => this.merge(each, sizes[i]!));
    if (this.grown + most <= roomBytes || fragments.every((each) => this.deletesOnly(each))) {
      mergeAll();
      return true;
    }
    const before = this.grown;
    const undo = this.bookmark(fragments);
    mergeAll();
    if (this.grown <= Math.max(before, roomBytes)) return true;
    undo();
    return false;
  }

  seq(): number {
    return this.lastSeq;
  }

  grownBytes(): number {
    return this.grown;
  }

  changes(): FragmentChanges {
    const rows = [...this.rows.values()].flatMap((some) => [...some.values()]);
    const all = rows.flatMap(({ kept }) => kept);
    const isShrunk = ({ original, now }: Kept) => original !== null && original !== now;
    return {
      insert: all.filter(({ original }) => !original).map(({ now }) => now),
      shrink: all.filter(isShrunk).map(({ now }) => now),
      remove: this.removed,
    };
  }

  private rowOf({ collection, row }: RowKey): MergedRow {
    let rows = this.rows.get(collection);
    if (!rows) this.rows.set(collection, (rows = new Map()));
    let found = rows.get(row);
    if (!found) rows.set(row, (found = { kept: [], owners: new Map() }));
    return found;
  }

  /** `bytes` are what it takes as it came. */
  private merge(fragment: Fragment, bytes: number): void {
    const row = this.rowOf(fragment);
    const { hlc, cells, covers } = fragment;
    if (covers) {
      this.release(
        row,
        covers.filter((cell) => !Object.hasOwn(cells, cell)),
      );
    }
    const names = Object.keys(cells);
    const live = names.filter((cell) => {
      const owner = row.owners.get(cell);
      return owner ? hlc > owner.now.hlc : !isCovered(row, cell);
    });
    if (live.length === 0) return;
    this.release(row, live);
    let part = 0;
    for (const { now } of row.kept) if (now.hlc === hlc) part = Math.max(part, now.part + 1);
    this.lastSeq += 1;
    const whole = { ...fragment, part, seq: this.lastSeq, live, bytes };
    const now = live.length === names.length ? whole : shrunk(whole, live);
    this.grown += now.bytes;
    add(row, { original: null, now });
  }

  private deletesOnly(fragment: Fragment): boolean {
    return isDeletionAlone(fragment) && this.rowOf(fragment).kept.length > 0;
  }

  /** The cells leave the fragments that had them. */
  private release(row: MergedRow, cells: readonly string[]): void {
    const lostBy = new Map<Kept, string[]>();
    for (const cell of cells) {
      const owner = row.owners.get(cell);
      if (!owner) continue;
      const lost = lostBy.get(owner);
      if (lost) lost.push(cell);
      else lostBy.set(owner, [cell]);
      row.owners.delete(cell);
    }
    for (const [kept, lost] of lostBy) {
      this.grown -= kept.now.bytes;
      const live = kept.now.live.filter((cell) => !lost.includes(cell));
      if (live.length > 0) {
        kept.now = shrunk(kept.now, live);
        this.grown += kept.now.bytes;
        continue;
      }
      row.kept = row.kept.filter((each) => each !== kept);
      if (kept.original) this.removed.push(kept.original);
    }
  }

  /** Undoes what is done to these rows after it was called. */
  private bookmark(fragments: readonly Fragment[]): () => void {
    const { lastSeq, grown } = this;
    const { length } = this.removed;
    const copies = new Map(
      fragments.map((each) => {
        const row = this.rowOf(each);
        return [row, row.kept.map((kept) => ({ ...kept }))] as const;
      }),
    );
    return () => {
      Object.assign(this, { lastSeq, grown });
      this.removed.length = length;
      for (const [row, kept] of copies) {
        row.kept = [];
        row.owners.clear();
        for (const each of kept) add(row, each);
      }
    };
  }
}

function add(row: MergedRow, kept: Kept): void {
  row.kept.push(kept);
  for (const cell of kept.now.live) row.owners.set(cell, kept);
}

function isCovered(row: MergedRow, cell: string): boolean {
  return row.kept.some(({ now }) => now.covers?.includes(cell));
}

/** What keeping a fragment takes in the account: its JSON, and 60 bytes for its place. */
export function bytesOfStored(fragment: Fragment): number {
  return bytesOfJson(toWire(fragment)) + 60;
}

function shrunk(fragment: StoredFragment, live: readonly string[]): StoredFragment {
  const cells: Record<string, Json> = {};
  for (const cell of live) cells[cell] = fragment.cells[cell]!;
  const less = { ...fragment, live, cells: cells as Cells };
  return { ...less, bytes: bytesOfStored(less) };
}

/** The purge of a deleted row: nothing is left of it but that it is deleted, numbered `seq`. */
export function purgeOf(
  fragments: readonly StoredFragment[],
  seq: number,
): { readonly changes: FragmentChanges; readonly grownBytes: number } | null {
  const deletion = fragments.find(
    ({ cells, live, purged }) => live.includes(DELETED) && cells[DELETED] === 1 && !purged,
  );
  if (!deletion) return null;
  const { collection, row, hlc, schemaVersion } = deletion;
  const cells = { [DELETED]: 1 };
  const left: Fragment = { collection, row, hlc, cells, schemaVersion, purged: true };
  const bytes = bytesOfStored(left);
  const freed = fragments.reduce((sum, each) => sum + each.bytes, 0);
  const insert = [{ ...left, part: deletion.part, seq, live: [DELETED], bytes }];
  return { changes: { insert, shrink: [], remove: fragments }, grownBytes: bytes - freed };
}
