/** Links in mails: each opens one thing, once, for a while. */
import { and, eq, gt } from 'drizzle-orm';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { mailTokens } from '../schema/sessions.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import { makeToken, readToken } from './token.ts';

export type LinkKind = (typeof mailTokens.$inferSelect)['kind'];

const hourMs = 3_600_000;
const lifeMs: Readonly<Record<LinkKind, number>> = {
  'verify-email': 48 * hourMs,
  'reset-password': hourMs,
  'change-email': 24 * hourMs,
};
/** As a mail says it. */
export function linkLifeHours(kind: LinkKind): number {
  return lifeMs[kind] / hourMs;
}

/** Older ones stay good when another is asked for, so that nobody can keep an owner's from working. */
const mostOpen = 20;

export interface OpenedLink {
  readonly userId: string;
  readonly detail: string | null;
}

/** The token to put in a link, noted in the caller's transaction. */
export async function makeLink(
  queries: Queries,
  vault: Vault,
  link: {
    readonly userId: string;
    readonly kind: LinkKind;
    readonly nowMs: number;
    readonly detail?: string;
  },
): Promise<string> {
  const { userId, kind, nowMs, detail } = link;
  const rows = ownRows(queries, userId);
  const open = await rows.read(mailTokens, { where: eq(mailTokens.kind, kind) });
  const surplus = open
    .sort((a, b) => b.createdMs - a.createdMs)
    .filter((row, index) => index >= mostOpen - 1 || row.expiresMs <= nowMs);
  for (const { tokenHash } of surplus) {
    await rows.remove(mailTokens, eq(mailTokens.tokenHash, tokenHash));
  }
  const token = makeToken(userId);
  await rows.add(mailTokens, {
    tokenHash: token.hash,
    kind,
    createdMs: nowMs,
    expiresMs: nowMs + lifeMs[kind],
    sealedDetail: detail === undefined ? null : vault.seal(detail, detailPlace(userId, token.hash)),
  });
  return token.text;
}

/** Whose link this is, without using it up; `auth.link-invalid` for all that is wrong with it. */
export async function readLink(
  queries: Queries,
  vault: Vault,
  kind: LinkKind,
  text: string,
  nowMs: number,
): Promise<Result<OpenedLink, Failure<'auth.link-invalid'>>> {
  const token = readToken(text);
  const row =
    token &&
    (await ownRows(queries, token.userId).one(mailTokens, {
      where: and(
        eq(mailTokens.tokenHash, token.hash),
        eq(mailTokens.kind, kind),
        gt(mailTokens.expiresMs, nowMs),
      ),
      lock: 'update',
    }));
  if (!row) return fail({ code: 'auth.link-invalid', detail: 'The link is used up or too old.' });
  const { userId, sealedDetail } = row;
  const detail =
    sealedDetail === null ? null : vault.open(sealedDetail, detailPlace(userId, row.tokenHash));
  return ok({ userId, detail });
}

/** Closes this link and all others of its kind of the account. */
export async function closeLinks(queries: Queries, userId: string, kind: LinkKind): Promise<void> {
  await ownRows(queries, userId).remove(mailTokens, eq(mailTokens.kind, kind));
}

function detailPlace(userId: string, tokenHash: string) {
  return placeOf('mailTokenDetail', { userId, row: tokenHash });
}
