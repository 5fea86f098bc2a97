/** Closed bars of one symbol and timeframe for rules: of the terminal's past, then of prices seen. */
import { barBuilder, type BotBar } from '#core/automation/bar-builder.ts';
import { barLengthMs, type BotTimeframe } from '#core/automation/bot.ts';
import { pastBars } from '../automation/history.ts';
import type { LiveSession } from '../terminals/live-session.ts';

export interface BarFeed {
  readonly rows: readonly BotBar[];
  readonly lengthMs: number;
  put(bid: number, timeMs: number): BotBar | null;
  pass(nowMs: number): BotBar | null;
  /** Fetches what closed before. */
  begin(): Promise<void>;
  /** Takes the bar that has closed; of one that was seen in part the terminal may know the whole. */
  close(bar: BotBar): Promise<void>;
}

export interface BarFeedOptions {
  readonly live: LiveSession;
  readonly symbol: string;
  readonly timeframe: BotTimeframe;
  now(): number;
}

/** What rules look back on. */
const keptBars = 600;

export function barFeed({ live, symbol, timeframe, now }: BarFeedOptions): BarFeed {
  const lengthMs = barLengthMs(timeframe);
  /** The bar that was under way when the past was asked for. */
  let partMs = -Infinity;
  let rows: BotBar[] = [];
  let builder = barBuilder(lengthMs, -Infinity);
  const load = async (nowMs: number) => {
    const asked = { symbol, timeframe, count: keptBars, nowMs };
    const past = await pastBars(live, asked);
    if (past.length > 0) rows = [...past];
  };
  return {
    lengthMs,
    get rows() {
      return rows;
    },
    put: (bid, timeMs) => builder.put(bid, timeMs),
    pass: (nowMs) => builder.pass(nowMs),
    async begin() {
      const nowMs = now();
      partMs = Math.floor(nowMs / lengthMs) * lengthMs;
      await load(nowMs);
      builder = barBuilder(lengthMs, rows.at(-1)?.openMs ?? -Infinity);
    },
    async close(bar) {
      const last = rows.at(-1);
      const follows = last !== undefined && last.openMs + lengthMs === bar.openMs;
      if (bar.openMs === partMs || !follows) await load(now());
      if (bar.openMs > (rows.at(-1)?.openMs ?? -Infinity)) rows.push(bar);
      if (rows.length > keptBars) rows.splice(0, rows.length - keptBars);
    },
  };
}
