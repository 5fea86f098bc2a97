/** Numbers of a column in as few bytes as hold them to the last digit. */

/** In this order in what is stored, so that each stands where its size wants it. */
export type NumberValues = Float64Array | Int32Array | Uint16Array | Uint8Array;

/** Each is its value ÷ `parts`; a column of one value has that in every row. */
export interface NumberColumn {
  readonly values: NumberValues;
  readonly parts: number;
}

const mostParts = 1e8;
/** Beyond it a number times its parts is rounded by so much that it is another one. */
const mostWhole = 2 ** 50;

/** What stands for null: no number that is packed comes to it. */
export function missingIn(values: NumberValues): number {
  if (values instanceof Float64Array) return NaN;
  if (values instanceof Int32Array) return -(2 ** 31);
  return values instanceof Uint16Array ? 0xffff : 0xff;
}

/** Numbers are finite. */
export function packNumbers(numbers: readonly (number | null)[]): NumberColumn {
  const parts = partsOf(numbers);
  const values = roomFor(numbers, parts ?? 0);
  const missing = missingIn(values);
  numbers.forEach((number, at) => {
    values[at] = number === null ? missing : parts === null ? number : Math.round(number * parts);
  });
  const isSame = values.every((value) => Object.is(value, values[0]));
  return { values: isSame ? values.slice(0, 1) : values, parts: parts ?? 1 };
}

/** In how many parts all of them are whole; null where that cannot be told to the last digit. */
function partsOf(numbers: readonly (number | null)[]): number | null {
  let [parts, largest] = [1, 0];
  for (const number of numbers) {
    if (number === null) continue;
    if (Object.is(number, -0)) return null;
    largest = Math.max(largest, Math.abs(number));
    // What is whole in a tenth is whole in a hundredth: those before need not be looked at again.
    while (Math.round(number * parts) / parts !== number) {
      parts *= 10;
      if (parts > mostParts) return null;
    }
  }
  return largest * parts <= mostWhole ? parts : null;
}

/** `parts` 0: as they are. */
function roomFor(numbers: readonly (number | null)[], parts: number): NumberValues {
  let [least, most] = [0, 0];
  for (const number of numbers) {
    const value = Math.round((number ?? 0) * parts);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const count = numbers.length;
  if (parts === 0 || least <= -(2 ** 31) || most >= 2 ** 31) return new Float64Array(count);
  if (least < 0 || most >= 0xffff) return new Int32Array(count);
  return most < 0xff ? new Uint8Array(count) : new Uint16Array(count);
}

/** Those from a row on into `room`, as far as they go; NaN for what is missing. Answers how many. */
export function unpackNumbers(
  { values, parts }: NumberColumn,
  from: number,
  room: Float64Array,
): number {
  const missing = missingIn(values);
  if (values.length === 1) {
    room.fill(values[0] === missing ? NaN : values[0]! / parts);
    return room.length;
  }
  const count = Math.min(room.length, values.length - from);
  // One kind of array is gone through several times as fast as one of four.
  room.set(values.subarray(from, from + count));
  for (let at = 0; at < count; at++) {
    const value = room[at]!;
    room[at] = value === missing ? NaN : value / parts;
  }
  return count;
}

const rangeRows = 4_096;

/** Of what is there, and how many are missing. */
export function rangeOf(values: NumberValues): {
  readonly least: number;
  readonly most: number;
  readonly missing: number;
} {
  const room = new Float64Array(Math.min(values.length, rangeRows));
  let [least, most, missing] = [Infinity, -Infinity, 0];
  for (let from = 0; from < values.length; from += rangeRows) {
    const count = unpackNumbers({ values, parts: 1 }, from, room);
    for (let at = 0; at < count; at++) {
      const value = room[at]!;
      if (value < least) least = value;
      if (value > most) most = value;
      if (value !== value) missing++;
    }
  }
  return { least, most, missing };
}
