/** Alerts on rules of one account, judged whenever a bar closes. */
import { alertProgram, becomesTrue } from '#core/alerts/alert-rule.ts';
import type { AlertCondition } from '#core/alerts/alert.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Program } from '#core/rules/program.ts';
import { digitsOf } from './account-facts.ts';
import type { WatchOptions } from './account-watch.ts';
import type { AlertRow } from './alert-rows.ts';
import { barFeed, type BarFeed } from './bar-feed.ts';
import { barFiring } from './fire.ts';
import { lookIn, type OneByOne } from './one-by-one.ts';
import type { WatchedAlert } from './watched-alert.ts';

export interface RuleWatch {
  /** The alerts may have changed. */
  look(): void;
  /** They could not be looked at: once more. */
  again(): void;
  /** Nobody has looked yet at the bars that this one waits for. */
  waitsFor(row: AlertRow): boolean;
  put(quote: Quote): void;
  /** To be called several times a second. */
  tick(nowMs: number): void;
}

export interface RuleWatchOptions extends Pick<WatchOptions, 'live' | 'database' | 'now'> {
  /** For what a terminal may take its time to tell. */
  readonly bars: OneByOne;
  /** Those on rules, as they are known now. */
  watchers(): readonly WatchedAlert[];
  /** Something may be due. */
  tellDue(): void;
}

interface RuleFeed {
  readonly feed: BarFeed;
  readonly symbol: string;
  readonly digits: number;
}

/** A price of a bar may come so much after its end. */
const graceMs = 400;

type RuleCondition = Extract<AlertCondition, { readonly t: 'rule' }>;
const nameOf = ({ symbol, timeframe }: RuleCondition) => `${symbol}\n${timeframe}`;

export function ruleWatch(options: RuleWatchOptions): RuleWatch {
  const { live, database, bars, now, watchers, tellDue } = options;
  /** Those whose past is known. */
  const feeds = new Map<string, RuleFeed>();
  /** By their text: an alert may be changed between two looks. */
  const programs = new Map<string, Program | null>();

  function programOf(source: string): Program | null {
    const known = programs.get(source);
    if (known !== undefined) return known;
    const made = alertProgram(source);
    const program = made.ok ? made.value : null;
    programs.set(source, program);
    return program;
  }

  async function load(): Promise<void> {
    const wanted = new Set<string>();
    const sources = new Set<string>();
    for (const { row } of watchers()) {
      const { condition } = row;
      if (condition.t !== 'rule') continue;
      const name = nameOf(condition);
      wanted.add(name);
      sources.add(condition.source);
      if (!feeds.has(name)) await begin(name, condition);
    }
    for (const name of feeds.keys()) if (!wanted.has(name)) feeds.delete(name);
    for (const source of programs.keys()) if (!sources.has(source)) programs.delete(source);
  }

  async function begin(name: string, { symbol, timeframe }: RuleCondition): Promise<void> {
    const digits = await digitsOf(database, live, symbol);
    const feed = barFeed({ live, symbol, timeframe, now });
    const made: RuleFeed = { feed, symbol, digits };
    await feed.begin();
    feeds.set(name, made);
    judge(name, made);
  }

  /** Whether the last bar made conditions true; what closed before an alert was set is not its. */
  function judge(name: string, { feed, digits }: RuleFeed): void {
    const last = feed.rows.at(-1);
    if (!last) return;
    const closedMs = last.openMs + feed.lengthMs;
    for (const alert of watchers()) {
      const { condition, changedMs } = alert.row;
      if (condition.t !== 'rule' || nameOf(condition) !== name || closedMs <= changedMs) continue;
      const program = programOf(condition.source);
      if (!program || !becomesTrue(program, feed.rows, digits)) continue;
      alert.happened(barFiring(alert.row, last, feed.lengthMs));
    }
    tellDue();
  }

  function close(name: string, made: RuleFeed, bar: ReturnType<BarFeed['pass']>): void {
    if (!bar) return;
    bars.add('a bar was not looked at', async () => {
      await made.feed.close(bar);
      judge(name, made);
    });
  }

  const look = lookIn(bars, 'rules were not looked for', load);
  return {
    look: () => look.ask(),
    again: () => look.again(),
    waitsFor: ({ condition }) => condition.t === 'rule' && !feeds.has(nameOf(condition)),
    put({ symbol, bid, timeMs }) {
      for (const [name, made] of feeds) {
        if (made.symbol === symbol) close(name, made, made.feed.put(bid, timeMs));
      }
    },
    tick(nowMs) {
      for (const [name, made] of feeds) close(name, made, made.feed.pass(nowMs - graceMs));
    },
  };
}
