/**
 * The alerts that this process watches: those of accounts whose terminal it holds, and no others.
 *
 * Their prices are asked for whether anybody looks or not, and where no server holds a terminal
 * that one can be opened for, it is woken.
 */
import { setInterval } from 'node:timers';
import { botsChannel } from '../automation/bot-rows.ts';
import type { Automation } from '../automation/open-automation.ts';
import type { Notifications } from '../database/notifications.ts';
import type { Log } from '../ops/log.ts';
import type { TerminalRegistry } from '../terminals/terminals.ts';
import { accountWatch, type AccountWatch } from './account-watch.ts';
import { alertsChannel, sleepingWithAlerts } from './alert-rows.ts';
import type { FireOptions } from './fire.ts';

export interface AlertsOptions extends FireOptions {
  readonly registry: TerminalRegistry;
  readonly notifications: Notifications;
  now(): number;
  readonly log: Log;
}

const tickMs = 200;
const beatEveryMs = 20_000;
const wakeEveryMs = 10_000;

/** Told of terminals and their news as bots are. */
export function openAlerts(options: AlertsOptions): Automation {
  const { database, registry, now, log } = options;
  const accounts = new Map<string, AccountWatch>();
  const ending = new Set<Promise<void>>();
  let [beatMs, wokenMs] = [now(), -Infinity];
  const wake = (only?: string) => {
    sleepingWithAlerts(database, now(), only)
      .then((found) => {
        for (const { accountId, symbols } of found) registry.looked(accountId, symbols);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'terminals of alerts were not woken'));
  };
  const leave = options.notifications.hear({
    channels: {
      [alertsChannel](accountId) {
        const watch = accounts.get(accountId);
        if (watch) watch.look();
        else wake(accountId);
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
    const isBeatDue = nowMs - beatMs > beatEveryMs;
    if (isBeatDue) beatMs = nowMs;
    for (const watch of accounts.values()) {
      watch.tick();
      if (isBeatDue) watch.beat();
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
      const looked = (symbols: readonly string[]) => registry.looked(live.accountId, symbols);
      accounts.set(live.accountId, accountWatch({ ...options, live, looked }));
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
      leave();
      await Promise.all(ending);
    },
  };
}
