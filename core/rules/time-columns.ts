/** Columns of the clock: wall time, its parts, sessions, and the extremes inside a session. */
import { assert } from '../assert.ts';
import { DAY_MS } from '../market/timeframe.ts';
import { findZone } from '../market/zone.ts';
import type { DaySpan, TimePart } from './plan.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Open times as the clocks of the zone show them, in milliseconds. */
export function wallColumn(timesMs: Float64Array, zoneId: string): Float64Array {
  const zone = findZone(zoneId);
  assert(zone.ok, 'a plan names zones there are');
  const { fixed, offsetMsAt } = zone.value;
  const out = new Float64Array(timesMs.length);
  let dayEndMs = fixed ? Infinity : -Infinity;
  // NaN on the two days of a year on which the clocks change: each bar is asked for then.
  let offsetMs = fixed ? offsetMsAt(0) : NaN;
  for (let i = 0; i < out.length; i++) {
    const timeMs = timesMs[i]!;
    if (timeMs >= dayEndMs) {
      const dayMs = Math.floor(timeMs / DAY_MS) * DAY_MS;
      dayEndMs = dayMs + DAY_MS;
      const first = offsetMsAt(dayMs);
      offsetMs = first === offsetMsAt(dayEndMs) ? first : NaN;
    }
    out[i] = timeMs + (Number.isNaN(offsetMs) ? offsetMsAt(timeMs) : offsetMs);
  }
  return out;
}

/** Weekdays are counted from Monday, 1; days and months from 1 too. */
export function timeColumn(wallMs: Float64Array, part: TimePart): Float64Array {
  const out = new Float64Array(wallMs.length);
  switch (part) {
    case 'minute':
      for (let i = 0; i < out.length; i++)
        out[i] = Math.floor(mod(wallMs[i]!, HOUR_MS) / MINUTE_MS);
      return out;
    case 'hour':
      for (let i = 0; i < out.length; i++) out[i] = Math.floor(mod(wallMs[i]!, DAY_MS) / HOUR_MS);
      return out;
    // 1 January 1970 was a Thursday.
    case 'weekday':
      for (let i = 0; i < out.length; i++) {
        out[i] = mod(Math.floor(wallMs[i]! / DAY_MS) + 3, 7) + 1;
      }
      return out;
    case 'day':
    case 'month':
      return dateColumn(wallMs, part, out);
  }
}

function dateColumn(wallMs: Float64Array, part: 'day' | 'month', out: Float64Array): Float64Array {
  let dayNumber = NaN;
  let value = 0;
  for (let i = 0; i < out.length; i++) {
    const now = Math.floor(wallMs[i]! / DAY_MS);
    if (now !== dayNumber) {
      const date = new Date(now * DAY_MS);
      value = part === 'day' ? date.getUTCDate() : date.getUTCMonth() + 1;
      dayNumber = now;
    }
    out[i] = value;
  }
  return out;
}

/** 1 on bars that open inside. */
export function sessionColumn(wallMs: Float64Array, { fromMs, lengthMs }: DaySpan): Uint8Array {
  const out = new Uint8Array(wallMs.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = mod(wallMs[i]! - fromMs, DAY_MS) < lengthMs ? 1 : 0;
  }
  return out;
}

/** Highest or lowest of the session that is going on, else of the latest; NaN before the first. */
export function sessionExtremeColumn(
  wallMs: Float64Array,
  values: Float64Array,
  side: 'high' | 'low',
  { fromMs, lengthMs }: DaySpan,
): Float64Array {
  const out = new Float64Array(wallMs.length);
  const sign = side === 'high' ? 1 : -1;
  let session = NaN;
  let best = NaN;
  for (let i = 0; i < out.length; i++) {
    const sinceMs = wallMs[i]! - fromMs;
    if (mod(sinceMs, DAY_MS) < lengthMs) {
      const now = Math.floor(sinceMs / DAY_MS);
      if (now !== session || sign * values[i]! > sign * best) best = values[i]!;
      session = now;
    }
    out[i] = best;
  }
  return out;
}

/** The remainder from 0 up, for times before 1970 too. */
function mod(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}
