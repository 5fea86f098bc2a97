/** The deals of statements as contents: the JSON of `core/journal/deal-columns.ts`. */
import { columnsOf, dealsIn } from '#core/journal/deal-columns.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { plainBytes } from './plain-bytes.ts';

const prefetched = 1_000;

export function writeDeals(deals: readonly JournalDeal[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(JSON.stringify(columnsOf(deals))));
}

/** Null for what is no deals, or of a later version. */
export function readDeals(bytes: Uint8Array): readonly JournalDeal[] | null {
  try {
    return dealsIn(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

export const statementContent = plainBytes({
  mark: 'statement',
  // The journal counts what is here: deals are small, and never given up for room.
  givesWay: false,
  newest: ({ statements }) =>
    statements.orderBy('importedMs').reverse().limit(prefetched).toArray(),
});
