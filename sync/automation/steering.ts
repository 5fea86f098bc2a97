/** What a trader does with bots that there are: pauses, stops and kills them, and changes limits. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { BotLimits } from '#core/automation/bot-limits.ts';
import { stepped, type BotState, type BotStep } from '#core/automation/bot.ts';
import type { Protection } from '#core/automation/protections.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { record, withOwnAccount } from '../auth/account-work.ts';
import { ownRows } from '../database/own-rows.ts';
import { bots } from '../schema/bots.ts';
import { readAccount, type StoredHealth } from '../terminals/account-row.ts';
import { ordersOf, type TraderContext } from '../terminals/trader-context.ts';
import { readBotBook } from './bot-book.ts';
import { takeAway } from './bot-ending.ts';
import { brokerClock } from './broker-clock.ts';
import { addBotEvent, changeBot, findBot, tellBots, type BotRow } from './bot-rows.ts';

export const withoutBot: Result<never, Failure> = fail({
  code: 'bot.missing',
  detail: 'There is no such bot.',
});

export type Steered = Result<{ readonly state: BotState }, Failure>;

const eventNames = { pause: 'paused', resume: 'resumed', stop: 'stopped' } as const;

export interface Steering {
  readonly botId: string;
  readonly step: Exclude<BotStep, 'start' | 'kill'>;
  /** Positions are closed; where it stops. */
  readonly closesToo: boolean;
}

/** A step that is done already changes nothing. */
export async function steerBot(ctx: TraderContext, input: Steering): Promise<Steered> {
  const { botId, step, closesToo } = input;
  const { userId, nowMs } = ctx;
  return withOwnAccount(ctx, async ({ queries }): Promise<Steered> => {
    const row = await findBot(queries, { userId, botId });
    if (!row) return withoutBot;
    const state = stepped(row.state, step);
    if (state === null) {
      const isSame =
        eventNames[step] === row.state || (step === 'resume' && row.state === 'running');
      const figures = { state: row.state };
      return isSame
        ? ok({ state: row.state })
        : fail({ code: 'bot.step', detail: 'It is not in such a state.', figures });
    }
    const ending = step === 'stop' ? { isEnding: true, closesToo } : {};
    const change = { state, reason: null, changedMs: nowMs, ...ending };
    // A protection may have stopped it this very moment.
    if (!(await changeBot(queries, { userId, botId }, change, [row.state]))) {
      return fail({ code: 'bot.step', detail: 'Its state has just changed.' });
    }
    const name = eventNames[step];
    await addBotEvent(queries, { userId, botId }, { level: 'info', name, detail: {}, atMs: nowMs });
    const { accountId } = row;
    await record(ctx, queries, userId, `bot.${name}`, { botId, accountId, name: row.name });
    await tellBots(queries, { userId, accountId });
    return ok({ state });
  });
}

export interface Killing {
  /** Null = of all accounts, all bots. */
  readonly accountId: string | null;
  readonly botId: string | null;
  readonly closesToo: boolean;
}

/**
 * Ends every bot that is meant at once, in one statement, whatever it is doing. What lies at the
 * broker is asked to go at once, and again by the server that holds the terminal until it has.
 */
export async function killBots(
  ctx: TraderContext,
  { accountId, botId, closesToo }: Killing,
): Promise<Result<{ readonly killed: number }, Failure>> {
  const { userId, nowMs } = ctx;
  const killed = await withOwnAccount(ctx, async ({ queries }) => {
    const rows = await queries
      .update(bots)
      .set({
        ...{ state: 'killed', reason: 'kill-switch', isEnding: true, changedMs: nowMs },
        closesToo: sql`${bots.closesToo} or ${closesToo}`,
      })
      .where(
        and(
          eq(bots.userId, userId),
          sql`(${bots.state} in ('running', 'paused') or ${bots.isEnding})`,
          accountId === null ? undefined : eq(bots.accountId, accountId),
          botId === null ? undefined : eq(bots.botId, botId),
        ),
      )
      .returning();
    for (const row of rows) {
      const event = { level: 'alert', name: 'killed', detail: {}, atMs: nowMs } as const;
      await addBotEvent(queries, { userId, botId: row.botId }, event);
    }
    if (rows.length > 0) {
      await record(ctx, queries, userId, 'bot.killed', { bots: rows.length, closesToo });
    }
    for (const id of new Set(rows.map((row) => row.accountId))) {
      await tellBots(queries, { userId, accountId: id });
    }
    return ok(rows);
  });
  if (!killed.ok) return killed;
  await Promise.all(killed.value.map((row) => endNow(ctx, row)));
  return ok({ killed: killed.value.length });
}

/** What cannot be asked for now the server that holds the terminal asks for soon. */
async function endNow(ctx: TraderContext, row: BotRow): Promise<void> {
  const { userId, nowMs, services } = ctx;
  const { botId, accountId, terms } = row;
  const { database, terminals } = services;
  const account = await readAccount(database, userId, accountId);
  const clock = brokerClock(account?.health as StoredHealth | null | undefined, nowMs);
  const bot = { userId, botId, accountId };
  const run = {
    ...{ bot, database, orders: ordersOf(ctx), now: () => nowMs },
    quote: () => terminals.quoteOf(accountId, terms.symbol),
    tell: async () => undefined,
  };
  await takeAway(run, row, await readBotBook(database, bot, clock));
  terminals.looked(accountId, [terms.symbol]);
}

export async function setBotLimits(
  ctx: TraderContext,
  input: {
    readonly botId: string;
    readonly limits: BotLimits;
    readonly protections: readonly Protection[];
  },
): Promise<Steered> {
  const { botId, limits, protections } = input;
  const { userId, nowMs } = ctx;
  return withOwnAccount(ctx, async ({ queries }): Promise<Steered> => {
    const row = await findBot(queries, { userId, botId });
    if (!row) return withoutBot;
    const setup = { ...row.setup, limits, protections };
    const where = and(eq(bots.botId, botId), inArray(bots.state, ['running', 'paused']));
    const values = { setup, changedMs: nowMs };
    if ((await ownRows(queries, userId).change(bots, values, where)) === 0) {
      return fail({ code: 'bot.step', detail: 'It is over.', figures: { state: row.state } });
    }
    const { accountId, state } = row;
    const event = { level: 'info', name: 'limits-changed', detail: {}, atMs: nowMs } as const;
    await addBotEvent(queries, { userId, botId }, event);
    await record(ctx, queries, userId, 'bot.limits-changed', { botId, accountId, name: row.name });
    await tellBots(queries, { userId, accountId });
    return ok({ state });
  });
}
