/** Closed bars of the past as a bot's own terminal tells them, on the grid of UTC. */
import { setTimeout as wait } from 'node:timers/promises';
import { barLengthMs, isBotTimeframe } from '#core/automation/bot.ts';
import { barsOf, type BotBar } from '#core/automation/bar-builder.ts';
import { MOST_BARS, type SaidBar } from '#core/broker/messages.ts';
import { serverOfUtc, serverZone, utcOfServer } from '#core/broker/server-zone.ts';
import { longerBars } from '#core/market/longer-bars.ts';
import type { Zone } from '#core/market/zone.ts';
import type { LiveSession } from '../terminals/live-session.ts';

export interface PastAsked {
  readonly symbol: string;
  readonly timeframe: string;
  readonly count: number;
  readonly nowMs: number;
}

const mostPages = 5;
const loadingMs = 500;
/** Of a broker whose days begin elsewhere, what is longer is made of hours. */
const shorterOf: Readonly<Record<string, string>> = { H4: 'H1', D1: 'H1' };

/** The newest `count` closed bars or fewer, oldest first; none where the terminal tells no past. */
export async function pastBars(live: LiveSession, asked: PastAsked): Promise<readonly BotBar[]> {
  const { timeframe, count, nowMs } = asked;
  const offsetMs = live.health.serverOffsetMs;
  if (offsetMs === null || !isBotTimeframe(timeframe) || timeframe.startsWith('S')) return [];
  const lengthMs = barLengthMs(timeframe);
  const told = shorterOf[timeframe] ?? timeframe;
  const times = isBotTimeframe(told) ? lengthMs / barLengthMs(told) : 1;
  const zone = serverZone({ offsetMs, nowMs }, 'with-seasons');
  const wanted = Math.min(count * times, mostPages * MOST_BARS);
  const rows = await pages(live, { ...asked, timeframe: told, count: wanted }, zone);
  const made = times === 1 ? rows : longer(rows, timeframe);
  return made.filter(({ openMs }) => openMs % lengthMs === 0 && openMs + lengthMs <= nowMs);
}

async function pages(live: LiveSession, asked: PastAsked, zone: Zone): Promise<readonly BotBar[]> {
  const { symbol, timeframe, count } = asked;
  let rows: readonly BotBar[] = [];
  let beforeServerMs: number | null = null;
  for (let page = 0; page < mostPages && rows.length < count; page++) {
    const limit = Math.min(MOST_BARS, count - rows.length);
    const question = { symbol, timeframe, beforeServerMs, limit };
    let answer = await live.history.ask(question);
    if (answer.ok && !answer.value.isWhole && answer.value.bars.length === 0) {
      await wait(loadingMs);
      answer = await live.history.ask(question);
    }
    if (!answer.ok || answer.value.bars.length === 0) break;
    const { bars, digits, hasMore } = answer.value;
    const older = rowsOf(bars, digits, zone).filter(
      ({ openMs }) => openMs < (rows[0]?.openMs ?? Infinity),
    );
    rows = [...older, ...rows];
    const first = older[0];
    if (!hasMore || !first) break;
    beforeServerMs = serverOfUtc(first.openMs, zone);
  }
  return rows;
}

function rowsOf(bars: readonly SaidBar[], digits: number, zone: Zone): readonly BotBar[] {
  const utcMs = utcOfServer(
    bars.map(([openServerS]) => openServerS * 1_000),
    zone,
  );
  const scale = 10 ** digits;
  return bars.flatMap(([, open, high, low, close, volume], i): BotBar[] => {
    const openMs = utcMs[i]!;
    const isRising = i === 0 || openMs > utcMs[i - 1]!;
    if (Number.isNaN(openMs) || !isRising) return [];
    const price = (points: number) => points / scale;
    return [
      {
        openMs,
        open: price(open),
        high: price(high),
        low: price(low),
        close: price(close),
        volume,
      },
    ];
  });
}

function longer(rows: readonly BotBar[], timeframe: string): readonly BotBar[] {
  const bars = longerBars(barsOf(rows, 8), timeframe);
  // The first lacks what was before.
  return Array.from({ length: bars.length }, (_, i): BotBar => {
    const at = (column: Int32Array | Float64Array) => Number((column[i]! / bars.scale).toFixed(8));
    const { open, high, low, close } = bars.bid;
    return {
      openMs: bars.timesMs[i]!,
      open: at(open),
      high: at(high),
      low: at(low),
      close: at(close),
      volume: bars.volume?.[i] ?? 0,
    };
  }).slice(1);
}
