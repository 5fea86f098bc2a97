/** Holes in a series of bars where the market, by its own habits, was open. */
import { DAY_MS, timeframeMs, WEEK_MS } from './timeframe.ts';

export interface Gap {
  /** Index of the first bar after the hole. */
  readonly index: number;
  /** Bars that one would expect in it. */
  readonly missing: number;
}

const HOUR_MS = 3_600_000;
const HOURS_A_WEEK = 168;
/** Share of weeks in which an hour must have had bars for its silence to be a gap. */
const HABIT = 0.8;
/** 1 January 1970 was a Thursday; weeks are counted from Monday. */
const MONDAY_MS = 4 * DAY_MS;

/**
 * The holes between `timesMs`, which rise.
 *
 * Intraday, an hour of the week counts as open when it had bars in four of five weeks (with
 * less than three weeks of bars: unless it lies in a weekend of the currency market); a hole is
 * a gap when it misses two bars, or half an hour of minutes. Of days, more than three that the
 * market is usually open: holidays are shorter. Of weeks and months, any that is missing.
 */
export function findGaps(timesMs: Float64Array, timeframe: string): readonly Gap[] {
  const lengthMs = timeframeMs(timeframe);
  if (lengthMs === null || timesMs.length < 2) return [];
  if (lengthMs >= WEEK_MS) return findMissingPeriods(timesMs, timeframe, lengthMs);
  const slotMs = lengthMs >= DAY_MS ? DAY_MS : HOUR_MS;
  const open = openSlots(timesMs, slotMs);
  const barsASlot = Math.max(1, slotMs / lengthMs);
  const least = lengthMs >= DAY_MS ? 4 : Math.max(2, (HOUR_MS / 2 / lengthMs) | 0);
  const gaps: Gap[] = [];
  const shortMs = lengthMs * least;
  let before = timesMs[0]!;
  for (let i = 1; i < timesMs.length; i++) {
    const to = timesMs[i]!;
    const from = before + lengthMs;
    const distanceMs = to - before;
    before = to;
    if (distanceMs < shortMs) continue;
    const missing = Math.floor(expectedSlots(from, to, slotMs, open) * barsASlot + 1e-9);
    if (missing >= Math.max(1, least - 1)) gaps.push({ index: i, missing });
  }
  return gaps;
}

function findMissingPeriods(timesMs: Float64Array, timeframe: string, lengthMs: number): Gap[] {
  const gaps: Gap[] = [];
  const months = timeframe.startsWith('MN') ? Number(timeframe.slice(2)) : 0;
  for (let i = 1; i < timesMs.length; i++) {
    const passed =
      months > 0
        ? Math.round((monthOf(timesMs[i]!) - monthOf(timesMs[i - 1]!)) / months)
        : Math.round((timesMs[i]! - timesMs[i - 1]!) / lengthMs);
    if (passed > 1) gaps.push({ index: i, missing: passed - 1 });
  }
  return gaps;
}

function monthOf(timeMs: number): number {
  const date = new Date(timeMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** 1 for each slot of the week in which the market is usually open. */
function openSlots(timesMs: Float64Array, slotMs: number): Uint8Array {
  const slots = WEEK_MS / slotMs;
  const seen = new Uint32Array(slots);
  let lastSlot = -Infinity;
  let weeks = 0;
  let slotEndMs = -Infinity;
  for (let i = 0; i < timesMs.length; i++) {
    if (timesMs[i]! < slotEndMs) continue;
    const slot = Math.floor((timesMs[i]! - MONDAY_MS) / slotMs);
    slotEndMs = (slot + 1) * slotMs + MONDAY_MS;
    seen[slotOfWeek(slot, slots)]!++;
    if (Math.floor(slot / slots) !== Math.floor(lastSlot / slots)) weeks++;
    lastSlot = slot;
  }
  if (weeks < 3) return currencyWeek(slots);
  // The weeks at either end are seldom whole.
  return Uint8Array.from(seen, (count) => (count >= HABIT * (weeks - 2) ? 1 : 0));
}

function slotOfWeek(slot: number, slots: number): number {
  return ((slot % slots) + slots) % slots;
}

/** Open from Sunday 22:00 to Friday 21:00 UTC. */
function currencyWeek(slots: number): Uint8Array {
  const hoursASlot = HOURS_A_WEEK / slots;
  return Uint8Array.from({ length: slots }, (_, slot) => {
    const hour = slot * hoursASlot;
    return hour >= 4 * 24 + 21 && hour < 6 * 24 + 22 ? 0 : 1;
  });
}

function expectedSlots(from: number, to: number, slotMs: number, open: Uint8Array): number {
  const first = Math.floor((from - MONDAY_MS) / slotMs);
  const last = Math.floor((to - 1 - MONDAY_MS) / slotMs);
  const perWeek = open.reduce((sum, slot) => sum + slot, 0);
  const weeks = Math.max(0, Math.floor((last - first - 1) / open.length));
  let sum = weeks * perWeek;
  for (let slot = first + weeks * open.length; slot <= last; slot++) {
    if (open[slotOfWeek(slot, open.length)] === 0) continue;
    const start = slot * slotMs + MONDAY_MS;
    sum += (Math.min(to, start + slotMs) - Math.max(from, start)) / slotMs;
  }
  return sum;
}
