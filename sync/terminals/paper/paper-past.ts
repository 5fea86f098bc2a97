/**
 * A made-up past for made-up prices: what lies before the first price that an account ever saw,
 * and ends in that very price, so that a chart is there from the first minute.
 *
 * It is the same for the same seed, symbol and first price, whichever part is asked for. Days
 * follow one another back from the first price, drawn back to where prices of the symbol begin;
 * within a day price walks from the day's open to its close. Saturdays and Sundays are left out.
 */
import { draw } from '#core/execution/broker/slippage.ts';
import type { PaperSymbol } from './paper-symbols.ts';

export interface PastStart {
  /** The broker's clock at the first price that was seen. */
  readonly serverMs: number;
  readonly bid: number;
  readonly seed: number;
}

export interface PastDay {
  /** Midnight by the broker's clock. */
  readonly dayMs: number;
  /** Bids at the steps of the day, as whole points; the last is the close. Computed when asked for. */
  points(): Float64Array;
}

const DAY_MS = 86_400_000;
/** Steps in each minute: its high and low are somewhere inside it. */
export const stepsPerMinute = 4;
const stepMs = 60_000 / stepsPerMinute;
const mostDays = 260;
/** As the generator moves, of a price in the square root of a day, and back in a day. */
const DAILY = 0.006;
const PULL = 0.2;
const WEEKEND = 0.002;

/** Days of the past, the newest first: the day of the first price as far as it went, and a year. */
export function* pastDays(symbol: PaperSymbol, start: PastStart): Generator<PastDay, undefined> {
  const scale = 10 ** symbol.digits;
  const key = keyOf(symbol.symbol);
  let dayMs = Math.floor(start.serverMs / DAY_MS) * DAY_MS;
  // To the minute: the first price that was seen opens the next one.
  let endMs = Math.floor(start.serverMs / 60_000) * 60_000;
  let close = start.bid / symbol.firstPrice - 1;
  for (let day = 0; day <= mostDays; day++) {
    while (isWeekend(dayMs)) {
      dayMs -= DAY_MS;
      endMs = dayMs + DAY_MS;
    }
    const random = drawing(start.seed, key, day);
    const share = (endMs - dayMs) / DAY_MS;
    const open = close - PULL * share * close + DAILY * Math.sqrt(share) * bell(random);
    const steps = Math.round((endMs - dayMs) / stepMs);
    const toPoints = (ratio: number) =>
      Math.max(1, Math.round(symbol.firstPrice * (1 + ratio) * scale));
    const gap = isWeekend(dayMs - DAY_MS) ? WEEKEND * bell(random) : 0;
    const ends = { open, close, steps };
    if (steps > 0) yield { dayMs, points: () => walk(ends, random, toPoints) };
    close = open + gap;
    endMs = dayMs;
    dayMs -= DAY_MS;
  }
}

/** A walk that begins and ends where it is to: what it missed its end by is spread over it. */
function walk(
  { open, close, steps }: { readonly open: number; readonly close: number; readonly steps: number },
  random: () => number,
  toPoints: (ratio: number) => number,
): Float64Array {
  const points = new Float64Array(steps + 1);
  const size = DAILY / Math.sqrt(DAY_MS / stepMs);
  // An even draw has a variance of a twelfth.
  const spread = size * Math.sqrt(12);
  for (let i = 1; i <= steps; i++) points[i] = points[i - 1]! + (random() - 0.5) * spread;
  const missed = points[steps]! - (close - open);
  for (let i = 0; i <= steps; i++) points[i] = toPoints(open + points[i]! - (missed * i) / steps);
  return points;
}

function isWeekend(dayMs: number): boolean {
  // Day 0 of the epoch was a Thursday.
  const weekday = (((Math.floor(dayMs / DAY_MS) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

/** About normal, of variance 1: four even draws. */
function bell(random: () => number): number {
  const sum = random() + random() + random() + random() - 2;
  return sum * Math.sqrt(3);
}

/** Even draws that follow from seed, symbol and day: quicker than a hash of all three each time. */
function drawing(seed: number, key: number, day: number): () => number {
  let state = Math.floor(draw(seed, key, day) * 2 ** 32) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function keyOf(name: string): number {
  let key = 0;
  for (const letter of name) key = (Math.imul(key, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return key;
}
