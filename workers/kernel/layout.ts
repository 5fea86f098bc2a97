/**
 * Where the columns of one series lie in the memory of the WASM kernel, in bytes.
 *
 * Every column has room for a whole number of 16 bars, so that vectors may run over the end. The
 * first page is the compiler's.
 */

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
  /** Of one column of float64. */
  readonly columnBytes: number;
  /** Open, high, low, close, one column after another. */
  readonly bid: number;
  readonly ask: number;
  readonly equity: number;
  /** Stop and target of each bar, side by side. */
  readonly levels: number;
  readonly flags: number;
  readonly trips: number;
  /** Round trips there is room for. */
  readonly tripRoom: number;
  readonly bytes: number;
}

export function layOut(bars: number, hasAsk: boolean): Layout {
  const rows = Math.ceil(bars / BLOCK_BARS) * BLOCK_BARS;
  const columnBytes = rows * 8;
  const bid = PAGE_BYTES;
  const ask = hasAsk ? bid + 4 * columnBytes : bid;
  const equity = ask + 4 * columnBytes;
  const levels = equity + columnBytes;
  const flags = levels + 2 * columnBytes;
  const trips = flags + rows;
  const tripRoom = Math.min(rows + SPARE_TRIPS, MOST_TRIPS);
  const bytes = trips + tripRoom * TRIP_BYTES;
  return { rows, columnBytes, bid, ask, equity, levels, flags, trips, tripRoom, bytes };
}
