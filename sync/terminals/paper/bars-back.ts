/** Bars of any timeframe put together from shorter pieces that come newest first. */
import {
  MOST_BARS,
  type BarsAnswer,
  type BarsQuestion,
  type SaidBar,
} from '#core/broker/messages.ts';
import { spanAt } from '#core/rules/spans.ts';

/** A stretch of prices that lies within one bar; prices in points. */
export interface Piece {
  readonly atMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface PiecesBack {
  /** Pieces that began before, in runs, newest first: each run as soon as it is needed. */
  before(untilMs: number): AsyncIterable<Iterable<Piece>> | Iterable<Iterable<Piece>>;
  readonly digits: number;
  /** What the broker's clock is ahead of that of the pieces. */
  readonly offsetMs: number;
}

/** The page that was asked for; days and weeks begin by the clock of the pieces. */
export async function barsBack(
  { before, digits, offsetMs }: PiecesBack,
  { timeframe, beforeServerMs, limit }: BarsQuestion,
): Promise<BarsAnswer> {
  const most = Math.min(limit, MOST_BARS);
  // A bar that opened before is told whole.
  const untilMs =
    beforeServerMs === null ? Infinity : spanAt(timeframe, beforeServerMs - offsetMs - 1).toMs;
  const bars: Gathered[] = [];
  let span = { fromMs: Infinity, toMs: Infinity };
  for await (const run of before(untilMs)) {
    for (const piece of run) {
      if (piece.atMs < span.fromMs) {
        span = spanAt(timeframe, piece.atMs);
        bars.push({ ...piece, fromMs: span.fromMs });
      } else {
        const bar = bars.at(-1);
        if (bar) extend(bar, piece);
      }
      if (bars.length > most) break;
    }
    if (bars.length > most) break;
  }
  const said = bars.slice(0, most).reverse();
  return {
    isWhole: true,
    hasMore: bars.length > most,
    digits,
    lacks: null,
    bars: said.map((bar) => saidBar(bar, offsetMs)),
  };
}

interface Gathered {
  readonly fromMs: number;
  open: number;
  high: number;
  low: number;
  readonly close: number;
  volume: number;
}

/** By a piece that comes before all that it has. */
function extend(bar: Gathered, { open, high, low, volume }: Piece): void {
  bar.open = open;
  bar.high = Math.max(bar.high, high);
  bar.low = Math.min(bar.low, low);
  bar.volume += volume;
}

function saidBar({ fromMs, open, high, low, close, volume }: Gathered, offsetMs: number): SaidBar {
  return [(fromMs + offsetMs) / 1_000, open, high, low, close, volume];
}
