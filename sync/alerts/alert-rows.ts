/** Rows of alerts: read, kept up with, and told of to servers and pages. */
import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Side } from '#core/alerts/crossing.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { alertEvents, alerts } from '../schema/alerts.ts';
import { tellPages } from '../terminals/notices.ts';

/** `<account>`: something of its alerts changed. */
export const alertsChannel = 'offing_alerts';

export type AlertRow = typeof alerts.$inferSelect;
export type AlertEventRow = typeof alertEvents.$inferSelect;

export interface AccountKey {
  readonly userId: string;
  readonly accountId: string;
}

/** Those of the account that are waited on. */
export function alertsOn(queries: Queries, { userId, accountId }: AccountKey): Promise<AlertRow[]> {
  const where = and(eq(alerts.accountId, accountId), eq(alerts.state, 'on'));
  return ownRows(queries, userId).read(alerts, { where, orderBy: [asc(alerts.createdMs)] });
}

/** Those of them whose time was over by then are done. */
export async function endOver(
  queries: Queries,
  userId: string,
  { alertIds, endMs }: { readonly alertIds: readonly string[]; readonly endMs: number },
): Promise<void> {
  const where = and(
    inArray(alerts.alertId, [...alertIds]),
    eq(alerts.state, 'on'),
    lt(alerts.untilMs, endMs),
  );
  const ended = await ownRows(queries, userId).change(alerts, { state: 'done' }, where);
  if (ended > 0) await tellInbox(queries, userId);
}

/** On which side the value is now, unless the alert was told or changed meanwhile. */
export async function keepSide(
  queries: Queries,
  { userId, alertId, fired, revision }: AlertRow,
  side: Side | null,
): Promise<void> {
  const where = and(
    eq(alerts.alertId, alertId),
    eq(alerts.fired, fired),
    eq(alerts.revision, revision),
  );
  await ownRows(queries, userId).change(alerts, { side }, where);
}

/** To the server that watches the account, once the transaction has committed. */
export async function tellWatchers(queries: Queries, accountId: string): Promise<void> {
  await queries.execute(sql`select pg_notify(${alertsChannel}, ${accountId})`);
}

/** To the person's devices: of the inbox they hear under the person's own id. */
export async function tellInbox(queries: Queries, userId: string): Promise<void> {
  await tellPages(queries, { userId, accountId: userId });
}

/** What an inbox keeps. */
export const mostEvents = 500;

export async function pruneEvents(queries: Queries, userId: string): Promise<void> {
  const [oldest] = await queries
    .select({ n: alertEvents.n })
    .from(alertEvents)
    .where(eq(alertEvents.userId, userId))
    .orderBy(desc(alertEvents.n))
    .offset(mostEvents - 1)
    .limit(1);
  if (!oldest) return;
  await ownRows(queries, userId).remove(alertEvents, sql`${alertEvents.n} < ${oldest.n}`);
}

export interface SleepingAccount {
  readonly accountId: string;
  readonly symbols: readonly string[];
}

/** Accounts whose alerts wait for a terminal that no server holds, whose ever they are; or one of them. */
export async function sleepingWithAlerts(
  queries: Queries,
  nowMs: number,
  only?: string,
): Promise<readonly SleepingAccount[]> {
  const isMeant = only === undefined ? sql`` : sql` and "alerts"."account_id" = ${only}`;
  const rows = await queries.execute<{
    readonly account_id: string;
    readonly symbols: readonly string[];
  }>(sql`
    select "alerts"."account_id",
      coalesce(array_agg(distinct "alerts"."condition" ->> 'symbol')
        filter (where "alerts"."condition" ->> 'symbol' is not null), '{}') as symbols
    from "alerts"
    join "trading_accounts" held on held.user_id = "alerts"."user_id"
      and held.account_id = "alerts"."account_id"
    where "alerts"."state" = 'on' and coalesce("alerts"."until_ms", ${nowMs}) >= ${nowMs}::bigint
      and held.kind <> 'mt5' and held.state <> 'revoked'
      and coalesce(held.lease_until_ms, 0) < ${nowMs}::bigint${isMeant}
    group by 1 limit 500`);
  return rows.map(({ account_id: accountId, symbols }) => ({ accountId, symbols }));
}
