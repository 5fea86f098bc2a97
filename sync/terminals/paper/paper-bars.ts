/**
 * The past prices of a paper account: of made-up prices what was seen, and before that a past that
 * leads up to it; of prices that are played again those that were played, at their own times.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { BarsAnswer, BarsQuestion } from '#core/broker/messages.ts';
import { DAY_MS, inferTimeframe, timeframeMs } from '#core/market/timeframe.ts';
import { barsBack, type Piece } from './bars-back.ts';
import { MINUTE_MS, type HourOfMinutes, type Minute } from './paper-minutes.ts';
import { pastDays, stepsPerMinute, type PastStart } from './paper-past.ts';
import type { PaperSymbol } from './paper-symbols.ts';
import { firstAfter, type Series } from './price-replay.ts';

export interface SeenPrices {
  readonly symbol: PaperSymbol;
  readonly seed: number;
  /** The broker's clock is so far ahead of UTC. */
  readonly offsetMs: number;
  /** Hours that began before, newest first, at most `limit`. */
  hours(beforeMs: number, limit: number): Promise<readonly HourOfMinutes[]>;
}

const hoursAtOnce = 200;
/** After so many days of the made-up past others have their turn. */
const daysAtOnce = 20;

/** Days begin by the broker's clock, which the pieces tell too. */
export async function seenBars(seen: SeenPrices, question: BarsQuestion): Promise<BarsAnswer> {
  const { digits } = seen.symbol;
  // The made-up past leads up to the first price: before that one came it is not there either.
  const isEmpty = (await seen.hours(Infinity, 1)).length === 0;
  if (isEmpty) return { isWhole: false, hasMore: false, digits, lacks: null, bars: [] };
  const pieceMs = Math.min(DAY_MS, timeframeMs(question.timeframe) ?? MINUTE_MS);
  const before = (untilMs: number) => seenPieces(seen, { untilMs, pieceMs });
  return barsBack({ before, digits, offsetMs: 0 }, question);
}

/** Times by the broker's clock. */
async function* seenPieces(
  { symbol, seed, offsetMs, hours }: SeenPrices,
  { untilMs, pieceMs }: { readonly untilMs: number; readonly pieceMs: number },
): AsyncGenerator<Iterable<Piece>, undefined> {
  const scale = 10 ** symbol.digits;
  let start: PastStart | null = null;
  for (let beforeMs = Infinity; ;) {
    const found = await hours(beforeMs, hoursAtOnce);
    for (const hour of found) {
      const minutes = joined(hour.minutes);
      const [first] = minutes;
      if (first) {
        const serverMs = hour.hourMs + first[0] * MINUTE_MS + offsetMs;
        start = { serverMs, bid: first[1], seed };
      }
      if (hour.hourMs + offsetMs >= untilMs) continue;
      yield minutePieces(hour.hourMs + offsetMs, minutes, scale).filter(
        ({ atMs }) => atMs < untilMs,
      );
    }
    const last = found.at(-1);
    if (!last || found.length < hoursAtOnce) break;
    beforeMs = last.hourMs;
  }
  if (!start) return;
  let days = 0;
  for (const { dayMs, points } of pastDays(symbol, start)) {
    if (++days % daysAtOnce === 0) await turn();
    if (dayMs < untilMs) yield dayPieces(dayMs, points(), { untilMs, pieceMs });
  }
}

/** By the minute; one that is there twice, since it was cut in two, made whole. */
function joined(minutes: readonly Minute[]): readonly Minute[] {
  const whole = new Map<number, Minute>();
  for (const minute of minutes) {
    const before = whole.get(minute[0]);
    whole.set(minute[0], before ? together(before, minute) : minute);
  }
  return [...whole.values()].sort(([a], [b]) => a - b);
}

function together(
  [minute, open, high, low, , ticks]: Minute,
  [, , more, less, close, others]: Minute,
): Minute {
  return [minute, open, Math.max(high, more), Math.min(low, less), close, ticks + others];
}

function minutePieces(hourMs: number, minutes: readonly Minute[], scale: number): readonly Piece[] {
  const points = (price: number) => Math.round(price * scale);
  return minutes.toReversed().map(([minute, open, high, low, close, volume]) => ({
    atMs: hourMs + minute * MINUTE_MS,
    open: points(open),
    high: points(high),
    low: points(low),
    close: points(close),
    volume,
  }));
}

/** A made-up day in pieces as long as a bar at most, newest first. A made-up tick is a step. */
function* dayPieces(
  dayMs: number,
  points: Float64Array,
  { untilMs, pieceMs }: { readonly untilMs: number; readonly pieceMs: number },
): Generator<Piece, undefined> {
  const steps = points.length - 1;
  const inPiece = (pieceMs / MINUTE_MS) * stepsPerMinute;
  for (let from = Math.floor((steps - 1) / inPiece) * inPiece; from >= 0; from -= inPiece) {
    const atMs = dayMs + (from / stepsPerMinute) * MINUTE_MS;
    if (atMs >= untilMs) continue;
    const to = Math.min(from + inPiece, steps);
    const open = points[from] ?? 0;
    let high = open;
    let low = open;
    for (let i = from + 1; i <= to; i++) {
      const step = points[i] ?? open;
      if (step > high) high = step;
      if (step < low) low = step;
    }
    yield { atMs, open, high, low, close: points[to] ?? open, volume: to - from };
  }
}

/** What was played of a series; a bar counts once its close was said. */
export async function playedBars(
  series: Series,
  played: { readonly replayMs: number; readonly offsetMs: number },
  question: BarsQuestion,
): Promise<BarsAnswer> {
  const { digits } = series.kind === 'bars' ? series.bars : series.ticks;
  const own = series.kind === 'bars' ? inferTimeframe(series.bars.timesMs) : null;
  const ownMs = own === null ? 0 : (timeframeMs(own) ?? 0);
  if (ownMs > (timeframeMs(question.timeframe) ?? 0)) {
    return { isWhole: true, hasMore: false, digits, lacks: 'timeframe', bars: [] };
  }
  const { replayMs, offsetMs } = played;
  const before = (untilMs: number) => [seriesPieces(series, { untilMs, replayMs, ownMs })];
  return barsBack({ before, digits, offsetMs }, question);
}

function* seriesPieces(
  series: Series,
  until: { readonly untilMs: number; readonly replayMs: number; readonly ownMs: number },
): Generator<Piece, undefined> {
  const { untilMs, replayMs, ownMs } = until;
  const isBars = series.kind === 'bars';
  const { timesMs, scale, digits } = isBars ? series.bars : series.ticks;
  const points = (value: number) => Math.round((value / scale) * 10 ** digits);
  // The close is said when three quarters of the bar are over; see `price-replay.ts`.
  const playedMs = replayMs - (isBars ? ownMs * 0.75 : 0);
  for (let i = firstAfter(timesMs, Math.min(playedMs, untilMs - 1)) - 1; i >= 0; i--) {
    const atMs = timesMs[i] ?? 0;
    if (isBars) {
      const { bid, volume } = series.bars;
      const at = (column: ArrayLike<number>) => points(column[i] ?? 0);
      const prices = { open: at(bid.open), high: at(bid.high), low: at(bid.low) };
      yield { atMs, ...prices, close: at(bid.close), volume: volume?.[i] ?? 0 };
    } else {
      const bid = points(series.ticks.bid[i] ?? 0);
      yield { atMs, open: bid, high: bid, low: bid, close: bid, volume: 1 };
    }
  }
}

export function withoutSymbol(): BarsAnswer {
  return { isWhole: true, hasMore: false, digits: 0, lacks: 'symbol', bars: [] };
}
