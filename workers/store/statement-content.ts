/** The deals of statements as contents: bytes of `deal-bytes.ts`; older ones are JSON. */
import { dealsIn, mostDeals } from '#core/journal/deal-columns.ts';
import { dealsOfTable, tableOf } from '#core/journal/deal-table.ts';
import type { Deals, JournalDeal } from '#core/journal/journal-deal.ts';
import { bytesOfTable, isTable, tableOfBytes } from './deal-bytes.ts';
import { plainBytes } from './plain-bytes.ts';

const prefetched = 1_000;

export function writeDeals(deals: readonly JournalDeal[]): Uint8Array<ArrayBuffer> {
  return bytesOfTable(tableOf(deals));
}

/** Null for what is no deals, or of a later version. */
export function readDeals(bytes: Uint8Array): Deals | null {
  try {
    if (!isTable(bytes)) {
      return dealsIn(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    }
    const table = tableOfBytes(bytes, mostDeals);
    return table && dealsOfTable(table);
  } catch {
    // Bytes that are no text, and texts that are no JSON, say so by throwing.
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
