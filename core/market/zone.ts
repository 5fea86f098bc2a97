/**
 * Wall-clock times of a place turned into UTC, with the hours that summer time skips or repeats.
 *
 * A zone is written as an IANA name (`Europe/Athens`), a fixed offset (`UTC`, `+02:00`), or a
 * name and an offset (`America/New_York+07:00`: the server time of most MetaTrader brokers, whose
 * day ends at 17:00 in New York).
 */
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';

export interface Zone {
  readonly id: string;
  /** Milliseconds that the wall clock is ahead of UTC at the instant `utcMs`. */
  readonly offsetMsAt: (utcMs: number) => number;
  /** True when the offset never changes. */
  readonly fixed: boolean;
}

export interface WallReading {
  /** One value a wall time; NaN where the clocks skipped that time. */
  readonly utcMs: Float64Array;
  /** Indices of wall times that never were. */
  readonly skipped: readonly number[];
  /** Indices of wall times that were twice. */
  readonly repeated: readonly number[];
}

/** The zone that `id` names. Error: `import.mapping-invalid`. */
export function findZone(id: string): Result<Zone, Failure> {
  const match = /^(UTC|GMT|Z)?([+-]\d{1,2}(?::?\d{2})?)?$/i.exec(id);
  if (match && id !== '') return fixedZone(id, match[2] ?? '');
  const split = /^([A-Za-z][A-Za-z0-9_/+-]*?)([+-]\d{1,2}:\d{2})?$/.exec(id);
  if (!split) return unknown(id);
  const place = offsetsOfPlace(split[1]!);
  const shiftMs = parseOffsetMs(split[2] ?? '');
  if (place === null || shiftMs === null) return unknown(id);
  return ok({ id, fixed: false, offsetMsAt: (utcMs: number) => place(utcMs) + shiftMs });
}

function unknown(id: string): Result<Zone, Failure> {
  return fail({ code: 'import.mapping-invalid', detail: `No time zone is called "${id}".` });
}

function fixedZone(id: string, offset: string): Result<Zone, Failure> {
  const offsetMs = parseOffsetMs(offset);
  if (offsetMs === null) return unknown(id);
  return ok({ id, fixed: true, offsetMsAt: () => offsetMs });
}

/** `+2`, `-05`, `+0530`, `+05:30` in milliseconds; '' is 0; null beyond ±18 hours. */
export function parseOffsetMs(text: string): number | null {
  if (text === '') return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 18 * 60 || Number(match[3] ?? 0) > 59) return null;
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}

function offsetsOfPlace(name: string): ((utcMs: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // Intl says that it does not know the name by throwing; there is no other way to ask.
    return null;
  }
  return (utcMs) => {
    const field: Record<string, number> = {};
    for (const part of format.formatToParts(utcMs)) field[part.type] = Number(part.value);
    const wallMs = Date.UTC(
      field['year']!,
      field['month']! - 1,
      field['day']!,
      field['hour']!,
      field['minute']!,
      field['second']!,
    );
    return wallMs - Math.floor(utcMs / 1000) * 1000;
  };
}

/**
 * UTC of each wall time, in the file's order.
 *
 * A time that the clocks skipped becomes NaN. Of a time that was twice the first is meant,
 * unless the row before it already stands there: then the second. Rows that run newest first
 * are read in mirror image. The result may share memory with `wallMs`. `equalTimes` says that
 * rows may stand at one time, as ticks do: then the row before it decides only when it is later.
 */
export function wallToUtc(
  wallMs: Float64Array,
  zone: Zone,
  { equalTimes = false }: { readonly equalTimes?: boolean } = {},
): WallReading {
  if (zone.fixed || wallMs.length === 0) {
    const offsetMs = zone.offsetMsAt(0);
    if (offsetMs === 0) return { utcMs: wallMs, skipped: [], repeated: [] };
    return { utcMs: wallMs.map((wall) => wall - offsetMs), skipped: [], repeated: [] };
  }
  const periods = findPeriods(zone, wallMs);
  const newestFirst = wallMs.length > 1 && wallMs.at(-1)! < wallMs[0]!;
  const utcMs = new Float64Array(wallMs.length);
  const skipped: number[] = [];
  const repeated: number[] = [];
  let at = 0;
  let lastMs = newestFirst ? Infinity : -Infinity;
  const choose = equalTimes ? chooseNotBefore : chooseAfter;
  for (let i = 0; i < wallMs.length; i++) {
    const wall = wallMs[i]!;
    while (at > 0 && wall < periods[at]!.fromWallMs) at--;
    while (at < periods.length - 1 && wall >= periods[at]!.toWallMs) at++;
    const period = periods[at]!;
    if (wall < period.fromWallMs) {
      skipped.push(i);
      utcMs[i] = NaN;
      continue;
    }
    let utc = wall - period.offsetMs;
    const next = periods[at + 1];
    const before = periods[at - 1];
    if (next !== undefined && wall >= next.fromWallMs) {
      repeated.push(i);
      utc = choose(utc, wall - next.offsetMs, lastMs, newestFirst);
    } else if (before !== undefined && wall < before.toWallMs) {
      repeated.push(i);
      utc = choose(wall - before.offsetMs, utc, lastMs, newestFirst);
    }
    utcMs[i] = utc;
    lastMs = utc;
  }
  return { utcMs, skipped, repeated };
}

function chooseAfter(first: number, second: number, lastMs: number, newestFirst: boolean) {
  if (newestFirst) return second < lastMs ? second : first;
  return first > lastMs ? first : second;
}

function chooseNotBefore(first: number, second: number, lastMs: number, newestFirst: boolean) {
  if (newestFirst) return second <= lastMs ? second : first;
  return first >= lastMs ? first : second;
}

/** A stretch of time with one offset, its ends as the wall clock shows them. */
interface Period {
  readonly fromWallMs: number;
  readonly toWallMs: number;
  readonly offsetMs: number;
}

const STEP_MS = 10 * 86_400_000;

/** All periods that the wall times touch; the first and the last are open-ended. */
function findPeriods(zone: Zone, wallMs: Float64Array): readonly Period[] {
  let least = Infinity;
  let most = -Infinity;
  for (const wall of wallMs) {
    if (wall < least) least = wall;
    if (wall > most) most = wall;
  }
  const periods: Period[] = [];
  let fromWallMs = -Infinity;
  let offsetMs = zone.offsetMsAt(least - STEP_MS);
  for (let t = least - STEP_MS; t < most + STEP_MS; t += STEP_MS) {
    const nextOffset = zone.offsetMsAt(t + STEP_MS);
    if (nextOffset === offsetMs) continue;
    const changeMs = findChange(zone, t, t + STEP_MS, offsetMs);
    periods.push({ fromWallMs, toWallMs: changeMs + offsetMs, offsetMs });
    offsetMs = nextOffset;
    fromWallMs = changeMs + offsetMs;
  }
  periods.push({ fromWallMs, toWallMs: Infinity, offsetMs });
  return periods;
}

/** The first whole second in (`low`, `high`] at which the offset is no longer `offsetMs`. */
function findChange(zone: Zone, low: number, high: number, offsetMs: number): number {
  let before = Math.floor(low / 1000);
  let after = Math.ceil(high / 1000);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offsetMsAt(middle * 1000) === offsetMs) before = middle;
    else after = middle;
  }
  return after * 1000;
}
