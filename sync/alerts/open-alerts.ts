/**
 * The alerts that this process watches: those of accounts whose terminal it holds, and no others.
 *
 * Their prices are asked for whether anybody looks or not, and where no server holds a terminal
 * that one can be opened for, it is woken.
 */
import { setInterval } from 'node:timers';
import { botsChannel } from '../automation/bot-rows.ts';
import type { Automation } from '../automation/open-automation.ts';
import { listenToDatabase } from '../database/notifications.ts';
import type { Log } from '../ops/log.ts';
import type { TerminalRegistry } from '../terminals/terminals.ts';
import { accountWatch, type AccountWatch } from './account-watch.ts';
import { alertsChannel, sleepingWithAlerts } from './alert-rows.ts';
import type { FireOptions } from './fire.ts';

export interface AlertsOptions extends FireOptions {
  readonly registry: TerminalRegistry;
  readonly listenUrl: string;
  now(): number;
  readonly log: Log;
}

const tickMs = 200;
const lookEveryMs = 20_000;
const wakeEveryMs = 10_000;

/** Told of terminals and their news as bots are. */
export function openAlerts(options: AlertsOptions): Automation {
  const { database, registry, now, log } = options;
  const accounts = new Map<string, AccountWatch>();
  const ending = new Set<Promise<void>>();
  let [lookedMs, wokenMs] = [-Infinity, -Infinity];
  const wake = () => {
    sleepingWithAlerts(database, now())
      .then((found) => {
        for (const { accountId, symbols } of found) registry.looked(accountId, symbols);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'terminals of alerts were not woken'));
  };
  const listening = listenToDatabase({
    url: options.listenUrl,
    log,
    channels: {
      [alertsChannel](accountId) {
        const watch = accounts.get(accountId);
        if (watch) watch.look();
        else wokenMs = -Infinity;
        lookedMs = Math.min(lookedMs, now() - lookEveryMs + 1_000);
      },
      [botsChannel]: (accountId) => accounts.get(accountId)?.heard(),
    },
    onListening() {
      for (const watch of accounts.values()) watch.look();
    },
  });
  const timer = setInterval(() => {
    const nowMs = now();
    if (nowMs - wokenMs > wakeEveryMs) {
      wokenMs = nowMs;
      wake();
    }
    const isLookDue = nowMs - lookedMs > lookEveryMs;
    if (isLookDue) lookedMs = nowMs;
    for (const watch of accounts.values()) {
      watch.tick();
      if (!isLookDue) continue;
      watch.look();
      if (watch.symbols.length > 0) registry.looked(watch.live.accountId, watch.symbols);
    }
  }, tickMs);
  const end = (watch: AccountWatch) => {
    const done: Promise<void> = watch.end().finally(() => ending.delete(done));
    ending.add(done);
  };
  const current = (live: AccountWatch['live']) => {
    const watch = accounts.get(live.accountId);
    return watch?.live === live ? watch : undefined;
  };
  return {
    opened(live) {
      const before = accounts.get(live.accountId);
      if (before) end(before);
      accounts.set(live.accountId, accountWatch({ ...options, live }));
      lookedMs = Math.min(lookedMs, now() - lookEveryMs + 1_000);
    },
    heard(live, news) {
      const watch = current(live);
      if (news.t === 'changed') watch?.heard();
      else for (const quote of news.quotes) watch?.put(quote);
    },
    ended(live) {
      const watch = current(live);
      if (!watch) return;
      accounts.delete(live.accountId);
      end(watch);
    },
    async close() {
      clearInterval(timer);
      for (const watch of accounts.values()) end(watch);
      accounts.clear();
      await listening.close();
      await Promise.all(ending);
    },
  };
}
