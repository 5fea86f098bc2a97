/** The inbox: what alerts told, newest first, and what of it was read. */
import { and, desc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { InboxItem, InboxPage } from '#core/alerts/alert-views.ts';
import { ownRows } from '../database/own-rows.ts';
import { alertEvents } from '../schema/alerts.ts';
import type { TraderContext } from '../terminals/trader-context.ts';
import { tellInbox, type AlertEventRow } from './alert-rows.ts';

const pageItems = 50;

export async function inboxPage(
  { services, userId }: TraderContext,
  before: number | undefined,
): Promise<InboxPage> {
  const { database } = services;
  const rows = await ownRows(database, userId).read(alertEvents, {
    where: before === undefined ? undefined : lt(alertEvents.n, before),
    orderBy: [desc(alertEvents.n)],
    limit: pageItems,
  });
  const last = rows.length === pageItems ? (rows.at(-1)?.n ?? null) : null;
  return {
    items: rows.map(shown),
    unread: await countUnread({ services, userId }),
    before: last,
  };
}

export async function countUnread({
  services,
  userId,
}: Pick<TraderContext, 'services' | 'userId'>): Promise<number> {
  const [found] = await services.database
    .select({ count: sql<string>`count(*)` })
    .from(alertEvents)
    .where(and(eq(alertEvents.userId, userId), isNull(alertEvents.readMs)));
  return Number(found?.count ?? 0);
}

function shown(row: AlertEventRow): InboxItem {
  const { n, alertId, accountId, atMs, condition, note, value, detail, readMs } = row;
  const what = { condition, note, value, detail };
  return { n, alertId, accountId, atMs, ...what, isRead: readMs !== null };
}

/** Those named, or all up to one; told to the person's other devices. */
export type Marking =
  | { readonly t: 'some'; readonly ns: readonly number[]; readonly isRead: boolean }
  | { readonly t: 'all'; readonly upTo: number };

export async function markRead(
  { services, userId, nowMs }: TraderContext,
  marking: Marking,
): Promise<{ readonly unread: number }> {
  const { database } = services;
  const isRead = marking.t === 'all' || marking.isRead;
  const which =
    marking.t === 'all'
      ? and(lte(alertEvents.n, marking.upTo), isNull(alertEvents.readMs))
      : inArray(alertEvents.n, [...marking.ns]);
  const readMs = isRead ? nowMs : null;
  const changed = await ownRows(database, userId).change(alertEvents, { readMs }, which);
  if (changed > 0) await tellInbox(database, userId);
  return { unread: await countUnread({ services, userId }) };
}
