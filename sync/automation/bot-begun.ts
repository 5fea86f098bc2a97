/** How what a bot holds began: which of its entries it came of, and what of it was taken since. */
import { sql } from 'drizzle-orm';
import type { Ask } from '#core/automation/asks.ts';
import type { HeldCare } from '#core/automation/bot-book.ts';
import type { LatestEntry } from '#core/automation/entries-of-deals.ts';
import type { Queries } from '../database/queries.ts';
import type { BotAccount, HeldRow } from './bot-book.ts';

export interface Begun {
  /** In the bar of the entry: that at whose close it was asked for where it was to fill there. */
  readonly entryBarMs: number;
  readonly entries: number;
  readonly care: HeldCare | null;
}

interface Held {
  readonly held: readonly HeldRow[];
  readonly entries: ReadonlyMap<string, LatestEntry>;
}

/** By position. One whose deals are not heard of yet is left out: nothing is done with it so far. */
export async function readBegun(
  queries: Queries,
  bot: BotAccount,
  { held, entries }: Held,
): Promise<ReadonlyMap<string, Begun>> {
  const positions = held.flatMap(({ kind, facts }) =>
    kind === 'position' && 'position' in facts ? [facts.position] : [],
  );
  const latest = positions.flatMap((position) => {
    const entry = entries.get(position);
    return entry ? [{ position, ...entry }] : [];
  });
  if (latest.length === 0) return new Map();
  const [asked, taken] = await Promise.all([
    readAsked(queries, bot, latest),
    readTaken(queries, bot, latest),
  ]);
  const begun = latest.flatMap(({ position, order, atMs, lots, leftBefore, entries }) => {
    const row = asked.find(({ broker_order: ticket }) => ticket === order);
    const ask = row?.asks[(row.place ?? 1) - 1];
    if (!row || ask?.t !== 'enter') return [];
    const barMs = Number(row.bar_ms);
    const parts = taken
      // Parts of what it was before it was turned round are none of these.
      .filter((each) => each.position === position && Number(each.bar_ms) > barMs)
      .filter(({ broker_order: ticket }) => ticket === null || !leftBefore.has(ticket))
      .map(({ part }) => part);
    const care = ask.care ? { asked: ask.care, stop: ask.stop, lots, taken: parts } : null;
    return [[position, { entryBarMs: ask.isFromClose ? barMs : atMs, entries, care }] as const];
  });
  return new Map(begun);
}

interface AskedRow extends Record<string, unknown> {
  readonly broker_order: string;
  readonly asks: readonly Ask[];
  readonly place: number | null;
  readonly bar_ms: string;
}

type Latest = readonly (LatestEntry & { readonly position: string })[];

/** The entries of the bot that the broker's orders came of. */
function readAsked(
  queries: Queries,
  { userId, accountId, botId }: BotAccount,
  latest: Latest,
): Promise<AskedRow[]> {
  const orders = latest.map(({ order }) => order);
  return queries.execute<AskedRow>(sql`
    select made.broker_order, asked.asks, asked.bar_ms,
      array_position(asked.intent_ids, made.intent_id) as place
    from "order_intents" made
    join "bot_orders" asked on asked.user_id = made.user_id and asked.bot_id = ${botId}
      and made.intent_id = any(asked.intent_ids)
    where made.user_id = ${userId} and made.account_id = ${accountId}
      and made.body ->> 't' = 'place' and made.broker_order = any(${sql.param(orders)}::text[])`);
}

interface TakenRow extends Record<string, unknown> {
  readonly position: string;
  readonly part: number;
  readonly bar_ms: string;
  /** That closed it; null = not heard of. */
  readonly broker_order: string | null;
}

/** Parts that were closed, of what is held; one that was refused is asked for again. */
function readTaken(
  queries: Queries,
  { userId, botId }: BotAccount,
  latest: Latest,
): Promise<TakenRow[]> {
  const positions = latest.map(({ position }) => position);
  return queries.execute<TakenRow>(sql`
    select asked.asks -> 0 ->> 'position' as position, (asked.asks -> 0 ->> 'part')::int as part,
      asked.bar_ms, made.broker_order
    from "bot_orders" asked
    join "order_intents" made on made.user_id = asked.user_id
      and made.intent_id = any(asked.intent_ids)
    where asked.user_id = ${userId} and asked.bot_id = ${botId}
      and asked.asks -> 0 ->> 't' = 'close' and asked.asks -> 0 ? 'part'
      and asked.asks -> 0 ->> 'position' = any(${sql.param(positions)}::text[])
      and (made.facts ->> 'filledLots')::float8 > 0`);
}
