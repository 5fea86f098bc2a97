/** Rows of bots: read, changed by one step at a time, and told to servers and pages. */
import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { BotBar } from '#core/automation/bar-builder.ts';
import type { BotState, StrategyCopy } from '#core/automation/bot.ts';
import type { Queries } from '../database/queries.ts';
import { ownRows } from '../database/own-rows.ts';
import { storableDetail } from '../database/storable-text.ts';
import { botBars, botEvents, bots } from '../schema/bots.ts';
import { tellPages } from '../terminals/notices.ts';

/** `<account>`: something of its bots changed. */
export const botsChannel = 'offing_bots';

export type BotRow = typeof bots.$inferSelect;

/** Which bot; each statement names both. */
export interface BotKey {
  readonly userId: string;
  readonly botId: string;
}

const isBusy = or(inArray(bots.state, ['running', 'paused']), eq(bots.isEnding, true));

/** Those that have something to do: they watch, or something of them is to be taken away. */
export function busyBots(
  queries: Queries,
  { userId, accountId }: { readonly userId: string; readonly accountId: string },
): Promise<BotRow[]> {
  const where = and(eq(bots.accountId, accountId), isBusy);
  return ownRows(queries, userId).read(bots, { where, orderBy: [asc(bots.createdMs)] });
}

export function findBot(queries: Queries, { userId, botId }: BotKey): Promise<BotRow | null> {
  return ownRows(queries, userId).one(bots, { where: eq(bots.botId, botId) });
}

export interface BotChange {
  readonly state?: BotState;
  readonly reason?: string | null;
  readonly isEnding?: boolean;
  readonly closesToo?: boolean;
  readonly lastBarMs?: number;
  readonly changedMs?: number;
}

/** False where the bot is in none of the states that it is changed from. */
export async function changeBot(
  queries: Queries,
  { userId, botId }: BotKey,
  change: BotChange,
  from: readonly BotState[],
): Promise<boolean> {
  const where = and(eq(bots.botId, botId), inArray(bots.state, [...from]));
  return (await ownRows(queries, userId).change(bots, change, where)) > 0;
}

/** To the server that runs it, and to pages that show it. */
export async function tellBots(
  queries: Queries,
  about: { readonly userId: string; readonly accountId: string },
): Promise<void> {
  await queries.execute(sql`select pg_notify(${botsChannel}, ${about.accountId})`);
  await tellPages(queries, about);
}

export interface BotEvent {
  readonly level: 'info' | 'warn' | 'alert';
  /** See `web/lib/bots/words.ts`. */
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export const mostEvents = 1_000;
/** Of what a strategy in code wrote, or failed with. */
const longestText = 500;

export async function addBotEvent(
  queries: Queries,
  { userId, botId }: BotKey,
  { atMs, level, name, detail }: BotEvent & { readonly atMs: number },
): Promise<void> {
  // Nothing is written of a bot that is gone: its account must leave nothing behind.
  await queries.execute(sql`
    insert into "bot_events" ("user_id", "bot_id", "at_ms", "level", "name", "detail")
    select "bots"."user_id", "bots"."bot_id", ${atMs}::bigint, ${level}, ${name},
      ${JSON.stringify(storableDetail(detail, longestText))}::text::jsonb
    from "bots" where "bots"."user_id" = ${userId} and "bots"."bot_id" = ${botId}
    for key share`);
}

export async function pruneBotEvents(queries: Queries, { userId, botId }: BotKey): Promise<void> {
  const own = and(eq(botEvents.userId, userId), eq(botEvents.botId, botId));
  const [oldest] = await queries
    .select({ n: botEvents.n })
    .from(botEvents)
    .where(own)
    .orderBy(desc(botEvents.n))
    .offset(mostEvents - 1)
    .limit(1);
  if (oldest) await queries.delete(botEvents).where(and(own, lt(botEvents.n, oldest.n)));
}

/** What a bot looks back on at most. */
export const mostBars = 20_000;
/** Bars that a bot in code goes through: each time from the first, since it remembers them. */
export const mostCodeBars = 50_000;

export const mostBarsOf = ({ language }: Pick<StrategyCopy, 'language'>): number =>
  language === 'code' ? mostCodeBars + 1 : mostBars;

export interface WatchedBar extends BotBar {
  /** What a strategy in code was shown at its close; null = it was not asked. */
  view?: string | null;
}

export interface KeptBar extends WatchedBar {
  readonly source: 'history' | 'seen';
  readonly decided: 'asked' | 'nothing' | 'late' | null;
}

/** The newest, oldest first. */
export async function readBars(
  queries: Queries,
  { userId, botId }: BotKey,
  most: number,
): Promise<readonly KeptBar[]> {
  const rows = await ownRows(queries, userId).read(botBars, {
    where: eq(botBars.botId, botId),
    orderBy: [desc(botBars.openMs)],
    limit: most,
  });
  return rows.reverse();
}

/** Those that are there stay as they are. */
export async function addBars(
  queries: Queries,
  { userId, botId }: BotKey,
  bars: readonly BotBar[],
  source: KeptBar['source'],
): Promise<void> {
  if (bars.length === 0) return;
  // As one text, so that the statement is the same for any number.
  await queries.execute(sql`
    insert into "bot_bars" ("user_id", "bot_id", "open_ms", "open", "high", "low", "close",
      "volume", "source")
    select "bots"."user_id", "bots"."bot_id", given."openMs", given."open", given."high",
      given."low", given."close", given."volume", ${source}
    from "bots", jsonb_to_recordset(${JSON.stringify(bars)}::text::jsonb) as given ("openMs" bigint,
      "open" float8, "high" float8, "low" float8, "close" float8, "volume" float8)
    where "bots"."user_id" = ${userId} and "bots"."bot_id" = ${botId}
    on conflict do nothing`);
}

/** False where somebody has decided on the bar, or been shown it, already. */
export async function keepView(
  queries: Queries,
  { userId, botId }: BotKey,
  { openMs, open, high, low, close, volume }: BotBar,
  view: string,
): Promise<boolean> {
  const where = and(
    eq(botBars.botId, botId),
    eq(botBars.openMs, openMs),
    sql`${botBars.view} is null and ${botBars.decided} is null`,
  );
  // The bar with it, as it was shown: another server may have seen less of it.
  const shown = { open, high, low, close, volume, view };
  return (await ownRows(queries, userId).change(botBars, shown, where)) > 0;
}

/** What the bot did at the close of the bar; true where nobody had said so before. */
export async function markDecided(
  queries: Queries,
  { userId, botId }: BotKey,
  openMs: number,
  decided: NonNullable<KeptBar['decided']>,
): Promise<boolean> {
  const where = and(
    eq(botBars.botId, botId),
    eq(botBars.openMs, openMs),
    sql`${botBars.decided} is null`,
  );
  return (await ownRows(queries, userId).change(botBars, { decided }, where)) > 0;
}
