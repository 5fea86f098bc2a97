/** A position from its first deal to its last, as the journal shows and counts it. */
import type { Side } from '../broker/book.ts';

export interface RoundTrip {
  /**
   * `account position`; where a position went through flat or turned, the second part ends with
   * `#2` and so on. Without positions: `account #deal` of the deal that opened it.
   */
  readonly id: string;
  readonly account: string;
  readonly symbol: string;
  readonly side: Side;
  /** Of the first deal that is known. */
  readonly openedMs: number;
  /** Null: still open. */
  readonly closedMs: number | null;
  /** All that was opened, lots; where the opening is not known, all that was closed. */
  readonly volumeLots: number;
  /** What is open still, lots. */
  readonly openLots: number;
  /** Means weighted by volume; null where no such deal is known. */
  readonly entryPrice: number | null;
  readonly exitPrice: number | null;
  /** Money of the account before costs, and what was booked besides (costs negative). */
  readonly gross: number;
  readonly commission: number;
  readonly fee: number;
  readonly swap: number;
  /** The sum of the four. */
  readonly net: number;
  /** Levels at the first deal that had some; null where not told. */
  readonly sl: number | null;
  readonly tp: number | null;
  /** False: deals are missing, as at the edge of a statement. */
  readonly isWhole: boolean;
  /** Keys of its deals in order of time, see `dealKey`. */
  readonly deals: readonly string[];
}

export function byOpening(a: RoundTrip, b: RoundTrip): number {
  return a.openedMs - b.openedMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
