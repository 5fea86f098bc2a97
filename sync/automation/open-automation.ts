/**
 * The bots of this process: those of accounts whose terminal it holds, and no others, so that
 * each bot runs once however many servers there are.
 */
import { setInterval } from 'node:timers';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Notifications } from '../database/notifications.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { DeskNews } from '../orders/desk.ts';
import type { OrderStore } from '../orders/order-store.ts';
import { postgresOrders } from '../orders/postgres-store.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import type { TerminalRegistry } from '../terminals/terminals.ts';
import { openBotRun, type BotRun } from './bot-run.ts';
import { botsChannel, busyBots } from './bot-rows.ts';
import type { CodeThreads } from './code-threads.ts';
import { changedAccounts, steeringOf } from './changed-bots.ts';
import { sleepingAccounts } from './sleeping-accounts.ts';

export interface Automation {
  /** A terminal is here from now on. */
  opened(live: LiveSession): void;
  heard(live: LiveSession, news: DeskNews): void;
  ended(live: LiveSession): void;
  close(): Promise<void>;
}

export interface AutomationOptions {
  readonly database: PostgresJsDatabase;
  readonly audit: AuditTrail;
  readonly registry: TerminalRegistry;
  readonly notifications: Notifications;
  readonly metrics: Pick<Metrics, 'bot' | 'bots'>;
  readonly threads: CodeThreads;
  now(): number;
  readonly log: Log;
}

interface Running {
  readonly live: LiveSession;
  readonly runs: Map<string, BotRun>;
  /** The bots as they were when last looked for: see `changed-bots.ts`. */
  known: string;
  /** Looking what bots there are, one look after the other. */
  look: Promise<void>;
  /** One waits for its turn already, and will see what has changed by then. */
  isToLook: boolean;
}

const tickMs = 100;
const lookEveryMs = 20_000;
const wakeEveryMs = 10_000;

export function openAutomation(options: AutomationOptions): Automation {
  const { database, registry, metrics, now, log } = options;
  const accounts = new Map<string, Running>();
  const ending = new Set<Promise<void>>();
  let lookedMs = -Infinity;
  let wokenMs = -Infinity;
  const look = (running: Running) => {
    if (running.isToLook) return;
    running.isToLook = true;
    running.look = running.look
      .then(() => {
        running.isToLook = false;
        return lookForBots(options, running, () => accounts.get(running.live.accountId));
      })
      .catch((error: unknown) => log.warn({ err: error }, 'bots could not be looked for'));
  };
  const wake = () => {
    sleepingAccounts(database, now())
      .then((found) => {
        for (const { accountId, symbol } of found) registry.looked(accountId, [symbol]);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'terminals of bots were not woken'));
  };
  // Word of what a trader did may be lost on its way.
  const lookForChanges = () => {
    const known = new Map([...accounts].map(([id, running]) => [id, running.known]));
    changedAccounts(database, known)
      .then((found) => {
        for (const running of found.map((id) => accounts.get(id))) if (running) look(running);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'bots could not be looked for'));
  };
  const leave = options.notifications.hear({
    channels: {
      [botsChannel]: (accountId) => {
        const running = accounts.get(accountId);
        if (running) look(running);
        else wokenMs = -Infinity;
      },
    },
    onListening() {
      for (const running of accounts.values()) look(running);
    },
  });
  const timer = setInterval(() => {
    const nowMs = now();
    if (nowMs - wokenMs > wakeEveryMs) {
      wokenMs = nowMs;
      wake();
      lookForChanges();
    }
    const isLookDue = nowMs - lookedMs > lookEveryMs;
    if (isLookDue) lookedMs = nowMs;
    let count = 0;
    for (const { live, runs } of accounts.values()) {
      count += runs.size;
      for (const run of runs.values()) run.tick();
      const symbols = [...runs.values()].map(({ symbol }) => symbol);
      if (isLookDue && symbols.length > 0) registry.looked(live.accountId, [...new Set(symbols)]);
    }
    metrics.bots(count);
  }, tickMs);
  const end = (running: Running) => {
    const done: Promise<void> = running.look
      .then(() => Promise.all([...running.runs.values()].map((run) => run.end())))
      .then(() => undefined)
      .finally(() => ending.delete(done));
    ending.add(done);
  };
  return {
    opened(live) {
      const before = accounts.get(live.accountId);
      if (before) end(before);
      const runs = new Map<string, BotRun>();
      const running: Running = {
        ...{ live, runs, known: '' },
        ...{ look: Promise.resolve(), isToLook: false },
      };
      accounts.set(live.accountId, running);
      look(running);
    },
    heard(live, news) {
      const running = accounts.get(live.accountId);
      if (running?.live !== live) return;
      for (const run of running.runs.values()) {
        if (news.t === 'changed') run.heard();
        else for (const quote of news.quotes) run.put(quote);
      }
    },
    ended(live) {
      const running = accounts.get(live.accountId);
      if (running?.live !== live) return;
      accounts.delete(live.accountId);
      end(running);
    },
    async close() {
      clearInterval(timer);
      for (const running of accounts.values()) end(running);
      accounts.clear();
      leave();
      await Promise.all(ending);
    },
  };
}

/** Begins what is new, tells what is there that it changed, lets go of what is done. */
async function lookForBots(
  options: AutomationOptions,
  running: Running,
  current: () => Running | undefined,
): Promise<void> {
  const { database, registry, threads, now, log, metrics } = options;
  const { live, runs } = running;
  const { userId, accountId } = live;
  const rows = await busyBots(database, { userId, accountId });
  if (current() !== running) return;
  running.known = steeringOf(rows);
  for (const row of rows) {
    const there = runs.get(row.botId);
    if (there) {
      there.reload();
      continue;
    }
    registry.looked(accountId, [row.setup.symbol]);
    const run = openBotRun({
      ...{ row, live, database, threads, now, log },
      orders: fenced(ordersOf(options, userId), live),
      quote: (symbol) => registry.board.of(accountId, symbol),
      count: (event) => metrics.bot(event),
    });
    runs.set(row.botId, run);
  }
  for (const [botId, run] of runs) {
    if (rows.some((row) => row.botId === botId)) continue;
    runs.delete(botId);
    await run.end();
  }
}

function ordersOf({ database, audit, now }: AutomationOptions, userId: string): OrderStore {
  return postgresOrders({ database, trail: audit, userId, actor: 'server', nowMs: now });
}

/** Nothing is asked for any more once another session has the account. */
function fenced(orders: OrderStore, { session }: LiveSession): OrderStore {
  return {
    transact: (accountId, work, foreseen) =>
      orders.transact(
        accountId,
        async (tx) => (tx.account.session === session ? await work(tx) : null),
        foreseen,
      ),
  };
}
