/** The latest entry into each position, out of the broker's deals. */
import type { Deal } from '../broker/book.ts';

export interface LatestEntry {
  /** The broker's order that it came of. */
  readonly order: string;
  readonly magic: string;
  readonly serverMs: number;
  /** What the position was then. */
  readonly lots: number;
  /** Fills that it came of, since it was turned round. */
  readonly entries: number;
}

/** By position. `deals` are in the order of the broker's time. */
export function entriesOfDeals(deals: readonly Deal[]): ReadonlyMap<string, LatestEntry> {
  const lots = new Map<string, number>();
  const entries = new Map<string, LatestEntry>();
  for (const { position, entry, volumeLots, order, magic, serverMs } of deals) {
    const before = lots.get(position) ?? 0;
    const isEntry = entry === 'in' || entry === 'inout';
    const sum = entry === 'in' ? before + volumeLots : Math.abs(before - volumeLots);
    const after = Number(sum.toPrecision(12));
    lots.set(position, after);
    if (!isEntry) continue;
    const earlier = entry === 'in' ? (entries.get(position)?.entries ?? 0) : 0;
    entries.set(position, { order, magic, serverMs, lots: after, entries: earlier + 1 });
  }
  return entries;
}
