/** Mail as an admin reads it on the outbox page; of all accounts, so no account is named. */
import { desc, eq, sql } from 'drizzle-orm';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { mails } from '../schema/mails.ts';
import type { Vault } from '../vault/vault.ts';
import { compose, type MailRow } from './compose.ts';

export interface OutboxEntry {
  readonly userId: string;
  readonly mailId: string;
  readonly template: string;
  /** Null, like the subject, once the content is no longer kept. */
  readonly to: string | null;
  readonly subject: string | null;
  readonly state: MailRow['state'];
  readonly attempts: number;
  /** One of `mailFailureCodes`, of the last try that failed. */
  readonly lastError: string | null;
  readonly createdMs: number;
  readonly sentMs: number | null;
  readonly requestId: string;
}

export interface OutboxMail extends OutboxEntry {
  readonly text: string | null;
  readonly html: string | null;
}

export interface OutboxCursor {
  readonly createdMs: number;
  readonly mailId: string;
}

export interface OutboxPage {
  readonly mails: readonly OutboxEntry[];
  /** Where the next page begins; null on the last. */
  readonly next: OutboxCursor | null;
}

/** Newest first, those before `before`. */
export async function listOutbox(
  queries: Queries,
  vault: Vault,
  page: {
    readonly before?: OutboxCursor | undefined;
    readonly limit: number;
    readonly productUrl: string;
  },
): Promise<OutboxPage> {
  const { before, limit, productUrl } = page;
  const rows = await queries
    .select()
    .from(mails)
    .where(
      before &&
        sql`(${mails.createdMs}, ${mails.mailId}) < (${before.createdMs}::bigint, ${before.mailId}::uuid)`,
    )
    .orderBy(desc(mails.createdMs), desc(mails.mailId))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    mails: shown.map((row) => entry(row, compose(vault, row, productUrl))),
    next: last ? { createdMs: last.createdMs, mailId: last.mailId } : null,
  };
}

/** The whole mail, or null where there is none. */
export async function readMail(
  queries: Queries,
  vault: Vault,
  at: { readonly userId: string; readonly mailId: string; readonly productUrl: string },
): Promise<OutboxMail | null> {
  const row = await ownRows(queries, at.userId).one(mails, { where: eq(mails.mailId, at.mailId) });
  if (!row) return null;
  const mail = compose(vault, row, at.productUrl);
  return { ...entry(row, mail), text: mail?.text ?? null, html: mail?.html ?? null };
}

function entry(row: MailRow, mail: { to: string; subject: string } | null): OutboxEntry {
  const { userId, mailId, template, state, attempts, lastError, createdMs, sentMs, requestId } =
    row;
  return {
    ...{ userId, mailId, template, state, attempts, lastError, createdMs, sentMs, requestId },
    to: mail?.to ?? null,
    subject: mail?.subject ?? null,
  };
}
