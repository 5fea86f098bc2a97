/** Bars of one timeframe, built of quotes as they come; a bar is named by its opening in UTC. */
import type { Bars } from '../market/bars.ts';
import { powersOfTen } from '../market/points.ts';

/** Bids as decimals; the volume is the number of quotes, or what a history says. */
export interface BotBar {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface BarBuilder {
  /** Takes a quote; answers the bar before, where the quote is of a later one. */
  put(bid: number, timeMs: number): BotBar | null;
  /** Closes the bar whose time is over, though no quote says so yet. */
  pass(nowMs: number): BotBar | null;
  readonly forming: BotBar | null;
}

/** Quotes of bars up to `afterMs` are of the past, and left out. */
export function barBuilder(lengthMs: number, afterMs: number): BarBuilder {
  let forming: BotBar | null = null;
  let doneMs = afterMs;
  const close = () => {
    const closed = forming;
    if (closed) doneMs = closed.openMs;
    forming = null;
    return closed;
  };
  return {
    put(bid, timeMs) {
      const openMs = Math.floor(timeMs / lengthMs) * lengthMs;
      if (openMs <= doneMs || openMs < (forming?.openMs ?? -Infinity)) return null;
      const closed = forming && openMs > forming.openMs ? close() : null;
      forming = forming
        ? {
            ...forming,
            high: Math.max(forming.high, bid),
            low: Math.min(forming.low, bid),
            close: bid,
            volume: forming.volume + 1,
          }
        : { openMs, open: bid, high: bid, low: bid, close: bid, volume: 1 };
      return closed;
    },
    pass: (nowMs) => (forming && nowMs >= forming.openMs + lengthMs ? close() : null),
    get forming() {
      return forming;
    },
  };
}

/** In columns of whole points, for the rules and the engine. */
export function barsOf(rows: readonly BotBar[], digits: number): Bars {
  const scale = powersOfTen[digits] ?? 1;
  const points = (field: 'open' | 'high' | 'low' | 'close') =>
    Int32Array.from(rows, (row) => Math.round(row[field] * scale));
  const plain = (field: 'open' | 'high' | 'low' | 'close') =>
    Float64Array.from(rows, (row) => row[field]);
  const most = rows.reduce((high, row) => Math.max(high, row.high), 0) * scale;
  const column = most < 2 ** 31 ? points : plain;
  return {
    length: rows.length,
    timesMs: Float64Array.from(rows, ({ openMs }) => openMs),
    scale: most < 2 ** 31 ? scale : 1,
    digits,
    bid: {
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
    },
    ask: null,
    volume: Float64Array.from(rows, ({ volume }) => volume),
    spreadPoints: null,
  };
}
