/**
 * One day of ticks ↔ bytes, as they are stored.
 *
 * The bytes are a function of the ticks alone. All numbers are little-endian. Version 1:
 *
 *     0  u32  magic: 'O' 'T' 'C' and the version
 *     4  u32  checksum of every byte from 8 on, by 32-bit words
 *     8  u32  ticks
 *    12  i32  the first bid, in points; 0 with Float64 prices
 *    16  f64  time of the first tick, ms
 *    24  u8   digits of the Int32 prices: scale = 10^digits
 *    25  u8   digits that prices are shown with
 *    26  u8×4 kind of each column: 0 none, 1 Int16, 2 Int32, 3 Float64
 *    30  u16  zero
 *    32  each column that there is, padded with zeros to 8 bytes
 *
 * Columns in order: time, as the distance to the tick before, ms; bid, as the difference from the
 * one before, modulo 2³²; ask, as the difference from the bid beside it; volume, the values
 * themselves. The first time and bid are 0. Float64 prices are the values themselves.
 */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PriceColumn } from './bars.ts';
import { checksum } from './checksum.ts';
import {
  bytesOf,
  difference,
  encodeIntegers,
  encodeValues,
  kind,
  padded,
  widths,
  type EncodedColumn,
} from './chunk.ts';
import { digitsToShow, fewestDigits, MOST_DIGITS, powersOfTen } from './points.ts';
import { joinTicks, type Ticks } from './ticks.ts';
import { DAY_MS } from './timeframe.ts';

const MAGIC = 0x0143544f;
const HEADER_BYTES = 32;
const KINDS_AT = 26;
const COLUMNS = 4;
/** Nothing longer is written: two hundred ticks a second, all day. */
const MOST_TICKS = 20_000_000;

/** What a chunk of ticks says of itself before its columns are read. */
export interface TickHeader {
  readonly ticks: number;
  readonly firstMs: number;
  readonly hasAsk: boolean;
  readonly hasVolume: boolean;
}

/** The bytes of `ticks`, which lie within one day and never fall in time. */
export function encodeTicks(ticks: Ticks): Uint8Array {
  assert(ticks.length > 0 && ticks.length <= MOST_TICKS, 'a day holds one to 20 million ticks');
  const sides = [ticks.bid, ...(ticks.ask ? [ticks.ask] : [])];
  const digits = fewestDigits(sides, ticks.scale);
  const bid = digits < 0 ? null : pointsOf(ticks.bid, ticks.scale, digits);
  const columns: readonly (EncodedColumn | null)[] = [
    encodeIntegers(distances(ticks.timesMs)),
    bid ? encodeIntegers(differences(bid)) : encodeFloats(ticks.bid, ticks.scale),
    encodeAsk(ticks, bid, digits),
    ticks.volume && encodeValues(ticks.volume),
  ];
  const size = columns.reduce(
    (sum, column) => sum + (column ? padded(column.bytes.length) : 0),
    HEADER_BYTES,
  );
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(8, ticks.length, true);
  view.setInt32(12, bid ? bid[0]! : 0, true);
  view.setFloat64(16, ticks.timesMs[0]!, true);
  out[24] = Math.max(digits, 0);
  out[25] = digitsToShow(sides, ticks.scale, digits);
  columns.forEach((column, i) => (out[KINDS_AT + i] = column ? column.kind : kind.none));
  let at = HEADER_BYTES;
  for (const column of columns) {
    if (!column) continue;
    out.set(column.bytes, at);
    at += padded(column.bytes.length);
  }
  view.setUint32(4, checksum(out, 8), true);
  return out;
}

function distances(timesMs: Float64Array): Int32Array {
  const out = new Int32Array(timesMs.length);
  for (let i = 1; i < out.length; i++) {
    const distance = timesMs[i]! - timesMs[i - 1]!;
    assert(distance >= 0 && distance < DAY_MS, 'times never fall within one day');
    out[i] = distance;
  }
  assert(Number.isSafeInteger(timesMs[0]), 'times are whole milliseconds');
  return out;
}

function differences(points: Int32Array): Int32Array {
  const before = new Int32Array(points.length);
  before.set(points.subarray(0, -1), 1);
  before[0] = points[0]!;
  return difference(points, before);
}

function encodeAsk(ticks: Ticks, bid: Int32Array | null, digits: number): EncodedColumn | null {
  if (ticks.ask === null) return null;
  if (bid === null) return encodeFloats(ticks.ask, ticks.scale);
  return encodeIntegers(difference(pointsOf(ticks.ask, ticks.scale, digits), bid));
}

function encodeFloats(column: PriceColumn, scale: number): EncodedColumn {
  const values = Float64Array.from(column, (value) => value / scale);
  return { kind: kind.float64, bytes: bytesOf(values) };
}

function pointsOf(column: PriceColumn, own: number, digits: number): Int32Array {
  const scale = powersOfTen[digits]!;
  return column instanceof Int32Array && own === scale
    ? column
    : Int32Array.from(column, (value) => Math.round((value / own) * scale));
}

/**
 * The ticks of `chunks`, which follow each other in time.
 *
 * Error: `store.damaged` when a chunk is not what was written, when chunks overlap, or when only
 * some of them have an ask or a volume.
 */
export function decodeTicks(chunks: readonly Uint8Array[]): Result<Ticks, Failure> {
  const parts: Ticks[] = [];
  for (const chunk of chunks) {
    const part = decodeDay(chunk.byteOffset % 8 === 0 ? chunk : chunk.slice());
    if (!part.ok) return part;
    const before = parts.at(-1);
    if (before && part.value.timesMs[0]! < before.timesMs.at(-1)!) {
      return damaged('it overlaps another day');
    }
    if (before && columnSet(part.value) !== columnSet(before)) {
      return damaged('its columns differ from those of other days');
    }
    parts.push(part.value);
  }
  return parts.length === 0 ? damaged('no ticks') : ok(joinTicks(parts));
}

function columnSet({ ask, volume }: Ticks): string {
  return `${ask !== null} ${volume !== null}`;
}

/** What `bytes` say they hold, once their checksum proves them whole. Error: `store.damaged`. */
export function readTickHeader(bytes: Uint8Array): Result<TickHeader, Failure> {
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return damaged('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return damaged('not a chunk of this version');
  if (view.getUint32(4, true) !== checksum(bytes, 8)) return damaged('wrong checksum');
  const header: TickHeader = {
    ticks: view.getUint32(8, true),
    firstMs: view.getFloat64(16, true),
    hasAsk: bytes[KINDS_AT + 2] !== kind.none,
    hasVolume: bytes[KINDS_AT + 3] !== kind.none,
  };
  const problem = faultOf(header, bytes);
  return problem === null ? ok(header) : damaged(problem);
}

/** Why a header cannot be true although its checksum is right; null when it can. */
function faultOf({ ticks, firstMs }: TickHeader, bytes: Uint8Array): string | null {
  if (ticks === 0 || ticks > MOST_TICKS) return 'impossible counts';
  if (!Number.isSafeInteger(firstMs)) return 'no first time';
  if (bytes[24]! > MOST_DIGITS || bytes[25]! > MOST_DIGITS) return 'bad digits';
  const [time, bid, ask, volume] = bytes.subarray(KINDS_AT, KINDS_AT + COLUMNS);
  if (time === kind.none || time! > kind.int32 || bid === kind.none) return 'bad columns';
  if (Math.max(bid!, ask!, volume!) > kind.float64) return 'bad columns';
  if (ask !== kind.none && (ask === kind.float64) !== (bid === kind.float64)) return 'mixed prices';
  const expected = [time, bid, ask, volume].reduce<number>(
    (sum, of) => sum + padded(ticks * widths[of as 0 | 1 | 2 | 3]),
    HEADER_BYTES,
  );
  return expected === bytes.length ? null : 'wrong length';
}

function decodeDay(bytes: Uint8Array): Result<Ticks, Failure> {
  const header = readTickHeader(bytes);
  if (!header.ok) return header;
  const { ticks: length, firstMs } = header.value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [times, bids, asks = null, volumes = null] = viewColumns(bytes, length);
  const timesMs = new Float64Array(length);
  let timeMs = firstMs;
  for (let i = 0; i < length; i++) {
    if (times![i]! < 0) return damaged('its times fall');
    timesMs[i] = timeMs += times![i]!;
  }
  const float = bids instanceof Float64Array;
  const bid = float ? bids.slice() : restoreBid(bids!, view.getInt32(12, true));
  const ask = asks && (asks instanceof Float64Array ? asks.slice() : restoreAsk(asks, bid));
  for (const column of [bid, ask, volumes]) {
    if (column instanceof Float64Array && !column.every(Number.isFinite)) {
      return damaged('a value is no number');
    }
  }
  return ok({
    length,
    timesMs,
    scale: float ? 1 : powersOfTen[bytes[24]!]!,
    digits: bytes[25]!,
    bid,
    ask,
    volume: volumes && Float64Array.from(volumes),
  });
}

type StoredColumn = Int16Array | Int32Array | Float64Array;

function viewColumns(bytes: Uint8Array, length: number): (StoredColumn | null)[] {
  let at = bytes.byteOffset + HEADER_BYTES;
  return Array.from(bytes.subarray(KINDS_AT, KINDS_AT + COLUMNS), (of) => {
    const start = at;
    at += padded(length * widths[of as 0 | 1 | 2 | 3]);
    if (of === kind.int16) return new Int16Array(bytes.buffer, start, length);
    if (of === kind.int32) return new Int32Array(bytes.buffer, start, length);
    if (of === kind.float64) return new Float64Array(bytes.buffer, start, length);
    return null;
  });
}

function restoreBid(stored: StoredColumn, first: number): Int32Array {
  const out = new Int32Array(stored.length);
  let last = first;
  for (let i = 0; i < out.length; i++) out[i] = last = (last + stored[i]!) | 0;
  return out;
}

function restoreAsk(stored: StoredColumn, bid: PriceColumn): Int32Array {
  const out = new Int32Array(stored.length);
  for (let i = 0; i < out.length; i++) out[i] = (bid[i]! + stored[i]!) | 0;
  return out;
}

function damaged(why: string): { readonly ok: false; readonly error: Failure } {
  return fail({ code: 'store.damaged', detail: `A stored day of ticks is damaged: ${why}.` });
}
