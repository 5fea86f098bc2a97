/** The deals of a trading account for the journals of its person's devices, the oldest first. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { DealEntry, DealKind } from '#core/broker/book.ts';
import type { DealView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import type { AccountDeal, AccountDeals, DealPlace } from '#core/journal/account-deals.ts';
import { ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import { deals, orderIntents } from '../schema/trading.ts';
import { readAccount } from '../terminals/account-row.ts';
import { withoutAccount, type TraderContext } from '../terminals/trader-context.ts';

export interface DealsAsked {
  readonly accountId: string;
  readonly after?: DealPlace | undefined;
  readonly limit: number;
}

interface Levels {
  readonly sl: number | null;
  readonly tp: number | null;
}

/** Also of an account that was taken away, as long as its rows are here. */
export async function accountDeals(
  ctx: TraderContext,
  { accountId, after, limit }: DealsAsked,
): Promise<Result<AccountDeals, Failure>> {
  const { database } = ctx.services;
  if (!(await readAccount(database, ctx.userId, accountId))) return withoutAccount;
  const { serverMs, deal } = deals;
  const newer = after && sql`(${serverMs}, ${deal}) > (${after.ms}::bigint, ${after.id})`;
  const rows = await ownRows(database, ctx.userId).read(deals, {
    where: and(eq(deals.accountId, accountId), newer),
    orderBy: [asc(serverMs), asc(deal)],
    limit,
  });
  const orders = rows.filter(({ entry }) => entry === 'in').map(({ order }) => order);
  const levels = await levelsOf(ctx, accountId, [...new Set(orders)]);
  const last = rows.length === limit ? rows.at(-1)! : null;
  return ok({
    userId: ctx.userId,
    deals: rows.map((row) => told(row, levels.get(row.order))),
    after: last && { ms: last.serverMs, id: last.deal },
  });
}

function told(row: typeof deals.$inferSelect, levels: Levels | undefined): AccountDeal {
  const { userId, accountId, magic, kind, entry, reason, ...deal } = row;
  return {
    ...deal,
    kind: kind as DealKind,
    entry: entry as DealEntry | null,
    reason: reason as DealView['reason'],
    sl: (entry === 'in' && levels?.sl) || null,
    tp: (entry === 'in' && levels?.tp) || null,
  };
}

/** What the orders were sent with, by their tickets: plans, whatever was moved later. */
async function levelsOf(
  ctx: TraderContext,
  accountId: string,
  orders: readonly string[],
): Promise<ReadonlyMap<string, Levels>> {
  if (orders.length === 0) return new Map();
  const rows = await ownRows(ctx.services.database, ctx.userId).read(orderIntents, {
    where: and(
      eq(orderIntents.accountId, accountId),
      inArray(orderIntents.brokerOrder, [...orders]),
      sql`${orderIntents.body} ->> 't' = 'place'`,
    ),
    orderBy: [asc(orderIntents.createdMs)],
    limit: 2 * orders.length,
  });
  const levels = new Map<string, Levels>();
  for (const { brokerOrder, body } of rows) {
    if (brokerOrder === null || body.t !== 'place' || levels.has(brokerOrder)) continue;
    levels.set(brokerOrder, { sl: body.sl, tp: body.tp });
  }
  return levels;
}
