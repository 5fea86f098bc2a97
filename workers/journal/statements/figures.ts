/** Numbers and times as brokers' reports write them. */
import { dateMs, readTimeText } from '../../import/time-text.ts';
import type { DateOrder } from '../../import/layout.ts';

export type Decimal = '.' | ',';

const simple = /^-?\d{1,15}(?:\.\d{1,12})?$/;
const spaces = /[\s\u00a0\u2007\u2009\u202f'’]/g;
const minus = /[−–‒]/g;

/** NaN where it is none. Thousands may be set apart; a loss may stand in parentheses. */
export function numberOf(text: string, decimal: Decimal = '.'): number {
  if (decimal === '.' && simple.test(text)) return told(Number(text));
  if (text.length > 40) return NaN;
  let digits = text.replace(minus, '-').replace(spaces, '');
  const inBrackets = /^\((.*)\)$/.exec(digits);
  if (inBrackets) digits = `-${inBrackets[1] ?? ''}`;
  if (decimal === ',') digits = digits.replaceAll('.', '').replace(',', '.');
  else if (/^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits)) digits = digits.replaceAll(',', '');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? told(Number(digits)) : NaN;
}

const told = (value: number): number => (value === 0 ? 0 : value);

/** Whether the figures of a text have commas for their decimals. */
export function decimalOf(cells: Iterable<string>): Decimal {
  let [points, commas] = [0, 0];
  for (const cell of cells) {
    if (/^[-−]?[\d\s\u00a0,]*\d\.\d+$/.test(cell)) points++;
    else if (/^[-−]?[\d\s\u00a0.]*\d,\d+$/.test(cell)) commas++;
  }
  return commas > points ? ',' : '.';
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
