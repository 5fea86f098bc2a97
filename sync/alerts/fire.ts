/**
 * Tells an alert, once: the note in the inbox, the mail and the pushes in one transaction.
 *
 * Whoever saw it may be a server that has lost the account, or be told of what another has told
 * already: the count that it knew, the revision and the key of what happened each must be new.
 */
import { and, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { isOver, mayTell } from '#core/alerts/alert.ts';
import type { Side } from '#core/alerts/crossing.ts';
import type { BotBar } from '#core/automation/bar-builder.ts';
import { holdAccount, type AccountWork } from '../auth/account-work.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Mailer } from '../mail/mailer.ts';
import { alertEvents, alerts } from '../schema/alerts.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { pruneEvents, tellInbox, type AlertEventRow, type AlertRow } from './alert-rows.ts';
import { alertMail } from './alert-mail.ts';
import type { Pushes } from './pushes.ts';

export interface Firing {
  /** Of what happened; null = by count. */
  readonly key: string | null;
  readonly atMs: number;
  readonly value: number | null;
  readonly detail: Readonly<Record<string, string>>;
}

/** The bar that made a condition true; the same opening is another bar once the alert was changed. */
export function barFiring({ revision }: AlertRow, bar: BotBar, lengthMs: number): Firing {
  const { openMs, close } = bar;
  return { key: `bar:${revision}:${openMs}`, atMs: openMs + lengthMs, value: close, detail: {} };
}

export interface FireOptions {
  readonly database: PostgresJsDatabase;
  readonly mailer: Mailer;
  readonly pushes: Pick<Pushes, 'queue'>;
}

export interface Seen {
  /** The alert as it was known when it happened. */
  readonly known: AlertRow;
  /** Of the terminal's session that it was seen in. */
  readonly session: string;
  readonly firing: Firing;
  readonly side: Side | null;
}

const pruneEvery = 50;

/** The alert as it is now, told or not; null where it is gone. */
export async function fireAlert(options: FireOptions, seen: Seen): Promise<AlertRow | null> {
  const { userId, alertId } = seen.known;
  return options.database.transaction(async (queries) => {
    const account = await holdAccount(queries, userId);
    if (!account) return null;
    const where = eq(alerts.alertId, alertId);
    const row = await account.rows.one(alerts, { where, lock: 'update' });
    if (!row || !isAsKnown(row, seen.known)) return row;
    if (!(await isHeld(account, row.accountId, seen.session))) return row;
    const change = await outcome(options, account, row, seen);
    await account.rows.change(alerts, change, where);
    return { ...row, ...change };
  });
}

const isAsKnown = (row: AlertRow, known: AlertRow): boolean =>
  row.state === 'on' && row.fired === known.fired && row.revision === known.revision;

async function isHeld(
  { queries, user }: AccountWork,
  accountId: string,
  session: string,
): Promise<boolean> {
  const [held] = await queries
    .select({ session: tradingAccounts.session })
    .from(tradingAccounts)
    .where(and(eq(tradingAccounts.userId, user.userId), eq(tradingAccounts.accountId, accountId)));
  return held?.session === session;
}

type Change = Partial<Pick<AlertRow, 'state' | 'side' | 'fired' | 'lastFiredMs'>>;

async function outcome(
  options: FireOptions,
  account: AccountWork,
  row: AlertRow,
  { firing, side }: Seen,
): Promise<Change> {
  const { atMs } = firing;
  if (isOver(row, atMs)) return { state: 'done' };
  if (!mayTell(row, { lastFiredMs: row.lastFiredMs, nowMs: atMs })) return { side };
  const event = await addEvent(account, row, firing);
  if (!event) return { side };
  await send(options, account, row, event);
  const isLast = row.repeat === 'once';
  return { side, fired: row.fired + 1, lastFiredMs: atMs, ...(isLast && { state: 'done' }) };
}

/** Null where it was told before. */
async function addEvent(
  { queries, user }: AccountWork,
  { alertId, accountId, condition, note, fired }: AlertRow,
  { key, atMs, value, detail }: Firing,
): Promise<AlertEventRow | null> {
  const { userId } = user;
  const firingKey = key ?? `count:${fired + 1}`;
  const [event] = await queries
    .insert(alertEvents)
    .values({ userId, alertId, accountId, firingKey, atMs, condition, note, value, detail })
    .onConflictDoNothing()
    .returning();
  return event ?? null;
}

async function send(
  { mailer, pushes }: FireOptions,
  { queries, user }: AccountWork,
  row: AlertRow,
  event: AlertEventRow,
): Promise<void> {
  const { userId } = user;
  const requestId = `alert.${event.n}`;
  if (row.channels.includes('mail') && user.emailVerifiedMs !== null) {
    const account = await ownRows(queries, userId).one(tradingAccounts, {
      where: eq(tradingAccounts.accountId, row.accountId),
    });
    const data = alertMail(event, account?.name ?? '');
    const mail = { userId, to: user.email, template: 'alert', data, requestId } as const;
    await mailer.queue(queries, { ...mail, nowMs: event.atMs });
  }
  if (row.channels.includes('push')) await pushes.queue(queries, { userId, n: event.n, requestId });
  if (event.n % pruneEvery === 0) await pruneEvents(queries, userId);
  await tellInbox(queries, userId);
}
