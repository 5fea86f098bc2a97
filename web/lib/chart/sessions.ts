/** When the markets of Asia, London and New York are open, by the clocks there. */
import { assert } from '#core/assert.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { findZone, wallToUtc } from '#core/market/zone.ts';
import type { InkName } from './inks.ts';
import { say } from '../words/language.ts';

export interface MarketSession {
  readonly name: string;
  readonly zone: string;
  readonly fromHour: number;
  readonly toHour: number;
  readonly ink: InkName;
}

export const marketSessions: readonly MarketSession[] = [
  { name: 'Asia', zone: 'Asia/Tokyo', fromHour: 9, toHour: 18, ink: 'warning' },
  { name: 'London', zone: 'Europe/London', fromHour: 8, toHour: 17, ink: 'blue' },
  { name: say`New York`, zone: 'America/New_York', fromHour: 8, toHour: 17, ink: 'green' },
];

export interface SessionSpan {
  readonly session: MarketSession;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Bars as long as this or longer would hide where a session begins. */
export const longestSessionBarMs = 2 * 3_600_000;

/** The sessions of working days that lie in a span of time, the earliest first. */
export function sessionSpans(fromMs: number, toMs: number): readonly SessionSpan[] {
  return marketSessions
    .flatMap((session) => spansOf(session, fromMs, toMs))
    .toSorted((a, b) => a.fromMs - b.fromMs);
}

function spansOf(session: MarketSession, fromMs: number, toMs: number): readonly SessionSpan[] {
  const zone = findZone(session.zone);
  assert(zone.ok, 'every browser knows the zones of the sessions');
  const firstDay = Math.floor(fromMs / DAY_MS) - 1;
  const lastDay = Math.floor(toMs / DAY_MS) + 1;
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, k) => firstDay + k)
    // 1 January 1970 was a Thursday: Saturdays and Sundays are left out.
    .filter((day) => (((day + 3) % 7) + 7) % 7 < 5);
  const at = (hour: number) =>
    wallToUtc(
      Float64Array.from(days, (day) => day * DAY_MS + hour * 3_600_000),
      zone.value,
    ).utcMs;
  const opens = at(session.fromHour);
  const closes = at(session.toHour);
  return days
    .map((_, k) => ({ session, fromMs: opens[k]!, toMs: closes[k]! }))
    .filter((span) => span.toMs > fromMs && span.fromMs < toMs);
}
