/** The browsers of a trader that are told by their push services: put in, named and taken away. */
import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { PushDevice } from '#core/alerts/alert-views.ts';
import { deviceWords } from '#core/identity/device-words.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { record, withOwnAccount } from '../auth/account-work.ts';
import { sha256 } from '../auth/token.ts';
import { ownRows } from '../database/own-rows.ts';
import { pushSubscriptions } from '../schema/alerts.ts';
import type { TraderContext } from '../terminals/trader-context.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import { isPushAddress } from './push-address.ts';
import type { Subscription } from './push-delivery.ts';
import { pushKeysOf } from './push-keys.ts';
import { mostSubscriptions } from './pushes.ts';

export async function pushDevices(ctx: TraderContext): Promise<readonly PushDevice[]> {
  const { services, userId, signedIn } = ctx;
  const rows = await ownRows(services.database, userId).read(pushSubscriptions, {
    orderBy: [desc(pushSubscriptions.createdMs)],
    limit: mostSubscriptions,
  });
  return rows.map(({ subscriptionId, name, createdMs, lastSentMs, sessionId }) => ({
    ...{ subscriptionId, name, createdMs, lastSentMs },
    isHere: sessionId === signedIn.session.sessionId,
  }));
}

/** What a browser must know to let nobody else push to it. */
export async function pushKey(
  ctx: TraderContext,
): Promise<Result<{ readonly key: string }, Failure>> {
  const { services, userId, nowMs } = ctx;
  return withOwnAccount(ctx, async ({ queries }) => {
    const { publicKey } = await pushKeysOf(queries, services.vault, { userId, nowMs });
    return ok({ key: publicKey });
  });
}

/** One browser is one row, however often it says so. */
export async function subscribe(
  ctx: TraderContext,
  subscription: Subscription,
): Promise<Result<{ readonly subscriptionId: string }, Failure>> {
  const { services, userId, nowMs, signedIn, visitor } = ctx;
  if (!isPushAddress(subscription.endpoint)) {
    return fail({ code: 'alert.push-refused', detail: 'No push service has such an address.' });
  }
  return withOwnAccount(ctx, async ({ rows, queries }) => {
    const endpointHash = sha256(subscription.endpoint);
    const isThis = eq(pushSubscriptions.endpointHash, endpointHash);
    const before = await rows.one(pushSubscriptions, { where: isThis });
    const all = await rows.read(pushSubscriptions);
    if (!before && all.length >= mostSubscriptions) {
      const detail = `There may be ${mostSubscriptions}.`;
      return fail({ code: 'account.too-many', detail, figures: { most: mostSubscriptions } });
    }
    const subscriptionId = before?.subscriptionId ?? randomUUID();
    const place = placeOf('pushSubscription', { userId, row: subscriptionId });
    const kept = {
      sessionId: signedIn.session.sessionId,
      sealedSubscription: services.vault.seal(JSON.stringify(subscription), place),
      name: deviceWords(visitor.userAgent),
    };
    if (before) await rows.change(pushSubscriptions, kept, isThis);
    else {
      await rows.add(pushSubscriptions, {
        ...kept,
        subscriptionId,
        endpointHash,
        createdMs: nowMs,
      });
      await record(ctx, queries, userId, 'push.added', { name: kept.name });
    }
    return ok({ subscriptionId });
  });
}

export type Unsubscribed = Result<{ readonly removed: boolean }, Failure>;

export async function unsubscribe(
  ctx: TraderContext,
  subscriptionId: string,
): Promise<Unsubscribed> {
  return withOwnAccount(ctx, async ({ rows, queries }): Promise<Unsubscribed> => {
    const isThis = eq(pushSubscriptions.subscriptionId, subscriptionId);
    const row = await rows.one(pushSubscriptions, { where: isThis });
    if (!row) return ok({ removed: false });
    await rows.remove(pushSubscriptions, isThis);
    await record(ctx, queries, ctx.userId, 'push.removed', { name: row.name });
    return ok({ removed: true });
  });
}
