/** Numbers as people read them: fixed digits, grouped thousands, a true minus sign, "–" for none. */
import { sayKnown } from './language.ts';

export const none = '–';

const formats = new Map<string, Intl.NumberFormat>();
function format(minimum: number, maximum: number): Intl.NumberFormat {
  const key = `${minimum},${maximum}`;
  let found = formats.get(key);
  if (!found) {
    const options = { minimumFractionDigits: minimum, maximumFractionDigits: maximum };
    formats.set(key, (found = new Intl.NumberFormat('en', options)));
  }
  return found;
}
function minus(text: string): string {
  return text.replace('-', '−');
}

/** A number with exactly `digits` decimals: `12,345.60`. */
export function numberText(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return none;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return minus(format(digits, digits).format(value));
}

/** A price with its symbol's digits and no thousands mark, as platforms show it. */
export function priceText(value: number, digits: number): string {
  return minus(value.toFixed(digits));
}

/** As `numberText`, with a plus before gains: a sign says what a colour alone must not. */
export function signedText(value: number | null | undefined, digits = 2): string {
  const text = numberText(value, digits);
  return value !== null && value !== undefined && value > 0 ? `+${text}` : text;
}

/** Two to three significant figures with the unit: `12.4 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 99.5 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `1 bar`, `2 bars`, in the chosen language; irregular plurals are given. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${format(0, 0).format(count)} ${sayKnown(count === 1 ? one : many)}`;
}
