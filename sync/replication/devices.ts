/** The copies of an account's data, as its person sees them: one a browser profile on a device. */
import { desc, eq } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { record, withAccount } from '../auth/account-work.ts';
import { endSessions } from '../auth/sessions.ts';
import type { PersonContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import { replicaHeads, replicas } from '../schema/replication.ts';

export interface Device {
  readonly node: string;
  readonly name: string;
  /** Whether it is where the caller is signed in. */
  readonly isThis: boolean;
  /** The session that last used it. */
  readonly sessionId: string;
  readonly createdMs: number;
  readonly lastSeenMs: number;
  /** How many changes waited on it when it was last heard of. */
  readonly unsynced: number;
}

export async function listDevices(ctx: PersonContext): Promise<readonly Device[]> {
  const { account, session } = ctx.signedIn;
  const rows = await ownRows(ctx.services.database, account.userId).read(replicas, {
    orderBy: [desc(replicas.lastSeenMs)],
  });
  return rows.map(({ node, name, sessionId, createdMs, lastSeenMs, unsynced }) => {
    const isThis = sessionId === session.sessionId;
    return { node, name, isThis, sessionId, createdMs, lastSeenMs, unsynced };
  });
}

/** `sync.device-missing` where it is not in the list. */
export async function renameDevice(
  ctx: PersonContext,
  { node, name }: Pick<Device, 'node' | 'name'>,
): Promise<Result<void, Failure>> {
  const rows = ownRows(ctx.services.database, ctx.signedIn.account.userId);
  const changed = await rows.change(replicas, { name }, eq(replicas.node, node));
  return changed > 0 ? ok(undefined) : fail(missing);
}

/**
 * Takes the device off the list and ends the session that uses it, save the caller's own.
 *
 * What is stored on the device stays there; it can send and fetch nothing more.
 * `sync.device-missing` where it is not in the list.
 */
export async function revokeDevice(
  ctx: PersonContext,
  node: string,
): Promise<Result<{ readonly signedOut: boolean }, Failure>> {
  const { account, session } = ctx.signedIn;
  return withAccount(ctx, account.userId, async ({ queries, rows }) => {
    const where = eq(replicas.node, node);
    const device = await rows.one(replicas, { where });
    if (!device) return fail(missing);
    await rows.remove(replicas, where);
    const { name, sessionId } = device;
    const isOwn = sessionId === session.sessionId;
    const ended = isOwn ? 0 : await endSessions(queries, account.userId, { sessionId });
    await record(ctx, queries, account.userId, 'device.revoked', { name, signedOut: ended > 0 });
    return ok({ signedOut: ended > 0 });
  });
}

const missing: Failure = { code: 'sync.device-missing', detail: 'There is no such device.' };

export interface Usage {
  readonly bytes: number;
  readonly limitBytes: number;
}

export async function usageOf(ctx: PersonContext): Promise<Usage> {
  const { database, quotaBytes } = ctx.services;
  const head = await ownRows(database, ctx.signedIn.account.userId).one(replicaHeads);
  return { bytes: head?.bytes ?? 0, limitBytes: quotaBytes };
}
