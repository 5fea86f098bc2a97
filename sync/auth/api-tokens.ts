/** Tokens for programs: made once, shown once, ended any time. */
import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import type { TokenScope } from '#core/identity/token-scopes.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Program } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { apiTokens } from '../schema/api-tokens.ts';
import { makeToken, readToken } from './token.ts';

/** Tells people and scanners of code what a string is. */
const prefix = 'offing_';
const mostTokens = 20;
const touchMs = 60_000;

export async function findApiToken(
  queries: Queries,
  text: string,
  nowMs: number,
): Promise<Program | null> {
  const token = text.startsWith(prefix) ? readToken(text.slice(prefix.length)) : null;
  if (!token) return null;
  const rows = ownRows(queries, token.userId);
  const named = eq(apiTokens.tokenHash, token.hash);
  const row = await rows.one(apiTokens, { where: and(named, gt(apiTokens.expiresMs, nowMs)) });
  if (!row) return null;
  if (nowMs - (row.lastUsedMs ?? 0) > touchMs) {
    await rows.change(apiTokens, { lastUsedMs: nowMs }, named);
  }
  return { userId: row.userId, tokenId: row.tokenId, scopes: row.scopes };
}

/** The token's text, for the one time it is shown. */
export async function createApiToken(
  queries: Queries,
  wish: {
    readonly userId: string;
    readonly name: string;
    readonly scopes: readonly TokenScope[];
    readonly days: number;
    readonly nowMs: number;
  },
): Promise<Result<{ readonly token: string; readonly tokenId: string }, Failure>> {
  const rows = ownRows(queries, wish.userId);
  const present = await rows.read(apiTokens);
  if (present.some(({ name }) => name === wish.name)) {
    return fail({ code: 'account.name-taken', detail: 'Another token has this name.' });
  }
  if (present.length >= mostTokens) {
    const detail = `At most ${mostTokens} tokens.`;
    return fail({ code: 'account.too-many', detail, figures: { most: mostTokens } });
  }
  const token = makeToken(wish.userId);
  const tokenId = randomUUID();
  await rows.add(apiTokens, {
    tokenHash: token.hash,
    tokenId,
    name: wish.name,
    scopes: [...new Set(wish.scopes)],
    createdMs: wish.nowMs,
    expiresMs: wish.nowMs + wish.days * 86_400_000,
  });
  return ok({ token: prefix + token.text, tokenId });
}

export async function listApiTokens(queries: Queries, userId: string) {
  const rows = await ownRows(queries, userId).read(apiTokens, {
    orderBy: [desc(apiTokens.createdMs)],
  });
  return rows.map(({ tokenHash, userId: owner, ...token }) => token);
}

/** Whether there was one to end. */
export async function revokeApiToken(
  queries: Queries,
  userId: string,
  tokenId: string,
): Promise<boolean> {
  return (await ownRows(queries, userId).remove(apiTokens, eq(apiTokens.tokenId, tokenId))) === 1;
}
