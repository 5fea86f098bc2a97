/**
 * Where the columns of one series lie in the memory of the WASM kernel, in bytes.
 *
 * Every column has room for a whole number of 16 bars, so that vectors may run over the end. The
 * first page is the compiler's.
 */
import type { Bars } from '#core/market/bars.ts';

export const PAGE_BYTES = 65_536;
/** The most round trips that are kept in memory before they are moved out. */
export const MOST_TRIPS = 65_536;

const BLOCK_BARS = 16;
/** Above what a pass of the kernel closes, so that room for every bar's trip never runs out. */
const SPARE_TRIPS = 16;
const TRIP_BYTES = 5 * 8 + 2 * 4 + 2;

export interface Layout {
  /** Bars that a column has room for. */
  readonly rows: number;
  /** Prices are kept as int32 points, or as float64 where those do not do. */
  readonly asPoints: boolean;
  /** Of one price column. */
  readonly columnBytes: number;
  /** Open, high, low, close, one column after another. */
  readonly bid: number;
  readonly ask: number;
  readonly equity: number;
  /** Stop and target side by side, an entry after another. */
  readonly levels: number;
  /** The bar of each of these, int32. */
  readonly levelBars: number;
  readonly trips: number;
  /** Round trips there is room for. */
  readonly tripRoom: number;
  readonly flags: number;
  readonly bytes: number;
}

export function layOut(bars: Bars): Layout {
  const rows = Math.ceil(bars.length / BLOCK_BARS) * BLOCK_BARS;
  const asPoints = [bars.bid, bars.ask ?? bars.bid]
    .flatMap(({ open, high, low, close }) => [open, high, low, close])
    .every((column) => column instanceof Int32Array);
  const columnBytes = rows * (asPoints ? 4 : 8);
  const bid = PAGE_BYTES;
  const ask = bars.ask ? bid + 4 * columnBytes : bid;
  const equity = ask + 4 * columnBytes;
  const levels = equity + rows * 8;
  const levelBars = levels + rows * 16;
  // One more than bars: what ends the list.
  const trips = levelBars + (rows + BLOCK_BARS) * 4;
  const tripRoom = Math.min(rows + SPARE_TRIPS, MOST_TRIPS);
  const flags = trips + tripRoom * TRIP_BYTES;
  const bytes = flags + rows;
  return {
    rows,
    asPoints,
    columnBytes,
    bid,
    ask,
    equity,
    levels,
    levelBars,
    trips,
    tripRoom,
    flags,
    bytes,
  };
}
