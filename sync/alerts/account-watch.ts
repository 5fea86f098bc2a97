/** All alerts of one account, on the server that holds its terminal. */
import { isOver, symbolOf } from '#core/alerts/alert.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Log } from '../ops/log.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import { figureOf, readFacts, stoppedBots } from './account-facts.ts';
import { alertsOn, endOver, keepSide, type AlertRow } from './alert-rows.ts';
import { fireAlert, type FireOptions } from './fire.ts';
import { eachInTurn, lookIn, oneByOne } from './one-by-one.ts';
import { missedPrices } from './missed-prices.ts';
import { ruleWatch } from './rule-watch.ts';
import { watchedAlert, type AlertKeeping, type WatchedAlert } from './watched-alert.ts';

export interface AccountWatch {
  readonly live: LiveSession;
  put(quote: Quote): void;
  /** Something of the account changed at the broker. */
  heard(): void;
  /** Its alerts may have changed. */
  look(): void;
  /** To be called several times a second. */
  tick(): void;
  /** To be called every some seconds: asks for prices, and does again what could not be done. */
  beat(): void;
  end(): Promise<void>;
}

export interface WatchOptions extends FireOptions {
  readonly live: LiveSession;
  /** Prices of these are to be told for a while. */
  looked(symbols: readonly string[]): void;
  now(): number;
  readonly log: Log;
}

/** What happened before an alert's time was over may be seen so long after that. */
const lateMs = 10_000;
/** Whoever changes alerts says so; this is for what nobody said. */
const loadEveryMs = 300_000;
const keepEveryMs = 1_000;
const factsEveryMs = 1_000;

export function accountWatch(options: WatchOptions): AccountWatch {
  const { live, database, now, log } = options;
  const { userId, accountId, session } = live;
  const key = { userId, accountId };
  const keeping: AlertKeeping = {
    fire: (seen) => fireAlert(options, { ...seen, session }),
    keepSide: (row, side) => keepSide(database, row, side),
  };
  const all = new Map<string, WatchedAlert>();
  let [loadedMs, keptMs, factsMs] = [-Infinity, -Infinity, -Infinity];
  let [areFactsDue, areFactsSeen] = [true, false];
  const work = oneByOne(log);
  const telling = lookIn(work, 'one was not told yet', () =>
    eachInTurn(all.values(), (each) => each.tell()),
  );
  const keepingSides = lookIn(work, 'a side was not kept', () =>
    eachInTurn(all.values(), (each) => each.keep()),
  );
  const tellDue = () => {
    if ([...all.values()].some((each) => each.isDue)) telling.ask();
  };
  const watchers = (t: string) => [...all.values()].filter(({ row }) => row.condition.t === t);
  /** A terminal may take its time to tell the past: what waits for a price is told meanwhile. */
  const bars = oneByOne(log);
  const rules = ruleWatch({ ...options, bars, watchers: () => watchers('rule'), tellDue });
  const missed = missedPrices({ live, now, watchers: () => watchers('price') });
  const lookBack = lookIn(bars, 'missed prices were not looked for', async () => {
    await missed.look();
    tellDue();
    if (isAnyOver()) look.ask();
  });
  const isAnyOver = () => [...all.values()].some(({ row }) => isOver(row, now() - lateMs));
  /** What happened in its time is yet to be looked for, or to be told. */
  const waits = (row: AlertRow): boolean =>
    all.get(row.alertId)?.isDue === true ||
    (row.condition.t === 'bot' && !areFactsSeen) ||
    missed.waitsFor(row) ||
    rules.waitsFor(row);

  async function load(): Promise<void> {
    const on = await alertsOn(database, key);
    const endMs = now() - lateMs;
    const rows = on.filter((row) => !isOver(row, endMs) || waits(row));
    const alertIds = on.filter((row) => !rows.includes(row)).map(({ alertId }) => alertId);
    if (alertIds.length > 0) await endOver(database, userId, { alertIds, endMs });
    const there = new Set(rows.map(({ alertId }) => alertId));
    for (const alertId of all.keys()) if (!there.has(alertId)) all.delete(alertId);
    for (const row of rows) {
      const before = all.get(row.alertId);
      if (before) before.renew(row);
      else all.set(row.alertId, watchedAlert(keeping, row));
    }
    areFactsDue = true;
    loadedMs = now();
    lookBack.ask();
    rules.look();
    askForPrices();
  }

  function symbolsNow(): readonly string[] {
    const named = [...all.values()].map(({ row }) => symbolOf(row.condition));
    return [...new Set(named.filter((symbol) => symbol !== null))];
  }

  function askForPrices(): void {
    const symbols = symbolsNow();
    if (symbols.length > 0) options.looked(symbols);
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
    areFactsSeen = loadedMs > -Infinity;
    tellDue();
  }

  const look = lookIn(work, 'they were not looked for', load);
  const facts = lookIn(work, 'the account was not looked at', lookAtFacts);
  look.ask();
  return {
    live,
    put(quote) {
      const { symbol, bid, timeMs } = quote;
      for (const alert of all.values()) {
        const { condition } = alert.row;
        if (condition.t !== 'price' || condition.symbol !== symbol) continue;
        if (isOver(alert.row, timeMs)) continue;
        alert.see(bid, condition.price, condition.way, timeMs);
        if (alert.isDue) tellDue();
      }
      rules.put(quote);
    },
    heard() {
      areFactsDue = true;
    },
    look: () => look.ask(),
    tick() {
      const nowMs = now();
      rules.tick(nowMs);
      if (areFactsDue && nowMs - factsMs >= factsEveryMs) {
        areFactsDue = false;
        factsMs = nowMs;
        facts.ask();
      }
      if (nowMs - keptMs < keepEveryMs) return;
      keptMs = nowMs;
      tellDue();
      keepingSides.ask();
    },
    beat() {
      const nowMs = now();
      if (isAnyOver() || nowMs - loadedMs > loadEveryMs) look.ask();
      else look.again();
      facts.again();
      if (!missed.isDone) lookBack.ask();
      rules.again();
      askForPrices();
    },
    async end() {
      await Promise.all([bars.end(), work.end()]);
    },
  };
}
