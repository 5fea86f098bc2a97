/** What a bot asked for, kept before it is sent, so that a new start finds where the old one died. */
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { barLengthMs } from '#core/automation/bot.ts';
import type { Ask } from '#core/automation/asks.ts';
import { dayStartMs } from '#core/automation/bot-limits.ts';
import { botRequestId } from '#core/automation/requests.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import type { Queries } from '../database/queries.ts';
import { ownRows } from '../database/own-rows.ts';
import { intentIdOf } from '../orders/drafts.ts';
import { botOrders } from '../schema/bots.ts';
import { tradeRequests } from '../schema/trading.ts';
import type { BotKey } from './bot-rows.ts';

export type BotOrderRow = typeof botOrders.$inferSelect;
export type BotOrderState = BotOrderRow['state'];

export interface PlannedOrder {
  readonly barMs: number;
  readonly n: number;
  readonly asks: readonly Ask[];
  readonly state: BotOrderState;
  readonly reason?: string;
  readonly figures?: Readonly<Record<string, string | number>>;
}

/** The same plan again changes nothing; answers the row as it is kept. */
export async function planOrder(
  queries: Queries,
  { userId, botId }: BotKey,
  plan: PlannedOrder,
  atMs: number,
): Promise<BotOrderRow> {
  const { barMs, n, asks, state, reason = null, figures = null } = plan;
  const requestId = botRequestId(botId, barMs, n);
  await queries
    .insert(botOrders)
    .values({
      ...{ userId, botId, requestId, barMs, n, state, asks, reason, figures, atMs },
      intentIds: [...intentIdsOf(requestId, asks)],
    })
    .onConflictDoNothing();
  const row = await ownRows(queries, userId).one(botOrders, {
    where: and(eq(botOrders.botId, botId), eq(botOrders.requestId, requestId)),
  });
  if (!row) throw new Error('Broken promise: what was planned is kept');
  return row;
}

export function intentIdsOf(requestId: string, asks: readonly Ask[]): readonly string[] {
  if (asks.length < 2) return [intentIdOf(requestId, null)];
  return [intentIdOf(requestId, 'first'), intentIdOf(requestId, 'second')];
}

/** Rows of the bot in one of these states, in the order in which they were asked for. */
export function ordersIn(
  queries: Queries,
  { userId, botId }: BotKey,
  states: readonly BotOrderState[],
): Promise<BotOrderRow[]> {
  return ownRows(queries, userId).read(botOrders, {
    where: and(eq(botOrders.botId, botId), inArray(botOrders.state, [...states])),
    orderBy: [asc(botOrders.barMs), asc(botOrders.n)],
    limit: 1_000,
  });
}

export interface OrderChange {
  readonly state: BotOrderState;
  readonly asks?: readonly Ask[];
  readonly request?: TradeRequest;
  readonly intentIds?: string[];
  readonly reason?: string | null;
  readonly figures?: Readonly<Record<string, string | number>> | null;
  readonly bid?: number;
  readonly ask?: number;
}

/** False where it is in none of the states that it may come from. */
export async function changeOrder(
  queries: Queries,
  { userId, botId }: BotKey,
  requestId: string,
  change: OrderChange,
  from: readonly BotOrderState[] = ['planned', 'waiting', 'sending'],
): Promise<boolean> {
  const where = and(
    eq(botOrders.botId, botId),
    eq(botOrders.requestId, requestId),
    inArray(botOrders.state, [...from]),
  );
  return (await ownRows(queries, userId).change(botOrders, change, where)) > 0;
}

/** Whether the order path has taken the request in. */
export async function isTaken(
  queries: Queries,
  { userId }: BotKey,
  requestId: string,
): Promise<boolean> {
  const where = eq(tradeRequests.requestId, requestId);
  return (await ownRows(queries, userId).one(tradeRequests, { where })) !== null;
}

/** Entries that were sent in the UTC day of `nowMs`. */
export async function entriesOfDay(
  queries: Queries,
  { userId, botId }: BotKey,
  nowMs: number,
): Promise<number> {
  const [row] = await queries
    .select({ count: sql<string>`count(*)` })
    .from(botOrders)
    .where(
      and(
        eq(botOrders.userId, userId),
        eq(botOrders.botId, botId),
        gte(botOrders.atMs, dayStartMs(nowMs)),
        inArray(botOrders.state, ['sending', 'sent']),
        sql`${botOrders.asks} -> 0 ->> 't' = 'enter'`,
      ),
    );
  return Number(row?.count ?? 0);
}

/** How long after its close a bar may still be acted on where nobody watched. */
export function toleranceMs(timeframe: Parameters<typeof barLengthMs>[0]): number {
  return Math.min(60_000, Math.max(3_000, barLengthMs(timeframe) / 2));
}
