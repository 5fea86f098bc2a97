/** What a bot holds, as the server knows it: its positions, orders and trips, and what is open. */
import { sql } from 'drizzle-orm';
import type { Ask, EntryAsk } from '#core/automation/asks.ts';
import type { BotBook, BotOrder, BotPosition } from '#core/automation/bot-book.ts';
import { entriesOfDeals } from '#core/automation/entries-of-deals.ts';
import { timedDeals, utcOf } from '#core/automation/timed-deals.ts';
import { tripsOfDeals } from '#core/automation/trips-of-deals.ts';
import type { Deal } from '#core/broker/book.ts';
import type { OrderState } from '#core/broker/intent.ts';
import type { Zone } from '#core/market/zone.ts';
import type { Queries } from '../database/queries.ts';
import type { HeldOrder, HeldPosition } from '../orders/order-store.ts';
import { readBegun, type Begun } from './bot-begun.ts';
import type { BotKey } from './bot-rows.ts';

/** What is not over yet, of what the bot asked for. */
export interface OpenIntent {
  readonly intentId: string;
  readonly requestId: string;
  readonly state: OrderState;
  readonly t: string;
  /** A market order or a close: until its fate is known nobody knows what is held. */
  readonly isSudden: boolean;
}

export interface HeldBook extends BotBook {
  readonly open: readonly OpenIntent[];
  /** Filled, and not to be seen in the terminal's book or its deals yet. */
  readonly unseen: number;
}

export interface BotAccount extends BotKey {
  readonly accountId: string;
}

export interface HeldRow extends Record<string, unknown> {
  readonly kind: 'position' | 'order';
  readonly facts: HeldPosition | HeldOrder;
  readonly asks: readonly Ask[];
  readonly place: number | null;
  readonly bar_ms: string;
}

/** `clock` is the broker's. */
export async function readBotBook(
  queries: Queries,
  bot: BotAccount,
  clock: Zone,
): Promise<HeldBook> {
  const [held, told, intents] = await Promise.all([
    readHeld(queries, bot),
    readDeals(queries, bot),
    readIntents(queries, bot),
  ]);
  const deals = timedDeals(told, clock);
  const entries = entriesOfDeals(deals);
  const begun = await readBegun(queries, bot, { held, entries });
  const positions = held.flatMap((row) => positionIn(row, clock, begun));
  positions.sort((a, b) => a.entryMs - b.entryMs || compareTickets(a.position, b.position));
  const known = new Set([
    ...positions.map(({ position }) => position),
    ...deals.filter(({ entry }) => entry !== 'in').map(({ position }) => position),
  ]);
  const isFilledUnseen = ({ state, t, position }: IntentRow) =>
    state === 'filled' && t === 'place' && position !== null && !known.has(position);
  return {
    positions,
    orders: held.flatMap(orderIn),
    trips: tripsOfDeals(deals),
    open: intents.filter(({ is_open: isOpen }) => isOpen).map(openIntent),
    unseen: intents.filter(isFilledUnseen).length + held.filter(isHalfSeen).length,
  };
}

const compareTickets = (a: string, b: string): number =>
  a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

function readHeld(queries: Queries, { userId, accountId, botId }: BotAccount): Promise<HeldRow[]> {
  return queries.execute<HeldRow>(sql`
    select held.kind, held.facts, asked.asks, asked.bar_ms,
      array_position(asked.intent_ids, (held.facts ->> 'intentId')::uuid) as place
    from "broker_items" held
    join "bot_orders" asked on asked.user_id = held.user_id and asked.bot_id = ${botId}
      and (held.facts ->> 'intentId')::uuid = any(asked.intent_ids)
    where held.user_id = ${userId} and held.account_id = ${accountId}
      and held.kind in ('position', 'order')`);
}

/** Put down as filled before the terminal showed it: when it was opened nobody knows yet. */
function isHalfSeen({ kind, facts }: HeldRow): boolean {
  return kind === 'position' && (facts as HeldPosition).openedServerMs === 0;
}

function positionIn(
  { kind, facts }: HeldRow,
  clock: Zone,
  begun: ReadonlyMap<string, Begun>,
): BotPosition[] {
  if (kind !== 'position') return [];
  const held = facts as HeldPosition;
  const lots = Number((held.volumeLots - held.closedLots).toPrecision(12));
  if (!(lots > 0)) return [];
  const known = begun.get(held.position);
  const entryMs = utcOf(held.openedServerMs, clock);
  return [
    {
      position: held.position,
      side: held.side === 'buy' ? 1 : -1,
      lots,
      entryMs,
      entryBarMs: known?.entryBarMs ?? entryMs,
      entries: known?.entries ?? 1,
      entryPrice: held.openPrice,
      stop: held.sl,
      target: held.tp,
      care: known?.care ?? null,
    },
  ];
}

function orderIn({ kind, facts, asks, place, bar_ms: barMs }: HeldRow): BotOrder[] {
  if (kind !== 'order') return [];
  const held = facts as HeldOrder;
  const ask = asks[(place ?? 1) - 1];
  if (held.kind === 'market' || ask?.t !== 'enter') return [];
  return [
    {
      order: held.order,
      side: held.side === 'buy' ? 1 : -1,
      kind: held.kind === 'stop-limit' ? 'stopLimit' : held.kind,
      lots: held.volumeLots,
      price: held.price,
      limitPrice: held.limitPrice,
      ...{ rule: ask.rule, group: ask.group },
      barMs: Number(barMs),
      expiryBars: ask.expiryBars ?? Infinity,
    },
  ];
}

interface DealRow extends Record<string, unknown> {
  readonly deal: string;
  readonly order_ticket: string;
  readonly position: string;
  readonly symbol: string;
  readonly kind: Deal['kind'];
  readonly entry: Deal['entry'];
  readonly volume_lots: number;
  readonly price: number;
  readonly commission: number;
  readonly swap: number;
  readonly profit: number;
  readonly reason: Deal['reason'];
  readonly server_ms: string;
}

/** Those of positions that the bot's orders opened, in the broker's order. */
async function readDeals(
  queries: Queries,
  { userId, accountId, botId }: BotAccount,
): Promise<readonly Deal[]> {
  const rows = await queries.execute<DealRow>(sql`
    select deal, order_ticket, position, symbol, kind, entry, volume_lots, price, commission,
      swap, profit, reason, server_ms
    from "deals" where "deals"."user_id" = ${userId} and "deals"."account_id" = ${accountId}
      and "deals"."position" in (
        select made.facts ->> 'position' from "bot_orders" asked
        join "order_intents" made on made.user_id = asked.user_id
          and made.intent_id = any(asked.intent_ids)
        where asked.user_id = ${userId} and asked.bot_id = ${botId}
          and made.body ->> 't' = 'place' and made.facts ->> 'position' is not null)
    order by server_ms, length(deal), deal`);
  return rows.map((row) => ({
    ...{ deal: row.deal, order: row.order_ticket, position: row.position, symbol: row.symbol },
    ...{ kind: row.kind, entry: row.entry, volumeLots: row.volume_lots, price: row.price },
    ...{ commission: row.commission, swap: row.swap, profit: row.profit, reason: row.reason },
    ...{ magic: '', comment: '', serverMs: Number(row.server_ms) },
  }));
}

interface IntentRow extends Record<string, unknown> {
  readonly intent_id: string;
  readonly request_id: string;
  readonly state: OrderState;
  readonly is_open: boolean;
  readonly t: string;
  readonly order_kind: string | null;
  readonly position: string | null;
}

/** Those that are open, and those that were filled lately. */
function readIntents(queries: Queries, { userId, botId }: BotAccount): Promise<IntentRow[]> {
  return queries.execute<IntentRow>(sql`
    select made.intent_id, made.request_id, made.state, made.is_open, made.body ->> 't' as t,
      made.body ->> 'kind' as order_kind, made.facts ->> 'position' as position
    from "bot_orders" asked
    join "order_intents" made on made.user_id = asked.user_id
      and made.intent_id = any(asked.intent_ids)
    where asked.user_id = ${userId} and asked.bot_id = ${botId}
      and (made.is_open or made.state = 'filled')
    order by made.is_open desc, made.updated_ms desc limit 200`);
}

function openIntent(row: IntentRow): OpenIntent {
  const { intent_id: intentId, request_id: requestId, state, t } = row;
  const isPending = t === 'place' && row.order_kind !== 'market';
  return { intentId, requestId, state, t, isSudden: !isPending };
}

/** The entry that the row asks for, where it asks for one. */
export function entriesIn(asks: readonly Ask[]): readonly EntryAsk[] {
  return asks.filter((ask): ask is EntryAsk => ask.t === 'enter');
}
