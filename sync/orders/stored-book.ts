/** What lies at a broker, in Postgres: positions, orders and trails as JSON, deals in columns. */
import { sql } from 'drizzle-orm';
import { equitySnapshots, terminalLog } from '../schema/trading.ts';
import type { Deal, DealEntry, DealKind } from '#core/broker/book.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Notice, TxChanges } from './gathered-tx.ts';
import type { DealsWanted, HeldOrder, HeldPosition, HeldTrail } from './order-store.ts';
import type { Scope } from './postgres-store.ts';
import { absent, column } from './stored-intents.ts';

interface Items {
  readonly position: HeldPosition;
  readonly order: HeldOrder;
  readonly trail: HeldTrail;
}

export interface StoredBook {
  readonly positions: readonly HeldPosition[];
  readonly orders: readonly HeldOrder[];
}

/** Both in one statement, since who asks for one mostly asks for the other. */
export async function bookOf({ queries, userId, accountId }: Scope): Promise<StoredBook> {
  const found = await queries.execute<
    | { readonly kind: 'position'; readonly facts: HeldPosition }
    | { readonly kind: 'order'; readonly facts: HeldOrder }
  >(sql`
    select kind, facts from "broker_items" where ("broker_items"."user_id" = ${userId} and
      "broker_items"."account_id" = ${accountId} and
      "broker_items"."kind" in ('position', 'order'))
    order by "broker_items"."item_id"`);
  const positions: HeldPosition[] = [];
  const orders: HeldOrder[] = [];
  for (const row of found) {
    if (row.kind === 'position') positions.push(row.facts);
    else orders.push(row.facts);
  }
  return { positions, orders };
}

export async function trailsOf({
  queries,
  userId,
  accountId,
}: Scope): Promise<readonly HeldTrail[]> {
  const found = await queries.execute<{ readonly facts: HeldTrail }>(sql`
    select facts from "broker_items" where ("broker_items"."user_id" = ${userId} and
      "broker_items"."account_id" = ${accountId} and "broker_items"."kind" = 'trail')
    order by "broker_items"."item_id"`);
  return found.map(({ facts }) => facts);
}

export async function writeItems(
  { queries, userId, accountId }: Scope,
  kind: keyof Items,
  changed: ReadonlyMap<string, Items[keyof Items] | null>,
): Promise<void> {
  const gone = [...changed].filter(([, item]) => item === null).map(([id]) => id);
  const kept = [...changed].filter(([, item]) => item !== null);
  const work: Promise<unknown>[] = [];
  if (gone.length > 0) {
    work.push(
      queries.execute(sql`
        delete from "broker_items" where ("broker_items"."user_id" = ${userId} and
          "broker_items"."account_id" = ${accountId} and "broker_items"."kind" = ${kind} and
          "broker_items"."item_id" = any(${sql.param(gone)}::text[]))`),
    );
  }
  if (kept.length > 0) {
    work.push(
      queries.execute(sql`
        insert into "broker_items" ("user_id", "account_id", "kind", "item_id", "facts")
        select ${userId}::uuid, ${accountId}::uuid, ${kind}, id, facts::jsonb
        from unnest(${column(kept, ([id]) => id, sql`text`)},
          ${column(kept, ([, item]) => JSON.stringify(item), sql`text`)}) as given (id, facts)
        on conflict ("user_id", "account_id", "kind", "item_id")
          do update set "facts" = excluded.facts`),
    );
  }
  await Promise.all(work);
}

export async function addDeals(
  { queries, userId, accountId }: Scope,
  deals: readonly Deal[],
): Promise<readonly Deal[]> {
  const added = await queries.execute<{ readonly deal: string }>(sql`
    insert into "deals" ("user_id", "account_id", "deal", "order_ticket", "position", "symbol",
      "kind", "entry", "volume_lots", "price", "commission", "swap", "profit", "magic", "comment",
      "reason", "server_ms")
    select ${userId}::uuid, ${accountId}::uuid, deal, order_ticket, position, symbol, kind,
      nullif(entry, ${absent}), volume::float8, price::float8, commission::float8,
      swap::float8, profit::float8, magic, comment, reason, server_ms
    from unnest(${column(deals, ({ deal }) => deal, sql`text`)},
      ${column(deals, ({ order }) => order, sql`text`)},
      ${column(deals, ({ position }) => position, sql`text`)},
      ${column(deals, ({ symbol }) => symbol, sql`text`)},
      ${column(deals, ({ kind }) => kind, sql`text`)},
      ${column(deals, ({ entry }) => entry, sql`text`)},
      ${column(deals, ({ volumeLots }) => volumeLots, sql`text`)},
      ${column(deals, ({ price }) => price, sql`text`)},
      ${column(deals, ({ commission }) => commission, sql`text`)},
      ${column(deals, ({ swap }) => swap, sql`text`)},
      ${column(deals, ({ profit }) => profit, sql`text`)},
      ${column(deals, ({ magic }) => magic, sql`text`)},
      ${column(deals, ({ comment }) => comment, sql`text`)},
      ${column(deals, ({ reason }) => reason, sql`text`)},
      ${column(deals, ({ serverMs }) => serverMs, sql`bigint`)}
    ) as given (deal, order_ticket, position, symbol, kind, entry, volume, price, commission, swap,
      profit, magic, comment, reason, server_ms)
    on conflict ("user_id", "account_id", "deal") do nothing
    returning "deal"`);
  const fresh = new Set(added.map(({ deal }) => deal));
  return deals.filter(({ deal }) => fresh.delete(deal));
}

interface DealRow extends Record<string, unknown> {
  readonly deal: string;
  readonly order_ticket: string;
  readonly position: string;
  readonly symbol: string;
  readonly kind: DealKind;
  readonly entry: DealEntry | null;
  readonly volume_lots: number;
  readonly price: number;
  readonly commission: number;
  readonly swap: number;
  readonly profit: number;
  readonly magic: string;
  readonly comment: string;
  readonly reason: Deal['reason'];
  readonly server_ms: string;
}

export async function dealsOf(
  { queries, userId, accountId }: Scope,
  what: DealsWanted,
): Promise<readonly Deal[]> {
  const which =
    'order' in what
      ? sql`"deals"."order_ticket" = ${what.order}`
      : 'position' in what
        ? sql`"deals"."position" = ${what.position}`
        : sql`"deals"."position" = any(${sql.param(what.positions)}::text[])`;
  const found = await queries.execute<DealRow>(sql`
    select deal, order_ticket, position, symbol, kind, entry, volume_lots, price, commission, swap,
      profit, magic, comment, reason, server_ms
    from "deals" where ("deals"."user_id" = ${userId} and
      "deals"."account_id" = ${accountId} and ${which})`);
  return found.map(({ order_ticket: order, volume_lots: volumeLots, server_ms, ...deal }) => ({
    ...deal,
    ...{ order, volumeLots, serverMs: Number(server_ms) },
  }));
}

export async function addEquity(
  { queries, userId, accountId }: Scope,
  points: TxChanges['equity'],
): Promise<void> {
  if (points.length === 0) return;
  await queries
    .insert(equitySnapshots)
    .values(points.map((point) => ({ ...point, userId, accountId })))
    .onConflictDoNothing();
}

export async function writeLog(
  { queries, userId, accountId }: Scope,
  alerts: readonly Notice[],
  atMs: number,
): Promise<void> {
  const rows = ownRows(queries, userId);
  for (const alert of alerts) {
    await rows.add(terminalLog, { ...alert, accountId, atMs, level: 'alert' });
  }
}
