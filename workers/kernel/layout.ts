/**
 * Where the columns of one series lie in the memory of the WASM kernel, in bytes.
 *
 * Every column has room for a whole number of 16 bars, so that vectors may run over the end. The
 * first page is the compiler's.
 */

export const PAGE_BYTES = 65_536;
/** Round trips that are kept in memory before they are moved out. */
export const TRIP_ROOM = 16_384;

const BLOCK_BARS = 16;
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
  readonly stops: number;
  readonly targets: number;
  readonly flags: number;
  readonly trips: number;
  readonly bytes: number;
}

export function layOut(bars: number, hasAsk: boolean): Layout {
  const rows = Math.ceil(bars / BLOCK_BARS) * BLOCK_BARS;
  const columnBytes = rows * 8;
  const bid = PAGE_BYTES;
  const ask = hasAsk ? bid + 4 * columnBytes : bid;
  const equity = ask + 4 * columnBytes;
  const stops = equity + columnBytes;
  const targets = stops + columnBytes;
  const flags = targets + columnBytes;
  const trips = flags + rows;
  const bytes = trips + TRIP_ROOM * TRIP_BYTES;
  return { rows, columnBytes, bid, ask, equity, stops, targets, flags, trips, bytes };
}
