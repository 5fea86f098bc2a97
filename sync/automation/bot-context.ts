/** What one running bot remembers and works with; all that must outlive it is in the database. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { barBuilder, type BarBuilder } from '#core/automation/bar-builder.ts';
import { barLengthMs, isBotTimeframe, isWatching } from '#core/automation/bot.ts';
import { botProgram } from '#core/automation/translatable.ts';
import type { AccountMode } from '#core/broker/book.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Log } from '../ops/log.ts';
import type { OrderStore } from '../orders/order-store.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import type { BotAccount } from './bot-book.ts';
import { ruleBrain, type Brain } from './brain.ts';
import { brokerClock } from './broker-clock.ts';
import { codeBrain } from './code-brain.ts';
import type { CodeThreads } from './code-threads.ts';
import type { Deciding } from './bot-decision.ts';
import { toleranceMs, type BotOrderRow } from './bot-orders.ts';
import {
  addBotEvent,
  changeBot,
  findBot,
  keepView,
  pruneBotEvents,
  tellBots,
  type BotEvent,
  type BotRow,
  type WatchedBar,
} from './bot-rows.ts';

export interface BotRunOptions {
  readonly row: BotRow;
  readonly live: LiveSession;
  readonly database: PostgresJsDatabase;
  readonly orders: OrderStore;
  /** For strategies in code. */
  readonly threads: CodeThreads;
  quote(symbol: string): Quote | null;
  now(): number;
  readonly log: Log;
  /** For the operator's figures. */
  count(event: string): void;
}

export interface BotContext {
  readonly options: BotRunOptions;
  readonly bot: BotAccount;
  /** How long its bars last. */
  readonly lengthMs: number;
  /** Null where its rules cannot be read any more. */
  readonly deciding: Deciding | null;
  row: BotRow;
  rows: WatchedBar[];
  builder: BarBuilder;
  /** Asked for at the close of the bar that opened at `waitingMs`: they go out at the next open. */
  waiting: readonly BotOrderRow[];
  waitingMs: number;
  /** Nobody watched all the time since: after that it is too late for them. */
  waitsUntilMs: number;
  /** The bar that was under way when this began: seen in part alone. */
  readonly partMs: number;
  maxPositions: number | null;
  isOver: boolean;
  tell(...events: readonly BotEvent[]): Promise<void>;
  /** Reads its row anew. */
  load(): Promise<void>;
  /** It does nothing until a trader has looked and lets it go on. */
  pause(reason: string, detail: BotEvent['detail']): Promise<void>;
  /** It ends by itself. */
  stop(reason: string, detail?: BotEvent['detail']): Promise<void>;
  /** Something may have changed at the broker: whoever waits for that looks again. */
  wakeUp(): void;
}

const newsMs = 150;
const pruneEvery = 100;

export function botContext(options: BotRunOptions): BotContext {
  const { row, database, now } = options;
  const { userId, botId, accountId, setup, terms } = row;
  const { timeframe } = setup;
  const bot = { userId, botId, accountId };
  const lengthMs = isBotTimeframe(timeframe) ? barLengthMs(timeframe) : 60_000;
  const mode = terms.settings.positions === 'netting' ? 'netting' : 'hedging';
  const brain = brainOf(options, mode);
  let waiters: (() => void)[] = [];
  let events = 0;
  const wait = () =>
    new Promise<void>((resolve) => {
      waiters.push(resolve);
      setTimeout(resolve, newsMs).unref();
    });
  const context: BotContext = {
    ...{ options, bot, lengthMs, row, rows: [], waiting: [], waitingMs: 0 },
    ...{ waitsUntilMs: Infinity, maxPositions: null, isOver: false },
    builder: barBuilder(lengthMs, -Infinity),
    partMs: Math.floor(now() / lengthMs) * lengthMs,
    deciding: brain && decidingOf(options, brain, () => context, wait),
    async tell(...told) {
      for (const event of told) {
        options.count(event.name);
        await addBotEvent(database, bot, { ...event, atMs: now() });
        if (++events % pruneEvery === 0) await pruneBotEvents(database, bot);
      }
      if (told.length > 0) await tellBots(database, bot);
    },
    async load() {
      const fresh = await findBot(database, bot);
      if (fresh) context.row = fresh;
      else context.isOver = true;
    },
    async pause(reason, detail) {
      const change = { state: 'paused', reason, changedMs: now() } as const;
      await changeBot(database, bot, change, ['running', 'paused']);
      await context.tell({
        level: 'alert',
        name: 'paused-itself',
        detail: { code: reason, ...detail },
      });
      await context.load();
    },
    async stop(reason, detail = {}) {
      const change = { state: 'stopped', reason, isEnding: true, changedMs: now() } as const;
      await changeBot(database, bot, change, ['running', 'paused']);
      const told = { by: reason, ...detail };
      await context.tell({ level: 'alert', name: 'stopped-itself', detail: told });
      await context.load();
    },
    wakeUp() {
      const woken = waiters;
      waiters = [];
      for (const wake of woken) wake();
    },
  };
  return context;
}

/** Null where its rules cannot be read any more. */
function brainOf(options: BotRunOptions, mode: AccountMode): Brain | null {
  const { row, database, threads, now } = options;
  const { userId, botId, setup } = row;
  const { strategy, timeframe } = setup;
  if (strategy.language === 'code') {
    const stillMs = isBotTimeframe(timeframe) ? barLengthMs(timeframe) + toleranceMs(timeframe) : 0;
    return codeBrain(strategy, {
      ...{ owner: userId, threads },
      keep: (bar, view) => keepView(database, { userId, botId }, bar, view),
      isLate: (openMs) => now() - openMs > stillMs,
    });
  }
  const program = botProgram(strategy, mode);
  return program.ok ? ruleBrain(program.value, strategy.inputs) : null;
}

function decidingOf(
  options: BotRunOptions,
  brain: Brain,
  context: () => BotContext,
  news: () => Promise<void>,
): Deciding {
  const { row, live, database, orders, now } = options;
  const { userId, botId, accountId, terms } = row;
  return {
    ...{ bot: { userId, botId, accountId }, terms, database, orders, now, brain, news },
    get setup() {
      return context().row.setup;
    },
    tell: (...events) => context().tell(...events),
    quote: () => options.quote(row.setup.symbol),
    clock: () => brokerClock(live.health, now()),
    isPaused: () => context().row.state !== 'running',
    async stillWatches() {
      const fresh = await findBot(database, { userId, botId });
      if (fresh) context().row = fresh;
      return fresh !== null && isWatching(fresh.state);
    },
    isOver: () => context().isOver,
  };
}
