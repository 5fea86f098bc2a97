/** What was asked of an account and what came of it, page by page, newest first. */
import { and, asc, desc, eq, gte, sql, type SQL } from 'drizzle-orm';
import type { DealEntry, DealKind } from '#core/broker/book.ts';
import type { DealView, EquityPoint, IntentEventView, IntentView } from '#core/broker/views.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { intentView } from '../orders/told-change.ts';
import { deals, equitySnapshots, intentEvents, orderIntents } from '../schema/trading.ts';
import { readAccount } from './account-row.ts';
import { withoutAccount, type TraderContext } from './trader-context.ts';

const pageRows = 100;
const mostOpen = 1_000;
const mostEvents = 500;
const mostPoints = 1_000;

/** Before the row of this time and id. */
export interface Before {
  readonly ms: number;
  readonly id: string;
}

interface Asked {
  readonly accountId: string;
  readonly before?: Before | undefined;
}

type IntentRow = typeof orderIntents.$inferSelect;

function intentOf({ intentId, accountId, requestId, state, body, facts }: IntentRow): Intent {
  return { id: intentId, accountId, requestId, state, body, ...facts };
}

export async function readOpenIntents(
  ctx: TraderContext,
  accountId: string,
): Promise<readonly IntentView[]> {
  const rows = await ownRows(ctx.services.database, ctx.userId).read(orderIntents, {
    where: and(eq(orderIntents.accountId, accountId), sql`${orderIntents.isOpen}`),
    orderBy: [asc(orderIntents.createdMs)],
    limit: mostOpen,
  });
  return rows.map((row) => intentView(intentOf(row)));
}

export async function intentsPage(
  ctx: TraderContext,
  { accountId, before }: Asked,
): Promise<
  Result<{ readonly intents: readonly IntentView[]; readonly before: Before | null }, Failure>
> {
  const { database } = ctx.services;
  if (!(await readAccount(database, ctx.userId, accountId))) return withoutAccount;
  const { createdMs, intentId } = orderIntents;
  const rows = await ownRows(database, ctx.userId).read(orderIntents, {
    where: and(
      eq(orderIntents.accountId, accountId),
      before && isUuid(before.id)
        ? sql`(${createdMs}, ${intentId}) < (${before.ms}::bigint, ${before.id}::uuid)`
        : undefined,
    ),
    orderBy: [desc(createdMs), desc(intentId)],
    limit: pageRows,
  });
  const last = rows.length === pageRows ? rows.at(-1)! : null;
  return ok({
    intents: rows.map((row) => intentView(intentOf(row))),
    before: last && { ms: last.createdMs, id: last.intentId },
  });
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

export async function findIntent(ctx: TraderContext, intentId: string): Promise<Intent | null> {
  const row = await ownRows(ctx.services.database, ctx.userId).one(orderIntents, {
    where: eq(orderIntents.intentId, intentId),
  });
  return row && intentOf(row);
}

export async function oneIntent(
  ctx: TraderContext,
  intentId: string,
): Promise<
  Result<{ readonly intent: IntentView; readonly events: readonly IntentEventView[] }, Failure>
> {
  const intent = await findIntent(ctx, intentId);
  if (!intent) return withoutIntent;
  const events = await ownRows(ctx.services.database, ctx.userId).read(intentEvents, {
    where: eq(intentEvents.intentId, intentId),
    orderBy: [asc(intentEvents.n)],
    limit: mostEvents,
  });
  return ok({
    intent: intentView(intent),
    events: events.map(({ atMs, name, detail }) => ({ atMs, name, detail })),
  });
}

export const withoutIntent: Result<never, Failure> = fail({
  code: 'trade.order-missing',
  detail: 'There is no such order.',
});

export async function dealsPage(
  ctx: TraderContext,
  { accountId, before, limit }: Asked & { readonly limit: number },
): Promise<
  Result<{ readonly deals: readonly DealView[]; readonly before: Before | null }, Failure>
> {
  const { database } = ctx.services;
  if (!(await readAccount(database, ctx.userId, accountId))) return withoutAccount;
  const { serverMs, deal } = deals;
  const older: SQL | undefined =
    before && sql`(${serverMs}, ${deal}) < (${before.ms}::bigint, ${before.id})`;
  const rows = await ownRows(database, ctx.userId).read(deals, {
    where: and(eq(deals.accountId, accountId), older),
    orderBy: [desc(serverMs), desc(deal)],
    limit,
  });
  const last = rows.length === limit ? rows.at(-1)! : null;
  return ok({ deals: rows.map(dealView), before: last && { ms: last.serverMs, id: last.deal } });
}

function dealView(row: typeof deals.$inferSelect): DealView {
  const { userId, accountId, magic, kind, entry, reason, ...deal } = row;
  return {
    ...deal,
    kind: kind as DealKind,
    entry: entry as DealEntry | null,
    reason: reason as DealView['reason'],
  };
}

export async function equitySince(
  ctx: TraderContext,
  { accountId, fromMs }: { readonly accountId: string; readonly fromMs: number },
): Promise<Result<{ readonly points: readonly EquityPoint[] }, Failure>> {
  const { database } = ctx.services;
  if (!(await readAccount(database, ctx.userId, accountId))) return withoutAccount;
  const rows = await ownRows(database, ctx.userId).read(equitySnapshots, {
    where: and(eq(equitySnapshots.accountId, accountId), gte(equitySnapshots.atMs, fromMs)),
    orderBy: [desc(equitySnapshots.atMs)],
    limit: mostPoints,
  });
  const points = rows.map(({ atMs, balance, equity }) => ({ atMs, balance, equity }));
  return ok({ points: points.reverse() });
}

/** Accounts with orders that were never sent in their time, whose ever they are. */
export async function unsentAccounts(
  queries: Queries,
  nowMs: number,
): Promise<readonly { readonly userId: string; readonly accountId: string }[]> {
  return queries
    .selectDistinct({ userId: orderIntents.userId, accountId: orderIntents.accountId })
    .from(orderIntents)
    .where(
      and(
        sql`${orderIntents.isOpen}`,
        sql`${orderIntents.state} in ('held', 'created', 'retry-wait')`,
        sql`(${orderIntents.facts} ->> 'expiresMs')::bigint < ${nowMs}::bigint`,
      ),
    )
    .limit(200);
}
