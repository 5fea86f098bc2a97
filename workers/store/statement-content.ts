/** The deals of statements as contents: the JSON of `core/journal/deal-columns.ts`. */
import { columnsOf, dealsIn } from '#core/journal/deal-columns.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import type { Json } from '#core/sync/fragment.ts';
import type { ContentKind } from './content-kind.ts';

const prefetched = 1_000;
const about = (bytes: number): Json => ({ kind: 'statement', version: 1, bytes });

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

export const statementContent: ContentKind = {
  collection: 'statements',
  field: 'content',
  mark: 'statement',
  tables: ({ statementBytes }) => [statementBytes],
  ids: ({ statementBytes }) => statementBytes.toCollection().primaryKeys(),
  async read({ statementBytes }, id) {
    const row = await statementBytes.get(id);
    return row ? { bytes: row.bytes, about: about(row.bytes.length) } : null;
  },
  lengthOf(_, value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { kind, version, bytes } = value as Readonly<Record<string, Json>>;
    return kind === 'statement' && version === 1 && typeof bytes === 'number' ? bytes : null;
  },
  async put({ statementBytes }, id, { bytes }) {
    await statementBytes.put({ statementId: id, bytes });
  },
  // The journal counts what is here: deals are small, and never given up for room.
  drop: () => Promise.resolve(),
  newest: ({ statements }) =>
    statements.orderBy('importedMs').reverse().limit(prefetched).toArray(),
};
