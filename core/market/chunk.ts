/**
 * One month of bars ↔ bytes, as they are stored.
 *
 * The bytes are a function of the bars alone: the same bars give the same bytes, however they
 * arrived. All numbers are little-endian. Version 1:
 *
 *     0  u32  magic: 'O' 'B' 'C' and the version
 *     4  u32  checksum of every byte from 8 on, by 32-bit words
 *     8  u32  bars
 *    12  u32  irregular steps in time
 *    16  f64  open of the first bar, ms
 *    24  u32  regular step in time, ms
 *    28  u8   digits of the Int32 prices: scale = 10^digits
 *    29  u8   digits that prices are shown with
 *    30  u8×10  kind of each column: 0 none, 1 Int16, 2 Int32, 3 Float64
 *    40  i32  the first open, in points; 0 with Float64 prices
 *    44  u32  zero
 *    48  the irregular steps: u32 bar index, u32 distance to the bar before, ms
 *        then each column that there is, padded with zeros to 8 bytes
 *
 * Columns in order: bid open, high, low, close; ask open, high, low, close; volume; spread.
 * Int16 and Int32 price columns hold differences, modulo 2³²: open from the previous close (the
 * first from the header),
 * high, low and close from the open, each ask price from the bid price beside it. Volume and
 * spread hold the values themselves. Prices are either all integers or all Float64.
 */
import { assert } from '../assert.ts';
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { checksum } from './checksum.ts';
import { digitsToShow, fewestDigits, MOST_DIGITS, powersOfTen } from './points.ts';

export const CHUNK_MAGIC = 0x0143424f;
export const HEADER_BYTES = 48;
export const COLUMNS = 10;
export const KINDS_AT = 30;
/** Nothing longer is written: 31 days of bars by the second, and room. */
export const MOST_BARS = 4_000_000;
export const kind = { none: 0, int16: 1, int32: 2, float64: 3 } as const;

/** What a chunk says of itself before its columns are read. */
export interface ChunkHeader {
  readonly bars: number;
  readonly irregular: number;
  readonly firstMs: number;
  readonly stepMs: number;
  readonly priceDigits: number;
  readonly shownDigits: number;
  readonly firstOpen: number;
  readonly kinds: Uint8Array;
  readonly floatPrices: boolean;
  readonly hasAsk: boolean;
  readonly hasVolume: boolean;
  readonly hasSpread: boolean;
}

/** The bytes of `bars`, which lie within 49 days and rise in time. */
export function encodeChunk(bars: Bars): Uint8Array {
  assert(bars.length > 0 && bars.length <= MOST_BARS, 'a chunk holds one to four million bars');
  const steps = findSteps(bars.timesMs);
  const priceColumns = [bars.bid, ...(bars.ask ? [bars.ask] : [])].flatMap(columnsOf);
  const digits = fewestDigits(priceColumns, bars.scale);
  const bid = digits < 0 ? null : pointsOf(bars, bars.bid, digits);
  const columns: readonly (EncodedColumn | null)[] = [
    ...(bid ? encodeBid(bid) : encodeFloats(bars, bars.bid)),
    ...(bid ? encodeAsk(bars, bid, digits) : encodeFloats(bars, bars.ask)),
    bars.volume && encodeValues(bars.volume),
    bars.spreadPoints && encodeIntegers(bars.spreadPoints),
  ];
  const size = columns.reduce(
    (sum, column) => sum + (column ? padded(column.bytes.length) : 0),
    HEADER_BYTES + 4 * steps.irregular.length,
  );
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, CHUNK_MAGIC, true);
  view.setUint32(8, bars.length, true);
  view.setUint32(12, steps.irregular.length / 2, true);
  view.setFloat64(16, bars.timesMs[0]!, true);
  view.setUint32(24, steps.stepMs, true);
  view.setInt32(40, bid ? bid[0]![0]! : 0, true);
  out[28] = Math.max(digits, 0);
  out[29] = digitsToShow(priceColumns, bars.scale, digits);
  columns.forEach((column, i) => (out[KINDS_AT + i] = column ? column.kind : kind.none));
  out.set(bytesOf(Uint32Array.from(steps.irregular)), HEADER_BYTES);
  let at = HEADER_BYTES + 4 * steps.irregular.length;
  for (const column of columns) {
    if (!column) continue;
    out.set(column.bytes, at);
    at += padded(column.bytes.length);
  }
  view.setUint32(4, checksum(out, 8), true);
  return out;
}

export interface EncodedColumn {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

export function columnsOf(columns: PriceColumns): readonly PriceColumn[] {
  return [columns.open, columns.high, columns.low, columns.close];
}

export function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}

export function bytesOf(array: Int16Array | Int32Array | Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The regular step is the shortest; every other distance is listed with its bar. */
function findSteps(timesMs: Float64Array): { stepMs: number; irregular: number[] } {
  let stepMs = 0xffffffff;
  for (let i = 1; i < timesMs.length; i++) {
    const distance = timesMs[i]! - timesMs[i - 1]!;
    assert(distance > 0 && distance <= 0xffffffff, 'times rise within one chunk');
    if (distance < stepMs) stepMs = distance;
  }
  assert(Number.isSafeInteger(timesMs[0]) && Number.isInteger(stepMs), 'times are whole ms');
  const irregular: number[] = [];
  for (let i = 1; i < timesMs.length; i++) {
    const distance = timesMs[i]! - timesMs[i - 1]!;
    if (distance !== stepMs) irregular.push(i, distance);
  }
  return { stepMs: timesMs.length > 1 ? stepMs : 0, irregular };
}

function encodeFloats(bars: Bars, side: PriceColumns | null): (EncodedColumn | null)[] {
  if (side === null) return [null, null, null, null];
  return columnsOf(side).map((column) => ({
    kind: kind.float64,
    bytes: bytesOf(Float64Array.from(column, (value) => value / bars.scale)),
  }));
}

function encodeBid([open, high, low, close]: readonly Int32Array[]): EncodedColumn[] {
  const before = new Int32Array(open!.length);
  before.set(close!.subarray(0, -1), 1);
  before[0] = open![0]!;
  return [
    encodeIntegers(difference(open!, before)),
    encodeIntegers(difference(high!, open!)),
    encodeIntegers(difference(low!, open!)),
    encodeIntegers(difference(close!, open!)),
  ];
}

function encodeAsk(
  bars: Bars,
  bid: readonly Int32Array[],
  digits: number,
): (EncodedColumn | null)[] {
  if (bars.ask === null) return [null, null, null, null];
  return pointsOf(bars, bars.ask, digits).map((column, i) =>
    encodeIntegers(difference(column, bid[i]!)),
  );
}

function pointsOf(bars: Bars, side: PriceColumns, digits: number): Int32Array[] {
  const scale = powersOfTen[digits]!;
  return columnsOf(side).map((column) =>
    column instanceof Int32Array && bars.scale === scale
      ? column
      : Int32Array.from(column, (value) => Math.round((value / bars.scale) * scale)),
  );
}

export function difference(column: Int32Array, from: Int32Array): Int32Array {
  const out = new Int32Array(column.length);
  for (let i = 0; i < out.length; i++) out[i] = (column[i]! - from[i]!) | 0;
  return out;
}

export function encodeIntegers(values: Int32Array): EncodedColumn {
  const short = values.every((value) => value >= -32_768 && value <= 32_767);
  return short
    ? { kind: kind.int16, bytes: bytesOf(Int16Array.from(values)) }
    : { kind: kind.int32, bytes: bytesOf(values) };
}

export function encodeValues(values: Float64Array): EncodedColumn {
  const whole = values.every((value) => (value | 0) === value && !Object.is(value, -0));
  if (whole) return encodeIntegers(Int32Array.from(values));
  return { kind: kind.float64, bytes: bytesOf(values) };
}

/** What `bytes` say they hold, once their checksum proves them whole. Error: `store.damaged`. */
export function readHeader(bytes: Uint8Array): Result<ChunkHeader, Failure> {
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return damaged('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== CHUNK_MAGIC) return damaged('not a chunk of this version');
  if (view.getUint32(4, true) !== checksum(bytes, 8)) return damaged('wrong checksum');
  const kinds = bytes.slice(KINDS_AT, KINDS_AT + COLUMNS);
  const header: ChunkHeader = {
    bars: view.getUint32(8, true),
    irregular: view.getUint32(12, true),
    firstMs: view.getFloat64(16, true),
    stepMs: view.getUint32(24, true),
    priceDigits: bytes[28]!,
    shownDigits: bytes[29]!,
    firstOpen: view.getInt32(40, true),
    kinds,
    floatPrices: kinds[0] === kind.float64,
    hasAsk: kinds[4] !== kind.none,
    hasVolume: kinds[8] !== kind.none,
    hasSpread: kinds[9] !== kind.none,
  };
  const problem = faultOf(header, bytes.length);
  return problem === null ? ok(header) : damaged(problem);
}

export function damaged(why: string): { readonly ok: false; readonly error: Failure } {
  return fail({ code: 'store.damaged', detail: `A stored month of bars is damaged: ${why}.` });
}

/** Why a header cannot be true although its checksum is right; null when it can. */
function faultOf(header: ChunkHeader, size: number): string | null {
  const { bars, irregular, kinds } = header;
  if (bars === 0 || bars > MOST_BARS || irregular >= bars) return 'impossible counts';
  if (!Number.isSafeInteger(header.firstMs)) return 'no first time';
  if (header.stepMs === 0 && bars > 1) return 'no step in time';
  if (header.priceDigits > MOST_DIGITS || header.shownDigits > MOST_DIGITS) return 'bad digits';
  let expected = HEADER_BYTES + 8 * irregular;
  for (let i = 0; i < COLUMNS; i++) {
    const of = kinds[i]!;
    const price = i < 8;
    if (of > kind.float64 || (i < 4 && of === kind.none)) return 'bad columns';
    if (price && i >= 4 && (of === kind.none) !== (kinds[4] === kind.none)) return 'half an ask';
    if (price && of !== kind.none && (of === kind.float64) !== header.floatPrices) {
      return 'mixed prices';
    }
    if (i === 9 && of === kind.float64) return 'fractional spread';
    expected += padded(bars * widths[of]!);
  }
  return expected === size ? null : 'wrong length';
}

export const widths = [0, 2, 4, 8] as const;
