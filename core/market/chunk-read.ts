/** Stored months of bars read back into one set of columns, in place, without a copy in between. */
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import {
  columnsOf,
  damaged,
  HEADER_BYTES,
  kind,
  padded,
  readHeader,
  widths,
  type ChunkHeader,
} from './chunk.ts';
import { MOST_POINTS, powersOfTen } from './points.ts';

/**
 * The bars of `chunks`, which follow each other in time.
 *
 * Prices are Int32 points on the finest scale of any chunk where all of them fit, else Float64.
 * Error: `store.damaged` when a chunk is not what was written, when chunks overlap, or when only
 * some of them have an ask, a volume or a spread.
 */
export function decodeChunks(chunks: readonly Uint8Array[]): Result<Bars, Failure> {
  const read: Placed[] = [];
  let length = 0;
  for (const chunk of chunks) {
    const bytes = chunk.byteOffset % 8 === 0 ? chunk : chunk.slice();
    const header = readHeader(bytes);
    if (!header.ok) return header;
    read.push({ bytes, header: header.value, at: length });
    length += header.value.bars;
  }
  const first = read[0]?.header;
  if (first === undefined) return damaged('no bars');
  if (read.some(({ header }) => columnSet(header) !== columnSet(first))) {
    return damaged('its columns differ from those of other months');
  }
  const digits = read.reduce((most, { header }) => Math.max(most, header.priceDigits), 0);
  const shown = read.reduce((most, { header }) => Math.max(most, header.shownDigits), 0);
  const float = read.some(({ header }) => header.floatPrices);
  const scale = float ? 1 : powersOfTen[digits]!;
  const make = float ? floatColumns : pointColumns;
  const bars: Bars = {
    length,
    timesMs: new Float64Array(length),
    scale,
    digits: shown,
    bid: make(length),
    ask: first.hasAsk ? make(length) : null,
    volume: first.hasVolume ? new Float64Array(length) : null,
    spreadPoints: first.hasSpread ? new Int32Array(length) : null,
  };
  for (const placed of read) {
    const problem = fill(bars, placed);
    if (problem === 'overflow') return decodeAsFloats(read, bars);
    if (problem !== null) return damaged(problem);
  }
  return ok(bars);
}

interface Placed {
  readonly bytes: Uint8Array;
  readonly header: ChunkHeader;
  /** Index of its first bar among all. */
  readonly at: number;
}

function columnSet(header: ChunkHeader): string {
  return `${header.hasAsk} ${header.hasVolume} ${header.hasSpread}`;
}

function pointColumns(length: number): PriceColumns {
  const make = () => new Int32Array(length);
  return { open: make(), high: make(), low: make(), close: make() };
}

function floatColumns(length: number): PriceColumns {
  const make = () => new Float64Array(length);
  return { open: make(), high: make(), low: make(), close: make() };
}

/** Each month fits Int32 on its own scale and the finest scale of all is too fine for one. */
function decodeAsFloats(read: readonly Placed[], bars: Bars): Result<Bars, Failure> {
  const floats: Bars = {
    ...bars,
    scale: 1,
    bid: floatColumns(bars.length),
    ask: bars.ask && floatColumns(bars.length),
  };
  for (const placed of read) {
    const problem = fill(floats, placed);
    if (problem !== null) return damaged(problem);
  }
  return ok(floats);
}

/** Writes one chunk into its place; null, or what is wrong with it. */
function fill(bars: Bars, { bytes, header, at }: Placed): string | null {
  const timesFault = fillTimes(bars.timesMs, bytes, header, at);
  if (timesFault !== null) return timesFault;
  const columns = viewColumns(bytes, header);
  const to = at + header.bars;
  if (header.floatPrices) {
    const sides = [...columnsOf(bars.bid), ...(bars.ask ? columnsOf(bars.ask) : [])];
    for (const [i, side] of sides.entries()) {
      const column = columns[i]!;
      for (const value of column) if (!Number.isFinite(value)) return 'a price is no number';
      side.set(column, at);
    }
  } else {
    const points = bars.scale === 1 && bars.bid.open instanceof Float64Array;
    const target = points ? pointColumns(header.bars) : slice(bars.bid, at, to);
    restoreBid(target, columns, header.firstOpen);
    const askTarget = bars.ask && (points ? pointColumns(header.bars) : slice(bars.ask, at, to));
    if (askTarget) restoreAsk(askTarget, target, columns);
    const scale = powersOfTen[header.priceDigits]!;
    if (points) {
      divide(target, slice(bars.bid, at, to), scale);
      if (askTarget && bars.ask) divide(askTarget, slice(bars.ask, at, to), scale);
    } else if (scale !== bars.scale) {
      const factor = bars.scale / scale;
      if (!multiply(target, factor)) return 'overflow';
      if (askTarget && !multiply(askTarget, factor)) return 'overflow';
    }
  }
  bars.volume?.set(columns[8]!, at);
  bars.spreadPoints?.set(columns[9]!, at);
  return null;
}

function slice(columns: PriceColumns, from: number, to: number): PriceColumns {
  return {
    open: columns.open.subarray(from, to),
    high: columns.high.subarray(from, to),
    low: columns.low.subarray(from, to),
    close: columns.close.subarray(from, to),
  };
}

function fillTimes(
  timesMs: Float64Array,
  bytes: Uint8Array,
  header: ChunkHeader,
  at: number,
): string | null {
  const irregular = new Uint32Array(
    bytes.buffer,
    bytes.byteOffset + HEADER_BYTES,
    2 * header.irregular,
  );
  if (at > 0 && header.firstMs <= timesMs[at - 1]!) return 'it overlaps another month';
  let time = header.firstMs;
  timesMs[at] = time;
  let index = 1;
  for (let k = 0; k <= header.irregular; k++) {
    const next = k < header.irregular ? irregular[2 * k]! : header.bars;
    if (next < index || next > header.bars) return 'its times are out of order';
    for (; index < next; index++) timesMs[at + index] = time += header.stepMs;
    if (k === header.irregular) break;
    if (next === header.bars || irregular[2 * k + 1] === 0) return 'its times stand still';
    timesMs[at + index++] = time += irregular[2 * k + 1]!;
  }
  return null;
}

type StoredColumn = Int16Array | Int32Array | Float64Array;

function viewColumns(bytes: Uint8Array, header: ChunkHeader): (StoredColumn | null)[] {
  let at = bytes.byteOffset + HEADER_BYTES + 8 * header.irregular;
  return Array.from(header.kinds, (of) => {
    const start = at;
    at += padded(header.bars * widths[of as 0 | 1 | 2 | 3]);
    if (of === kind.int16) return new Int16Array(bytes.buffer, start, header.bars);
    if (of === kind.int32) return new Int32Array(bytes.buffer, start, header.bars);
    if (of === kind.float64) return new Float64Array(bytes.buffer, start, header.bars);
    return null;
  });
}

function restoreBid(
  out: PriceColumns,
  columns: readonly (StoredColumn | null)[],
  firstOpen: number,
): void {
  const { open, high, low, close } = out;
  const [fromClose, highs, lows, closes] = columns as StoredColumn[];
  let last = firstOpen;
  for (let i = 0; i < open.length; i++) {
    const start = (last + fromClose![i]!) | 0;
    open[i] = start;
    high[i] = start + highs![i]!;
    low[i] = start + lows![i]!;
    close[i] = last = (start + closes![i]!) | 0;
  }
}

function restoreAsk(
  out: PriceColumns,
  bid: PriceColumns,
  columns: readonly (StoredColumn | null)[],
): void {
  const from = columnsOf(bid);
  for (const [k, column] of columnsOf(out).entries()) {
    const side = from[k]!;
    const differences = columns[4 + k]!;
    for (let i = 0; i < column.length; i++) column[i] = (side[i]! + differences[i]!) | 0;
  }
}

function divide(points: PriceColumns, into: PriceColumns, scale: number): void {
  const targets = columnsOf(into);
  for (const [k, column] of columnsOf(points).entries()) {
    const target: PriceColumn = targets[k]!;
    for (let i = 0; i < column.length; i++) target[i] = column[i]! / scale;
  }
}

function multiply(points: PriceColumns, factor: number): boolean {
  for (const column of columnsOf(points)) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]! * factor;
      if (value > MOST_POINTS || value < -MOST_POINTS) return false;
      column[i] = value;
    }
  }
  return true;
}
