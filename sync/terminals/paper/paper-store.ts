/**
 * Where the books of paper accounts lie: a row each, which one process at a time may write.
 *
 * Whoever opens a book leaves its mark in it and writes only where the mark still stands, so that
 * a process that was thought dead cannot overwrite what happened since.
 */
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PaperSettings } from '#core/broker/paper-settings.ts';
import type { Queries } from '../../database/queries.ts';
import { paperBooks, tradingAccounts } from '../../schema/trading.ts';
import type { JournalEntry } from '../connector.ts';
import type { PaperBook } from './paper-book.ts';
import type { PriceState } from './price-feed.ts';

export interface StoredPaper {
  readonly writer: string;
  readonly book: PaperBook | null;
  readonly prices: PriceState | null;
}

export interface PaperRow {
  readonly userId: string;
  readonly accountId: string;
  readonly settings: PaperSettings;
}

/** Every paper account with something open; sleeping ones are woken when somebody looks. */
export async function accountsWithBooks(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.execute<{ id: string }>(sql`
    select held.account_id as id from "trading_accounts" held
    join "paper_books" kept on kept.user_id = held.user_id and kept.account_id = held.account_id
    where held.kind = 'paper' and held.state in ('paired', 'halted')
      and (jsonb_array_length(kept.book #> '{book,positions}') > 0
        or jsonb_array_length(kept.book #> '{book,orders}') > 0)`);
  return rows.map(({ id }) => id);
}

/** Null where it is no paper account, was revoked, or another server holds it. */
export async function findPaper(
  queries: Queries,
  accountId: string,
  by: { readonly serverId: string; readonly nowMs: number },
): Promise<PaperRow | 'elsewhere' | null> {
  const [row] = await queries
    .select({
      userId: tradingAccounts.userId,
      kind: tradingAccounts.kind,
      state: tradingAccounts.state,
      settings: tradingAccounts.settings,
      serverId: tradingAccounts.serverId,
      leaseUntilMs: tradingAccounts.leaseUntilMs,
    })
    .from(tradingAccounts)
    .where(eq(tradingAccounts.accountId, accountId));
  if (row?.kind !== 'paper' || row.state === 'revoked') return null;
  const isElsewhere = row.serverId !== null && row.serverId !== by.serverId;
  if (isElsewhere && (row.leaseUntilMs ?? 0) >= by.nowMs) return 'elsewhere';
  const settings = (row.settings as { readonly paper?: PaperSettings }).paper;
  return settings ? { userId: row.userId, accountId, settings } : null;
}

const bookShape = z.custom<PaperBook>(
  (value) => typeof value === 'object' && value !== null && 'version' in value,
);

/** Leaves this writer's mark, and answers what lies there. */
export async function claimBook(
  queries: Queries,
  { userId, accountId }: Omit<PaperRow, 'settings'>,
  writer: string,
): Promise<{ readonly stored: StoredPaper; readonly journal: readonly JournalEntry[] }> {
  const fresh: StoredPaper = { writer, book: null, prices: null };
  const [row] = await queries
    .insert(paperBooks)
    .values({ userId, accountId, book: fresh, journal: [] })
    .onConflictDoUpdate({
      target: paperBooks.accountId,
      set: { book: sql`jsonb_set(${paperBooks.book}, '{writer}', to_jsonb(${writer}::text))` },
      setWhere: eq(paperBooks.userId, userId),
    })
    .returning();
  const stored = row?.book as StoredPaper | undefined;
  return {
    stored: {
      writer,
      book: bookShape.safeParse(stored?.book).data ?? null,
      prices: stored?.prices ?? null,
    },
    journal: (row?.journal as readonly JournalEntry[] | undefined) ?? [],
  };
}

/** The JSON of what is stored; `book` is JSON already. */
export function storedText({
  writer,
  book,
  prices,
}: Omit<StoredPaper, 'book'> & { readonly book: string }): string {
  const rest = JSON.stringify({ writer, prices });
  return `${rest.slice(0, -1)},"book":${book}}`;
}

/** False, and nothing written, where another writer's mark stands. */
export async function writeBook(
  queries: Queries,
  { userId, accountId, writer }: Omit<PaperRow, 'settings'> & { readonly writer: string },
  text: { readonly stored: string; readonly journal: string },
): Promise<boolean> {
  const written = await queries
    .update(paperBooks)
    // As texts: what they say was true at one moment, and is not written out twice.
    .set({
      book: sql`${text.stored}::text::jsonb`,
      journal: sql`${text.journal}::text::jsonb`,
    })
    .where(
      and(
        eq(paperBooks.userId, userId),
        eq(paperBooks.accountId, accountId),
        sql`${paperBooks.book} ->> 'writer' = ${writer}`,
      ),
    )
    .returning({ accountId: paperBooks.accountId });
  return written.length === 1;
}
