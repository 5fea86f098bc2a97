/** Rows made when they are looked at, for a table of a million: their order is a list of places. */
import { compareText } from '#core/compare-text.ts';
import type { Column } from './table.ts';

export interface RowSource<Row> {
  readonly length: number;
  /** Made anew at each call; `place` is within the length. */
  at(place: number): Row;
  /** The place of the row of a key, −1 where there is none. */
  placeOf(key: string | number): number;
}

/** In the order of `places`, or in their own where that is null. */
export function* rowsOf<Row>(rows: RowSource<Row>, places: Uint32Array | null): Generator<Row> {
  for (let i = 0; i < rows.length; i++) yield rows.at(places ? places[i]! : i);
}

const ROWS_A_STEP = 2_048;
/** Of a pass that makes no rows. */
const KEYS_A_STEP = 65_536;
const KEY_BYTES = 8;

/**
 * The places of a source's rows in the order of a column, in steps of a few milliseconds even for
 * a million: equal rows keep their order, missing values come last, as `sortRows` has it.
 */
export function* sortedPlaces<Row>(
  rows: RowSource<Row>,
  column: Column<Row>,
  { descending }: { readonly descending: boolean },
): Generator<void, Uint32Array> {
  const keys = yield* keysOf(rows, column);
  rankBits(keys, descending);
  yield;
  const bytes = new Uint8Array(keys.buffer);
  let places = new Uint32Array(rows.length);
  for (let i = 0; i < places.length; i++) places[i] = i;
  let spare = new Uint32Array(rows.length);
  // From the last byte to the first, each pass keeping the order that the ones before it made.
  for (let at = 0; at < KEY_BYTES; at++) {
    if (yield* sortByByte(bytes, at, places, spare)) [places, spare] = [spare, places];
  }
  return places;
}

/** A number a row that sorts as its value does; NaN where that is missing. */
function* keysOf<Row>(
  rows: RowSource<Row>,
  column: Column<Row>,
): Generator<void, Float64Array<ArrayBuffer>> {
  const keys = new Float64Array(rows.length);
  const texts = new Map<string, number>();
  for (let i = 0; i < keys.length; i++) {
    if (i % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
    const value = column.value(rows.at(i));
    if (typeof value === 'string') {
      if (!texts.has(value)) texts.set(value, texts.size);
      keys[i] = texts.get(value)!;
      // Of zero's two signs only one is left.
    } else keys[i] = value === null ? NaN : value + 0;
  }
  if (texts.size === 0) return keys;
  const ranks = textRanks([...texts.keys()]);
  return keys.map((key) => (Number.isNaN(key) ? NaN : ranks[key]!));
}

/** The rank of each text; those that compare as equal share one. */
function textRanks(texts: readonly string[]): Float64Array {
  const ordered = [...texts.keys()].sort((a, b) => compareText(texts[a]!, texts[b]!));
  const ranks = new Float64Array(texts.length);
  for (let k = 1; k < ordered.length; k++) {
    const [before, at] = [ordered[k - 1]!, ordered[k]!];
    ranks[at] = ranks[before]! + (compareText(texts[before]!, texts[at]!) === 0 ? 0 : 1);
  }
  return ranks;
}

/**
 * Turns numbers, in place, into unsigned integers of 64 bits in the order asked for: a positive
 * one gets its sign bit set, a negative one all bits turned, and NaN the largest of all.
 * Browsers run on little-endian machines alone: the higher half stands second.
 */
function rankBits(keys: Float64Array<ArrayBuffer>, descending: boolean): void {
  const halves = new Uint32Array(keys.buffer);
  for (let i = 0; i < keys.length; i++) {
    const isMissing = Number.isNaN(keys[i]!);
    const low = halves[2 * i]!;
    const high = halves[2 * i + 1]!;
    const isNegative = high >>> 31 === 1;
    const turnsLow = isNegative !== descending;
    const turnsSign = isNegative ? high ^ ~0 : high ^ 0x80000000;
    halves[2 * i] = isMissing ? ~0 : turnsLow ? ~low : low;
    halves[2 * i + 1] = isMissing ? ~0 : descending ? ~turnsSign : turnsSign;
  }
}

/** Writes `places` into `sorted` by one byte of their keys; false, and nothing, if all have the same. */
function* sortByByte(
  bytes: Uint8Array,
  at: number,
  places: Uint32Array,
  sorted: Uint32Array,
): Generator<void, boolean> {
  yield;
  const starts = new Uint32Array(257);
  for (let i = at; i < bytes.length; i += KEY_BYTES) starts[bytes[i]! + 1]!++;
  if (starts.includes(places.length, 1)) return false;
  for (let value = 1; value < starts.length; value++) starts[value]! += starts[value - 1]!;
  for (let from = 0; from < places.length; from += KEYS_A_STEP) {
    yield;
    for (const place of places.subarray(from, from + KEYS_A_STEP)) {
      sorted[starts[bytes[KEY_BYTES * place + at]!]!++] = place;
    }
  }
  return true;
}
