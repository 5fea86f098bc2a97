/** All alerts of one account, on the server that holds its terminal. */
import { alertProgram, becomesTrue } from '#core/alerts/alert-rule.ts';
import { symbolOf } from '#core/alerts/alert.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Program } from '#core/rules/program.ts';
import type { Log } from '../ops/log.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import { figureOf, readFacts, stoppedBots, digitsOf } from './account-facts.ts';
import { alertsOn } from './alert-rows.ts';
import { barFeed, type BarFeed } from './bar-feed.ts';
import type { FireOptions } from './fire.ts';
import { watchedAlert, type WatchedAlert } from './watched-alert.ts';

export interface AccountWatch {
  readonly live: LiveSession;
  readonly symbols: readonly string[];
  put(quote: Quote): void;
  /** Something of the account changed at the broker. */
  heard(): void;
  /** Its alerts may have changed. */
  look(): void;
  /** To be called several times a second. */
  tick(): void;
  end(): Promise<void>;
}

export interface WatchOptions extends FireOptions {
  readonly live: LiveSession;
  now(): number;
  readonly log: Log;
}

interface RuleFeed {
  readonly feed: BarFeed;
  readonly symbol: string;
  readonly digits: number;
  isReady: boolean;
}

/** A price of a bar may come so much after its end. */
const graceMs = 400;
const keepEveryMs = 1_000;
const factsEveryMs = 1_000;

export function accountWatch(options: WatchOptions): AccountWatch {
  const { live, database, now, log } = options;
  const { userId, accountId, session } = live;
  const key = { userId, accountId };
  const all = new Map<string, WatchedAlert>();
  const programs = new Map<string, Program>();
  const feeds = new Map<string, RuleFeed>();
  let [keptMs, factsMs] = [-Infinity, -Infinity];
  let areFactsDue = true;
  let isOver = false;
  let tail: Promise<void> = Promise.resolve();
  const enqueue = (what: string, work: () => Promise<void>) => {
    tail = tail
      .then(() => (isOver ? undefined : work()))
      .catch((error: unknown) => log.warn({ err: error }, `alerts: ${what}`));
  };
  const tellDue = () => {
    for (const each of all.values()) {
      if (each.isDue) enqueue('one was not told yet', () => each.tell());
    }
  };
  const watchers = (t: string) => [...all.values()].filter(({ row }) => row.condition.t === t);

  async function load(): Promise<void> {
    const rows = await alertsOn(database, key);
    const there = new Set(rows.map(({ alertId }) => alertId));
    for (const alertId of all.keys()) if (!there.has(alertId)) all.delete(alertId);
    for (const row of rows) {
      const before = all.get(row.alertId);
      if (before) before.renew(row);
      else all.set(row.alertId, watchedAlert({ ...options, session }, row));
    }
    areFactsDue = true;
    await loadRules();
  }

  async function loadRules(): Promise<void> {
    const wanted = new Set<string>();
    programs.clear();
    for (const { row } of watchers('rule')) {
      const { condition, alertId } = row;
      if (condition.t !== 'rule') continue;
      const program = alertProgram(condition.source);
      if (program.ok) programs.set(alertId, program.value);
      const { symbol, timeframe } = condition;
      const name = `${symbol}\n${timeframe}`;
      wanted.add(name);
      if (feeds.has(name)) continue;
      const digits = await digitsOf(database, key, symbol);
      const feed = barFeed({ live, symbol, timeframe, now });
      const made: RuleFeed = { feed, symbol, digits, isReady: false };
      feeds.set(name, made);
      await feed.begin();
      made.isReady = true;
      judge(name, made);
    }
    for (const name of feeds.keys()) if (!wanted.has(name)) feeds.delete(name);
  }

  /** Whether the last bar made conditions true; what closed before an alert was set is not its. */
  function judge(name: string, { feed, digits }: RuleFeed): void {
    const last = feed.rows.at(-1);
    if (!last) return;
    const closedMs = last.openMs + feed.lengthMs;
    for (const alert of watchers('rule')) {
      const { condition, alertId, changedMs } = alert.row;
      const program = programs.get(alertId);
      if (condition.t !== 'rule' || !program || closedMs <= changedMs) continue;
      if (`${condition.symbol}\n${condition.timeframe}` !== name) continue;
      if (!becomesTrue(program, feed.rows, digits)) continue;
      const firing = { key: `bar:${last.openMs}`, atMs: closedMs, value: last.close, detail: {} };
      alert.happened(firing);
    }
    tellDue();
  }

  function closeBar(name: string, made: RuleFeed, bar: Parameters<BarFeed['close']>[0] | null) {
    if (!bar) return;
    enqueue('a bar was not looked at', async () => {
      await made.feed.close(bar);
      judge(name, made);
    });
  }

  async function lookAtFacts(): Promise<void> {
    const figures = watchers('account');
    const facts = figures.length > 0 ? await readFacts(database, key) : null;
    for (const alert of facts ? figures : []) {
      const { condition } = alert.row;
      if (condition.t !== 'account' || !facts) continue;
      const value = figureOf(facts, condition.figure);
      if (value !== null) alert.see(value, condition.level, condition.way, now());
    }
    for (const alert of watchers('bot')) {
      for (const firing of await stoppedBots(database, alert.row)) alert.happened(firing);
    }
    tellDue();
  }

  const look = () => enqueue('they were not looked for', load);
  look();
  return {
    live,
    get symbols() {
      const named = [...all.values()].map(({ row }) => symbolOf(row.condition));
      return [...new Set(named.filter((symbol) => symbol !== null))];
    },
    put({ symbol, bid, timeMs }) {
      for (const alert of all.values()) {
        const { condition } = alert.row;
        if (condition.t !== 'price' || condition.symbol !== symbol) continue;
        alert.see(bid, condition.price, condition.way, timeMs);
        if (alert.isDue) tellDue();
      }
      for (const [name, made] of feeds) {
        if (made.isReady && made.symbol === symbol) {
          closeBar(name, made, made.feed.put(bid, timeMs));
        }
      }
    },
    heard() {
      areFactsDue = true;
    },
    look,
    tick() {
      const nowMs = now();
      for (const [name, made] of feeds) {
        if (made.isReady) closeBar(name, made, made.feed.pass(nowMs - graceMs));
      }
      if (areFactsDue && nowMs - factsMs >= factsEveryMs) {
        areFactsDue = false;
        factsMs = nowMs;
        enqueue('the account was not looked at', lookAtFacts);
      }
      if (nowMs - keptMs < keepEveryMs) return;
      keptMs = nowMs;
      tellDue();
      for (const alert of all.values()) enqueue('a side was not kept', () => alert.keep());
    },
    async end() {
      isOver = true;
      await tail;
    },
  };
}
