/**
 * What stands between a replica and the wire: it packs and seals what leaves, and opens what comes.
 *
 * The replica itself never sees a sealed value, nor the name of one.
 */
import type { Fragment, WireFragment } from '#core/sync/fragment.ts';

/** Fragments that had to wait and can be merged now. */
export interface LateFragments {
  readonly fragments: readonly Fragment[];
  /** To be called once they are merged: until then they are kept. */
  done(): Promise<void>;
}

export interface Sealer {
  /** Of the `Sealing` that it was opened for: what it makes and opens is of no other. */
  readonly epoch: number;
  /**
   * One wire fragment for each op, in order. Their chunks are stored on the server by then, or the
   * server will answer `missing` for those whose chunks it could not be given.
   */
  seal(ops: readonly Fragment[]): Promise<WireFragment[]>;
  /**
   * What of a page can be merged now, whole fragments alone, in order.
   *
   * The others are kept aside before it answers: those whose chunks cannot be had now and
   * deletions of rows not seen yet come with `late`; those that are damaged are told.
   */
  open(wire: readonly WireFragment[]): Promise<Fragment[]>;
  /** To be asked after pages were merged, and now and then. */
  late(): Promise<LateFragments>;
  /** The name of a row on the wire, as digests know it. */
  idOf(collection: string, row: string): string;
  /** The same of a cell. */
  cellOf(row: string, cell: string): string;
  /** About how many bytes an op takes on the wire. */
  bytesOf(op: Fragment): number;
}
