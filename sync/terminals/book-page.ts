/** Everything that lies at an account's broker, for the page that shows it. */
import { and, eq, sql } from 'drizzle-orm';
import type { Instrument } from '#core/broker/instrument.ts';
import type { BookView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import type { HeldOrder, HeldPosition, HeldTrail } from '../orders/order-store.ts';
import { positionView } from '../orders/told-change.ts';
import { brokerItems, tradingAccounts } from '../schema/trading.ts';
import { readAccount, viewOf } from './account-row.ts';
import { readOpenIntents } from './order-pages.ts';
import { withoutAccount, type TraderContext } from './trader-context.ts';

/** Of an account with no more symbols than this, all come with every answer. */
const fewInstruments = 40;

/** `symbols` are those that the page shows beside what is held. */
export async function bookOf(
  ctx: TraderContext,
  { accountId, symbols }: { readonly accountId: string; readonly symbols: readonly string[] },
): Promise<Result<BookView, Failure>> {
  const { database, terminals } = ctx.services;
  const row = await readAccount(database, ctx.userId, accountId);
  if (!row) return withoutAccount;
  // Together: while it is asked nothing is held, so one need not wait for the other.
  const [{ positions, orders, trails }, openIntents] = await Promise.all([
    itemsOf(ctx, accountId),
    readOpenIntents(ctx, accountId),
  ]);
  const held = [...positions, ...orders].map(({ symbol }) => symbol);
  const wanted = [...new Set([...symbols, ...held])];
  const instruments = await instrumentsOf(ctx, accountId, wanted);
  const known = instruments.map(({ symbol }) => symbol);
  terminals.looked(accountId, known);
  return ok({
    account: viewOf(row, terminals.heard(accountId), ctx.nowMs),
    instruments,
    positions: positions.map(positionView),
    orders,
    trails,
    openIntents,
    quotes: terminals.quotesOf(accountId).filter(({ symbol }) => known.includes(symbol)),
  });
}

export async function itemsOf(
  ctx: TraderContext,
  accountId: string,
): Promise<{
  readonly positions: readonly HeldPosition[];
  readonly orders: readonly HeldOrder[];
  readonly trails: readonly HeldTrail[];
}> {
  const rows = await ctx.services.database
    .select({ kind: brokerItems.kind, facts: brokerItems.facts })
    .from(brokerItems)
    .where(and(eq(brokerItems.userId, ctx.userId), eq(brokerItems.accountId, accountId)));
  const of = <T>(kind: string) =>
    rows.filter((row) => row.kind === kind).map(({ facts }) => facts as T);
  return { positions: of('position'), orders: of('order'), trails: of('trail') };
}

/** Those named; all of them where they are few. */
async function instrumentsOf(
  ctx: TraderContext,
  accountId: string,
  symbols: readonly string[],
): Promise<readonly Instrument[]> {
  const { instruments } = tradingAccounts;
  const found = await ctx.services.database.execute<{ readonly one: Instrument }>(sql`
    select listed.one from ${tradingAccounts}
    cross join lateral jsonb_array_elements(${instruments}) as listed (one)
    where (${tradingAccounts.userId} = ${ctx.userId} and ${tradingAccounts.accountId} = ${accountId}
      and (jsonb_array_length(${instruments}) <= ${fewInstruments}
        or listed.one ->> 'symbol' = any(${sql.param(symbols)}::text[])))`);
  return found.map(({ one }) => one);
}

/** All that the broker quotes. */
export async function allInstruments(
  ctx: TraderContext,
  accountId: string,
): Promise<Result<{ readonly instruments: readonly Instrument[] }, Failure>> {
  const [row] = await ctx.services.database
    .select({ instruments: tradingAccounts.instruments })
    .from(tradingAccounts)
    .where(and(eq(tradingAccounts.userId, ctx.userId), eq(tradingAccounts.accountId, accountId)));
  return row ? ok(row) : withoutAccount;
}
