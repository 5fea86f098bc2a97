/** The latest entry into each position, out of the broker's deals. */
import type { TimedDeal } from './timed-deals.ts';

export interface LatestEntry {
  /** The broker's order that it came of, in one deal or several. */
  readonly order: string;
  /** UTC, of its first deal. */
  readonly atMs: number;
  /** What the position was then. */
  readonly lots: number;
  /** Orders that it came of, since it was turned round. */
  readonly entries: number;
  /** Orders that took from the position before this entry. */
  readonly leftBefore: ReadonlySet<string>;
}

interface Known {
  readonly lots: number;
  readonly left: ReadonlySet<string>;
  readonly latest: LatestEntry | null;
}

const unknown: Known = { lots: 0, left: new Set(), latest: null };

/** By position. `deals` are in the order of the broker's time. */
export function entriesOfDeals(deals: readonly TimedDeal[]): ReadonlyMap<string, LatestEntry> {
  const known = new Map<string, Known>();
  for (const deal of deals) {
    known.set(deal.position, after(known.get(deal.position) ?? unknown, deal));
  }
  const latest = [...known].flatMap(([position, { latest: entry }]) =>
    entry ? [[position, entry] as const] : [],
  );
  return new Map(latest);
}

function after({ lots: before, left, latest }: Known, deal: TimedDeal): Known {
  const { entry, volumeLots, order, atMs } = deal;
  const sum = entry === 'in' ? before + volumeLots : Math.abs(before - volumeLots);
  const lots = Number(sum.toPrecision(12));
  if (entry !== 'in' && entry !== 'inout') return { lots, left: new Set(left).add(order), latest };
  if (entry === 'in' && latest?.order === order) return { lots, left, latest: { ...latest, lots } };
  const entries = entry === 'in' ? (latest?.entries ?? 0) + 1 : 1;
  return { lots, left, latest: { order, atMs, lots, entries, leftBefore: left } };
}
