/** What is over at the paper broker: deals in pages, orders by their magic number. */
import type { Deal } from '#core/broker/book.ts';
import type { DealCursor } from '#core/broker/messages.ts';
import type { PaperBook } from './paper-book.ts';
import { toMinor } from './paper-money.ts';

export interface DealPage {
  readonly hasMore: boolean;
  readonly deals: readonly Deal[];
}

/** Deals after the cursor, by time and ticket. */
export function dealsAfter({ deals }: PaperBook, cursor: DealCursor, limit: number): DealPage {
  const ticket = Number(cursor.deal);
  const isAfter = ({ serverMs, deal }: Deal) =>
    serverMs > cursor.serverMs || (serverMs === cursor.serverMs && Number(deal) > ticket);
  let low = 0;
  let high = deals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(deals[middle]!)) high = middle;
    else low = middle + 1;
  }
  const to = Math.min(low + limit, deals.length);
  return { deals: deals.slice(low, to), hasMore: to < deals.length };
}

/** Where in `ended` the first order of a magic number is; grows with the book, from `known` on. */
export interface EndedIndex {
  readonly firstOf: Map<string, number>;
  known: number;
}

export function endedIndex(): EndedIndex {
  return { firstOf: new Map(), known: 0 };
}

export function endedBy({ ended }: PaperBook, index: EndedIndex, magic: string) {
  for (; index.known < ended.length; index.known++) {
    const { magic: own, reason } = ended[index.known]!;
    // Nobody asked for what a stop or target closed.
    const isAsked = reason !== 'sl' && reason !== 'tp' && reason !== 'stop-out';
    if (isAsked && !index.firstOf.has(own)) index.firstOf.set(own, index.known);
  }
  const at = index.firstOf.get(magic);
  return at === undefined ? null : ended[at]!;
}

/** The balance stays what all deals come to: of those that go, the sum is kept. */
export function forget(
  book: PaperBook,
  { untilServerMs, keep }: { readonly untilServerMs: number; readonly keep: number },
  index: EndedIndex,
): void {
  const gone = countOld(book.deals, keep, ({ serverMs }) => serverMs < untilServerMs);
  for (const { profit, swap, commission } of book.deals.splice(0, gone)) {
    book.forgotten.minor += toMinor(profit) + toMinor(swap) + toMinor(commission);
  }
  book.forgotten.deals += gone;
  const old = countOld(book.ended, keep, ({ endedServerMs }) => endedServerMs < untilServerMs);
  book.ended.splice(0, old);
  if (old === 0) return;
  index.firstOf.clear();
  index.known = 0;
}

function countOld<T>(all: readonly T[], keep: number, isOld: (one: T) => boolean): number {
  let count = 0;
  while (count < all.length - keep && isOld(all[count]!)) count++;
  return count;
}
