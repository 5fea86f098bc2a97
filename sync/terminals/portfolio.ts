/** All accounts of a trader together: what lies open on each, and what each was worth over time. */
import { and, desc, eq, gte, ne, sql } from 'drizzle-orm';
import type { EquityPoint, HoldingView, SeenEquityView } from '#core/broker/views.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { HeldPosition } from '../orders/order-store.ts';
import { brokerItems, equitySnapshots, tradingAccounts } from '../schema/trading.ts';
import { readAccounts, viewOf } from './account-row.ts';
import type { TraderContext } from './trader-context.ts';

/** Prices of what is held are passed on from now, as those of a book are. */
export async function holdingsOf(ctx: TraderContext): Promise<readonly HoldingView[]> {
  const { database, terminals } = ctx.services;
  const rows = await readAccounts(database, ctx.userId);
  const held = await positionsOf(ctx);
  const listed = await instrumentsOf(ctx, [...new Set(held.map(({ facts }) => facts.symbol))]);
  return rows
    .filter(({ state }) => state !== 'revoked')
    .map((row) => {
      const { accountId } = row;
      const positions = held.filter((each) => each.accountId === accountId);
      const symbols = new Set(positions.map(({ facts }) => facts.symbol));
      if (symbols.size > 0) terminals.looked(accountId, [...symbols]);
      return {
        account: viewOf(row, terminals.heard(accountId), ctx.nowMs),
        positions: positions.map(({ facts: { misses, ...position } }) => position),
        instruments: listed
          .filter((each) => each.accountId === accountId && symbols.has(each.one.symbol))
          .map(({ one }) => one),
        quotes: terminals.quotesOf(accountId).filter(({ symbol }) => symbols.has(symbol)),
      };
    });
}

async function positionsOf(
  ctx: TraderContext,
): Promise<readonly { readonly accountId: string; readonly facts: HeldPosition }[]> {
  const rows = await ctx.services.database
    .select({ accountId: brokerItems.accountId, facts: brokerItems.facts })
    .from(brokerItems)
    .where(and(eq(brokerItems.userId, ctx.userId), eq(brokerItems.kind, 'position')));
  return rows.map(({ accountId, facts }) => ({ accountId, facts: facts as HeldPosition }));
}

async function instrumentsOf(
  ctx: TraderContext,
  symbols: readonly string[],
): Promise<readonly { readonly accountId: string; readonly one: Instrument }[]> {
  if (symbols.length === 0) return [];
  const { userId, accountId, instruments } = tradingAccounts;
  return ctx.services.database.execute<{
    readonly accountId: string;
    readonly one: Instrument;
  }>(sql`
    select ${accountId} as "accountId", listed.one from ${tradingAccounts}
    cross join lateral jsonb_array_elements(${instruments}) as listed (one)
    where (${userId} = ${ctx.userId} and listed.one ->> 'symbol' = any(${sql.param(symbols)}::text[]))`);
}

/** Of each account at most so many points, evenly over the time asked for. */
const mostPoints = 400;

export async function worthSince(
  ctx: TraderContext,
  fromMs: number,
): Promise<readonly SeenEquityView[]> {
  const { database } = ctx.services;
  const stepMs = Math.max(1, Math.ceil((ctx.nowMs - fromMs) / mostPoints));
  const { userId, accountId, atMs, balance, equity } = equitySnapshots;
  const accounts = await database
    .select({ accountId: tradingAccounts.accountId, broker: tradingAccounts.broker })
    .from(tradingAccounts)
    .where(and(eq(tradingAccounts.userId, ctx.userId), ne(tradingAccounts.state, 'revoked')));
  const slot = sql<string>`${atMs} / ${stepMs}::bigint`.as('slot');
  const seen = database
    .select({ accountId, atMs, balance, equity, slot })
    .from(equitySnapshots)
    .where(and(eq(userId, ctx.userId), gte(atMs, fromMs)))
    .as('seen');
  // Of each step the last that was seen.
  const rows = await database
    .selectDistinctOn([seen.accountId, seen.slot])
    .from(seen)
    .orderBy(seen.accountId, seen.slot, desc(seen.atMs));
  return accounts.flatMap(({ accountId: id, broker }) => {
    const points = rows.filter((row) => row.accountId === id).map(pointOf);
    return broker === null ? [] : [{ accountId: id, currency: broker.currency, points }];
  });
}

const pointOf = ({ atMs, balance, equity }: EquityPoint): EquityPoint => ({
  ...{ atMs, balance, equity },
});
