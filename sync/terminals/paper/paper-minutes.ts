/**
 * What a paper account's prices did, minute by minute, as they are seen: the past that its charts
 * show is what its orders met.
 *
 * A minute is `[minute of the hour, open, high, low, close, ticks]` of bids. Those that are over
 * are handed out once, to be kept by the hour; a minute that was cut in two by a restart is there
 * twice and is joined when it is read.
 */

export type Minute = readonly [
  minute: number,
  open: number,
  high: number,
  low: number,
  close: number,
  ticks: number,
];

export interface HourOfMinutes {
  readonly symbol: string;
  /** UTC. */
  readonly hourMs: number;
  readonly minutes: readonly Minute[];
}

export interface MinuteRecorder {
  /** A bid as it stands; one that was noted before counts once. */
  note(
    quote: { readonly symbol: string; readonly bid: number; readonly serverMs: number },
    utcMs: number,
  ): void;
  /** What is not kept yet: what is over, or all. */
  take(which: 'over' | 'all'): readonly HourOfMinutes[];
  /** It could not be kept: it comes again with the next. */
  putBack(hours: readonly HourOfMinutes[]): void;
  /** What is not kept yet of a symbol, with the minute under way; oldest first. */
  unkept(symbol: string): readonly HourOfMinutes[];
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const paperHoursKeptMs = 90 * 24 * HOUR_MS;
/** Of a symbol, where the database is away: the oldest are given up. */
const mostUnkept = 3_000;

interface Recorded {
  /** When each minute began, with the minute. */
  minutes: { readonly atMs: number; readonly minute: Minute }[];
  lastServerMs: number;
}

export function minuteRecorder(): MinuteRecorder {
  const symbols = new Map<string, Recorded>();
  return {
    note({ symbol, bid, serverMs }, utcMs) {
      const held = symbols.get(symbol) ?? { minutes: [], lastServerMs: -1 };
      symbols.set(symbol, held);
      if (serverMs === held.lastServerMs) return;
      held.lastServerMs = serverMs;
      const atMs = Math.floor(utcMs / MINUTE_MS) * MINUTE_MS;
      const last = held.minutes.at(-1);
      if (last?.atMs === atMs) {
        held.minutes[held.minutes.length - 1] = { atMs, minute: moved(last.minute, bid) };
      } else {
        const minute = Math.floor((atMs % HOUR_MS) / MINUTE_MS);
        held.minutes.push({ atMs, minute: [minute, bid, bid, bid, bid, 1] });
        if (held.minutes.length > mostUnkept) held.minutes.shift();
      }
    },
    take(which) {
      const taken: HourOfMinutes[] = [];
      for (const [symbol, held] of symbols) {
        const keepLast = which === 'over' ? 1 : 0;
        const over = held.minutes.slice(0, held.minutes.length - keepLast);
        held.minutes = held.minutes.slice(over.length);
        taken.push(...byHour(symbol, over));
      }
      return taken;
    },
    putBack(hours) {
      for (const { symbol, hourMs, minutes } of hours.toReversed()) {
        const held = symbols.get(symbol);
        if (!held) continue;
        const back = minutes.map((minute) => ({ atMs: hourMs + minute[0] * MINUTE_MS, minute }));
        held.minutes = [...back, ...held.minutes].slice(-mostUnkept);
      }
    },
    unkept: (symbol) => byHour(symbol, symbols.get(symbol)?.minutes ?? []),
  };
}

function moved([at, open, high, low, , ticks]: Minute, bid: number): Minute {
  return [at, open, Math.max(high, bid), Math.min(low, bid), bid, ticks + 1];
}

function byHour(symbol: string, minutes: Recorded['minutes']): readonly HourOfMinutes[] {
  const hours = new Map<number, Minute[]>();
  for (const { atMs, minute } of minutes) {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    const there = hours.get(hourMs);
    if (there) there.push(minute);
    else hours.set(hourMs, [minute]);
  }
  return [...hours].map(([hourMs, own]) => ({ symbol, hourMs, minutes: own }));
}
