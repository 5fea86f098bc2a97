/** Shapes that procedures answer with, where the API documents them. */
import { z } from 'zod';
import { auditActions } from '#core/identity/audit-actions.ts';
import { tokenScopes } from '#core/identity/token-scopes.ts';
import type { AuditEntry } from '../audit/audit-trail.ts';
import { signInMethods } from '../auth/sign-in-method.ts';

const ms = z.number().int().describe('Milliseconds since 1970-01-01 UTC');

export const sessionShape = z.object({
  sessionId: z.uuid(),
  isThis: z.boolean(),
  createdMs: ms,
  lastSeenMs: ms,
  expiresMs: ms,
  method: z.enum(signInMethods),
  address: z.string(),
  userAgent: z.string(),
});

export const tokenShape = z.object({
  tokenId: z.uuid(),
  name: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  createdMs: ms,
  expiresMs: ms,
  lastUsedMs: ms.nullable().describe('To the minute; null before the first use'),
});

export const aboutShape = z.object({
  productVersion: z.string(),
  buildId: z.string(),
  serverTimeMs: ms,
  schemaVersion: z.number().int(),
  serverId: z.string(),
  installedMs: ms,
  starts: z.number().int(),
});

/** A page of a trail: entries before `beforeSeq`, newest first. */
export const auditPage = z.strictObject({
  beforeSeq: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditShape = z.object({
  entries: z.array(
    z.object({
      seq: z.number().int(),
      atMs: ms,
      action: z.enum(auditActions),
      actor: z.enum(['you', 'server', 'support']),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
    }),
  ),
  nextBeforeSeq: z.number().int().nullable(),
});

export const verdictShape = z.object({
  entries: z.number().int().describe('How many hold'),
  brokenAtSeq: z.number().int().nullable().describe('Null when all is well'),
});

/** What the trail is asked for. */
export function pageOf(input: { readonly beforeSeq?: number | undefined; readonly limit: number }) {
  const { beforeSeq, limit } = input;
  return beforeSeq === undefined ? { limit } : { limit, beforeSeq };
}

export function sayEntries(
  entries: readonly AuditEntry[],
  userId: string,
  limit: number,
): z.infer<typeof auditShape> {
  return {
    entries: entries.map(({ seq, atMs, action, actor, detail }) => ({
      seq,
      atMs,
      action,
      actor: actor === userId ? 'you' : actor === 'server' ? 'server' : 'support',
      detail,
    })),
    nextBeforeSeq: entries.length === limit ? (entries.at(-1)?.seq ?? null) : null,
  };
}
