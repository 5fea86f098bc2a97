/** Numbers as files write them, from bytes: signs, exponents, thousands separators, decimal commas. */

const MINUS = 45;
const PLUS = 43;
const SPACE = 32;
const APOSTROPHE = 39;
const COMMA = 44;
const POINT = 46;

/** Beyond this a mantissa of whole digits is no longer exact in a double. */
const EXACT = 2 ** 53;
/** Powers of ten that a double holds exactly: a mantissa divided by one is rounded only once. */
export const exactPowers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/**
 * The number in bytes `from` … `to`, the double that parsing its text gives; NaN when it is none.
 *
 * `decimal` is the byte of the decimal point. Thousands may be set apart by the other of comma and
 * point, by a space or by an apostrophe, in groups of exactly three.
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  let p = from;
  const negative = bytes[p] === MINUS;
  if (p < to && (negative || bytes[p] === PLUS)) p++;
  let mantissa = 0;
  let digits = 0;
  let grouped = 0;
  let inGroup = 0;
  for (; p < to; p++) {
    const byte = bytes[p]!;
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      inGroup++;
    } else if (isThousands(byte, decimal) && digits > 0) {
      if (grouped > 0 ? inGroup !== 3 : inGroup > 3) return NaN;
      grouped++;
      inGroup = 0;
    } else break;
  }
  if (grouped > 0 && inGroup !== 3) return NaN;
  let decimals = 0;
  if (p < to && bytes[p] === decimal) {
    for (p++; p < to; p++) {
      const byte = bytes[p]!;
      if (byte < 48 || byte > 57) break;
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      decimals++;
    }
  }
  if (digits === 0) return NaN;
  if (p < to || mantissa > EXACT || decimals > 22) return readText(bytes, from, to, decimal);
  const value = mantissa / exactPowers[decimals]!;
  return negative && value !== 0 ? -value : value;
}

function isThousands(byte: number, decimal: number): boolean {
  if (byte === SPACE || byte === APOSTROPHE) return true;
  return byte === (decimal === POINT ? COMMA : POINT);
}

/** Exponents and more digits than a double holds: rare, so by way of a string. */
function readText(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  if (to - from > 64) return NaN;
  let text = '';
  for (let p = from; p < to; p++) {
    const byte = bytes[p]!;
    if (!isThousands(byte, decimal)) text += byte === decimal ? '.' : String.fromCharCode(byte);
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) return NaN;
  return value === 0 ? 0 : value;
}
