/** Sends queued pushes, one job each, encrypted for the one browser (RFC 8291), and lets go of dead ones. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import webPush from 'web-push';
import { z } from 'zod';
import { toldWords } from '#core/alerts/alert-words.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { FindSettings } from '../auth/account-settings.ts';
import { ownRows } from '../database/own-rows.ts';
import type { JobFailure, Jobs } from '../jobs/jobs.ts';
import { sessionsAlive } from '../rooms/sessions-alive.ts';
import { alertEvents, pushSubscriptions } from '../schema/alerts.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import type { AlertEventRow } from './alert-rows.ts';
import { pushKeysOf, type PushKeys } from './push-keys.ts';
import type { PostPush, PushRequest } from './push-post.ts';
import { pushQueue } from './pushes.ts';

export interface PushDeliveryOptions {
  readonly jobs: Pick<Jobs, 'work'>;
  readonly database: PostgresJsDatabase;
  readonly vault: Vault;
  readonly findSettings: FindSettings;
  readonly post: PostPush;
  /** Who sends, for the push service: `https:` or `mailto:`. */
  readonly subject: string;
  readonly now: () => number;
}

/** What was not taken for so long is no news any more. */
const freshMs = 3_600_000;

const subscriptionShape = z.object({
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});
export type Subscription = z.infer<typeof subscriptionShape>;

export async function startPushes(options: PushDeliveryOptions): Promise<void> {
  await options.jobs.work(pushQueue, (push) => deliver(options, push));
}

interface PushJob {
  readonly userId: string;
  readonly subscriptionId: string;
  readonly n: number;
}

/** What is gone meanwhile (the note, the browser, its session) is no failure. */
export async function deliver(
  options: PushDeliveryOptions,
  { userId, subscriptionId, n }: PushJob,
): Promise<Result<void, JobFailure>> {
  const { database, vault, now, post } = options;
  const rows = ownRows(database, userId);
  const isThis = eq(pushSubscriptions.subscriptionId, subscriptionId);
  const [row, event] = await Promise.all([
    rows.one(pushSubscriptions, { where: isThis }),
    rows.one(alertEvents, { where: eq(alertEvents.n, n) }),
  ]);
  if (!row || !event || now() - event.atMs > freshMs) return ok(undefined);
  const alive = await sessionsAlive(database, [userId], now());
  if (!alive.get(userId)?.has(row.sessionId)) {
    await rows.remove(pushSubscriptions, isThis);
    return ok(undefined);
  }
  const place = placeOf('pushSubscription', { userId, row: subscriptionId });
  const sealed: unknown = JSON.parse(vault.open(row.sealedSubscription, place));
  const subscription = subscriptionShape.parse(sealed);
  const keys = await pushKeysOf(database, vault, { userId, nowMs: now() });
  const push = requestOf(options, subscription, keys, await payload(options, event));
  const answer = push ? await post(push) : 'refused';
  switch (answer) {
    case 'taken':
      await rows.change(pushSubscriptions, { lastSentMs: now() }, isThis);
      return ok(undefined);
    case 'gone':
    case 'refused':
      // Refused is a key that is not the subscription's any more: the browser asks anew.
      await rows.remove(pushSubscriptions, isThis);
      return ok(undefined);
    case 'later':
      return fail({ code: 'push.not-taken', isFinal: false });
  }
}

/** What the browser shows; without what the account is worth where the trader hides that. */
async function payload(
  { findSettings }: PushDeliveryOptions,
  event: AlertEventRow,
): Promise<string> {
  const settings = await findSettings(event.userId);
  const isHidden = settings?.value['amounts'] === 'hidden';
  const body = isHidden ? '' : event.note;
  // Each note stays in sight beside those before it; the same one that comes twice does not.
  return JSON.stringify({ title: toldWords(event, isHidden), body, tag: `alert-${event.n}` });
}

/** Null where the browser's keys are none. */
function requestOf(
  { subject }: PushDeliveryOptions,
  subscription: Subscription,
  { publicKey, privateKey }: PushKeys,
  text: string,
): PushRequest | null {
  const details = encrypted(subscription, text, { subject, publicKey, privateKey });
  if (!details) return null;
  const { endpoint, headers, body } = details;
  const told = Object.entries(headers as Readonly<Record<string, string | number>>);
  return {
    address: endpoint,
    headers: Object.fromEntries(told.map(([name, value]) => [name, String(value)])),
    body: Buffer.from(body ?? ''),
  };
}

function encrypted(
  subscription: Subscription,
  text: string,
  vapidDetails: {
    readonly subject: string;
    readonly publicKey: string;
    readonly privateKey: string;
  },
) {
  try {
    return webPush.generateRequestDetails(subscription, text, {
      vapidDetails,
      TTL: Math.floor(freshMs / 1_000),
      urgency: 'high',
      contentEncoding: 'aes128gcm',
    });
  } catch {
    // The library throws at a point that is not on the curve, which a browser does not make.
    return null;
  }
}
