/** Numbers and times as brokers' reports write them. */
import { dateMs, readTimeText } from '../../import/time-text.ts';
import type { DateOrder } from '../../import/layout.ts';

export type Decimal = '.' | ',';

const spaces = /[\s\u00a0\u2007\u2009\u202f'’]/g;
const minus = /[−–‒]/g;

/** NaN where it is none. Thousands may be set apart; a loss may stand in parentheses. */
export function numberOf(text: string, decimal: Decimal = '.'): number {
  const plain = decimal === '.' ? plainNumber(text) : null;
  if (plain !== null) return plain;
  if (text.length > 40 || isWord(text) || text.includes('/')) return NaN;
  let digits = text.replace(minus, '-').replace(spaces, '');
  const inBrackets = /^\((.*)\)$/.exec(digits);
  if (inBrackets) digits = `-${inBrackets[1] ?? ''}`;
  if (decimal === ',') digits = digits.replaceAll('.', '').replace(',', '.');
  else if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits)) digits = digits.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? told(Number(digits)) : NaN;
}

/** Most cells that are no number begin with a letter: `buy`, `filled`. */
function isWord(text: string): boolean {
  const first = text.charCodeAt(0) | 32;
  return first >= 97 && first <= 122;
}

/** The plain one, and the one that does not break. */
const isBlank = (code: number): boolean => code === 32 || code === 160;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const tens = [...Array(16).keys()].map((power) => 10 ** power);

/**
 * `-1234.5` and `-1 234.5`, of at most fifteen digits: both parts of the fraction are then whole
 * numbers without an error, and their quotient is the number that the text means. Null for what is
 * written otherwise.
 */
function plainNumber(text: string): number | null {
  const isLoss = text.charCodeAt(0) === 45;
  let [value, digits, point] = [0, 0, -1];
  for (let at = isLoss ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      digits++;
    } else if (code === 46 && point < 0 && digits > 0) point = digits;
    else if (!isBlank(code) || digits === 0 || !isDigit(text.charCodeAt(at + 1))) return null;
  }
  if (digits === 0 || digits > 15 || point === digits) return null;
  const size = point < 0 ? value : value / tens[digits - point]!;
  return isLoss && size !== 0 ? -size : size;
}

const told = (value: number): number => (value === 0 ? 0 : value);

/** Three digits behind may be thousands, unless nothing but a nought or both signs are before. */
function sureness(cell: string): number {
  const isUnsure = /^[-−]?[1-9]\d{0,2}([.,])\d{3}$/.test(cell);
  return isUnsure ? 1 : 1_000;
}

/** Whether the figures of a text have commas for their decimals. */
export function decimalOf(cells: Iterable<string>): Decimal {
  let [points, commas] = [0, 0];
  for (const cell of cells) {
    if (/^[-−]?[\d\s\u00a0,]*\d\.\d+$/.test(cell)) points += sureness(cell);
    else if (/^[-−]?[\d\s\u00a0.]*\d,\d+$/.test(cell)) commas += sureness(cell);
  }
  return commas > points ? ',' : '.';
}

/** A time as a list writes it. */
export interface TimeIn {
  /** A wall time as if it were UTC, or UTC; NaN where it is none. */
  readonly wallMs: number;
  /** It says its zone, `Z` or `+02:00`. */
  readonly isUtc?: true;
}

export function timeIn(text: string, order: DateOrder): TimeIn {
  const wallMs = wallOf(text, order);
  const offsetMs = Number.isNaN(wallMs) ? null : statedOffset(text, order);
  return offsetMs === null ? { wallMs } : { wallMs: wallMs - offsetMs, isUtc: true };
}

/** Of most times it is seen at once that they state none. */
function statedOffset(text: string, order: DateOrder): number | null {
  return /[zZ]$|UTC|GMT|[+-]\d{2}:?\d{2}$/i.test(text)
    ? (readTimeText(text, order)?.offsetMs ?? null)
    : null;
}

/** A wall time as if it were UTC; NaN where it is none. Of `0.05 / 0.10` nothing is read. */
export function wallOf(text: string, order: DateOrder = 'ymd'): number {
  if (text.length < 10 || text.length > 40) return NaN;
  if (order === 'ymd' && text.length === 19) {
    const ms = fixedWall(text);
    if (!Number.isNaN(ms)) return ms;
  }
  // Nine digits and more would be read as seconds since 1970: in a report they are tickets.
  if (/^\d+$/.test(text)) return NaN;
  const reading = readTimeText(text, order);
  return reading?.hasDate ? reading.ms + (reading.offsetMs ?? 0) : NaN;
}

/** `2024.05.06 10:00:00`. */
function fixedWall(text: string): number {
  const part = (from: number, length: number): number => {
    let value = 0;
    for (let at = from; at < from + length; at++) {
      const digit = text.charCodeAt(at) - 48;
      value = digit >= 0 && digit <= 9 ? value * 10 + digit : NaN;
    }
    return value;
  };
  const [hour, minute, second] = [part(11, 2), part(14, 2), part(17, 2)];
  if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN;
  const day = dateMs(part(0, 4), part(5, 2), part(8, 2));
  return day + ((hour * 60 + minute) * 60 + second) * 1000;
}
