/** Ordinary rows from bytes to points in TypeScript: no string, no allocation, one pass. */
import { powersOfTen } from '#core/market/points.ts';
import { exactPowers } from './number-text.ts';
import { MOST_DOUBLE_DIGITS, MOST_INT_DIGITS, restCode, type RowPlan } from './row-plan.ts';
import type { RowColumns } from './rows.ts';
import { readByTemplate } from './time-text.ts';

const MINUS = 45;
const RETURN = 13;
const QUOTE = 34;
const DAY_MS = 86_400_000;

export interface RowSpan {
  readonly from: number;
  /** A line ends before it. */
  readonly to: number;
  /** Of the first row. */
  readonly line: number;
  readonly most: number;
}

/**
 * Reads at most `most` rows from `from` on; see `FastReader.read`.
 *
 * One loop on purpose: every call in it, and every value not held in a local, costs a tenth.
 */
export function readPlainRows(
  plan: RowPlan,
  rows: RowColumns,
  bytes: Uint8Array,
  { from, to, line: firstLine, most }: RowSpan,
): number {
  if (rows.float) return from;
  const { timesMs, lines, volume, tickVolume, spreadPoints, digits } = rows;
  const capacity = Math.min(rows.capacity, rows.count + most);
  const columns = rows.prices as Int32Array[];
  const [opens, highs, lows, closes] = columns as [Int32Array, Int32Array, Int32Array, Int32Array];
  const sides = columns.length;
  const { time, rest, separator, point, lineEnd, datesAlone } = plan;
  const { length, date, dateAt, offsetMs, epochUnitMs, hour, minute, second, millisecond } = time;
  const dateMiddle = dateAt + Math.min(4, time.dateLength - 4);
  const dateEnd = dateAt + time.dateLength - 4;
  const { literalAt, literalByte } = time;
  const [at0, at1, at2, at3] = [literalAt[0]!, literalAt[1]!, literalAt[2]!, literalAt[3]!];
  const [is0, is1, is2, is3] = [literalByte[0]!, literalByte[1]!, literalByte[2]!, literalByte[3]!];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let date0 = 0;
  let date1 = 0;
  let date2 = 0;
  let dayMs = NaN;
  let n = rows.count;
  let line = firstLine;
  let p = from;
  let start = from;

  row: while (p < to && n < capacity) {
    start = p;
    if (p + length >= to) break;
    let timeMs = 0;
    if (epochUnitMs > 0) {
      for (const end = p + length; p < end; p++) {
        const digit = bytes[p]! - 48;
        if (digit >>> 0 > 9) break row;
        timeMs = timeMs * 10 + digit;
      }
      timeMs *= epochUnitMs;
    } else {
      const word0 = view.getInt32(p + dateAt, true);
      const word1 = view.getInt32(p + dateMiddle, true);
      const word2 = view.getInt32(p + dateEnd, true);
      if (word0 !== date0 || word1 !== date1 || word2 !== date2) {
        dayMs = readByTemplate(bytes, p, date);
        date0 = word0;
        date1 = word1;
        date2 = word2;
      }
      timeMs = dayMs - offsetMs;
      if (hour >= 0) {
        const h1 = bytes[p + hour]! - 48;
        const h2 = bytes[p + hour + 1]! - 48;
        const m1 = bytes[p + minute]! - 48;
        const m2 = bytes[p + minute + 1]! - 48;
        const h = h1 * 10 + h2;
        const m = m1 * 10 + m2;
        // Below zero as soon as one byte is no digit, or a part is beyond its clock.
        let sign = h1 | (9 - h1) | h2 | (9 - h2) | m1 | (9 - m1) | m2 | (9 - m2);
        sign |= (23 - h) | (59 - m);
        let clockMs = (h * 60 + m) * 60_000;
        if (second >= 0) {
          const s1 = bytes[p + second]! - 48;
          const s2 = bytes[p + second + 1]! - 48;
          sign |= s1 | (5 - s1) | s2 | (9 - s2);
          clockMs += (s1 * 10 + s2) * 1000;
        }
        if (millisecond >= 0) {
          const f1 = bytes[p + millisecond]! - 48;
          const f2 = bytes[p + millisecond + 1]! - 48;
          const f3 = bytes[p + millisecond + 2]! - 48;
          sign |= f1 | (9 - f1) | f2 | (9 - f2) | f3 | (9 - f3);
          clockMs += f1 * 100 + f2 * 10 + f3;
        }
        if (sign < 0) break;
        timeMs += clockMs;
        if (datesAlone && timeMs % DAY_MS !== 0) break;
      }
      if (at0 >= 0) {
        if (bytes[p + at0] !== is0 || bytes[p + at1] !== is1) break;
        if (bytes[p + at2] !== is2 || bytes[p + at3] !== is3) break;
        for (let k = 4; k < literalAt.length; k++) {
          if (bytes[p + literalAt[k]!] !== literalByte[k]) break row;
        }
      }
      p += length;
    }

    for (let side = 0; side < sides; side++) {
      if (bytes[p++] !== separator) break row;
      const negative = bytes[p] === MINUS;
      if (negative) p++;
      const firstDigit = p;
      let points = 0;
      let digit = bytes[p]! - 48;
      while (digit >>> 0 <= 9) {
        points = (Math.imul(points, 10) + digit) | 0;
        digit = bytes[++p]! - 48;
      }
      let count = p - firstDigit;
      if (count === 0) break row;
      let decimals = 0;
      if (digit + 48 === point) {
        const firstDecimal = ++p;
        const end = p + digits;
        digit = bytes[p]! - 48;
        while (digit >>> 0 <= 9 && p < end) {
          points = (Math.imul(points, 10) + digit) | 0;
          digit = bytes[++p]! - 48;
        }
        decimals = p - firstDecimal;
        count += decimals;
        // Zeros beyond the scale change nothing; another digit there needs a finer one.
        while (digit === 0) digit = bytes[++p]! - 48;
        if (digit >>> 0 <= 9) break row;
      }
      if (decimals < digits) {
        points = Math.imul(points, powersOfTen[digits - decimals]!);
        count += digits - decimals;
      }
      if (count > MOST_INT_DIGITS) break row;
      columns[side]![n] = negative ? -points : points;
    }

    for (let c = 0; c < rest.length; c++) {
      if (bytes[p++] !== separator) break row;
      const column = rest[c]!;
      if (column === restCode.skip) {
        let byte = bytes[p]!;
        while (byte !== separator && byte !== lineEnd && byte !== QUOTE) byte = bytes[++p]!;
        continue;
      }
      let amount = 0;
      const firstDigit = p;
      let digit = bytes[p]! - 48;
      while (digit >>> 0 <= 9) {
        amount = amount * 10 + digit;
        digit = bytes[++p]! - 48;
      }
      let count = p - firstDigit;
      if (count === 0) break row;
      if (digit + 48 === point && column !== restCode.spread) {
        const firstDecimal = ++p;
        digit = bytes[p]! - 48;
        while (digit >>> 0 <= 9) {
          amount = amount * 10 + digit;
          digit = bytes[++p]! - 48;
        }
        count += p - firstDecimal;
        if (count > MOST_DOUBLE_DIGITS) break row;
        amount /= exactPowers[p - firstDecimal]!;
      }
      if (count > MOST_DOUBLE_DIGITS) break row;
      if (column === restCode.volume) volume![n] = amount;
      else if (column === restCode.tickVolume) tickVolume![n] = amount;
      else if (count > MOST_INT_DIGITS) break row;
      else spreadPoints![n] = amount;
    }

    let byte = bytes[p]!;
    if (byte === separator) while (byte !== lineEnd) byte = bytes[++p]!;
    else if (byte === RETURN && lineEnd !== RETURN) byte = bytes[++p]!;
    const open = opens[n]!;
    const close = closes[n]!;
    const high = highs[n]!;
    const low = lows[n]!;
    if (byte !== lineEnd || low > open || low > close || high < open || high < close) break;
    if (sides === 8 && !isAskPossible(columns, n)) break;
    // A time that could not be read is NaN, which equals nothing.
    if (timeMs !== timeMs) break;
    timesMs[n] = timeMs;
    lines[n] = line++;
    n++;
    start = ++p;
  }
  rows.count = n;
  return start;
}

function isAskPossible(columns: readonly Int32Array[], n: number): boolean {
  const open = columns[4]![n]!;
  const high = columns[5]![n]!;
  const low = columns[6]![n]!;
  const close = columns[7]![n]!;
  if (low > open || low > close || high < open || high < close) return false;
  return (
    open >= columns[0]![n]! &&
    high >= columns[1]![n]! &&
    low >= columns[2]![n]! &&
    close >= columns[3]![n]!
  );
}
