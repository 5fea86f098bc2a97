/** Decimal prices as whole points: which power of ten holds a column of prices exactly in Int32. */
import type { PriceColumn } from './bars.ts';

/** `powersOfTen[d]` = 10ᵈ, the scale of `d` digits. */
export const powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] as const;
export const MOST_DIGITS = 8;
export const MOST_POINTS = 2_147_483_647;

/**
 * The fewest digits, `from` or more, at which `price` is a whole number of points in Int32, so
 * that points ÷ 10^digits is the very same double; -1 when there are none up to 8.
 */
export function digitsOf(price: number, from: number): number {
  if (price === 0) return Object.is(price, -0) ? -1 : from;
  for (let digits = from; digits <= MOST_DIGITS; digits++) {
    const scale = powersOfTen[digits]!;
    const points = Math.round(price * scale);
    if (points > MOST_POINTS || points < -MOST_POINTS) return -1;
    if (points / scale === price) return digits;
  }
  return -1;
}

/** The fewest digits that hold every price of every column; -1 when no Int32 scale does. */
export function fewestDigits(columns: readonly PriceColumn[], scale: number): number {
  const points = columns.filter((column) => column instanceof Int32Array);
  if (points.length === columns.length) return trimDigits(points, Math.round(Math.log10(scale)));
  let digits = 0;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      digits = digitsOf(column[i]! / scale, digits);
      if (digits < 0) return -1;
    }
  }
  // A price may fit at its own digits and not at those of a later one.
  const most = MOST_POINTS / powersOfTen[digits]!;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      if (Math.abs(column[i]! / scale) > most) return -1;
    }
  }
  return digits;
}

/** The fewest digits of points that end in zeros: 13500 points of 10⁵ are 135 points of 10³. */
function trimDigits(columns: readonly Int32Array[], digits: number): number {
  let trimmed = digits;
  while (trimmed > 0) {
    const unit = powersOfTen[digits - trimmed + 1]!;
    if (columns.some((column) => column.some((points) => points % unit !== 0))) break;
    trimmed--;
  }
  return trimmed;
}

/**
 * Digits to show prices with, of which `digits` are exact (-1: no Int32 scale holds them).
 *
 * More than five are often the noise of single precision, in which many sources keep prices:
 * then only as many as tell single-precision prices apart (1455.219971 is shown as 1455.22).
 */
export function digitsToShow(
  columns: readonly PriceColumn[],
  scale: number,
  digits: number,
): number {
  if (digits >= 0 && digits <= 5) return digits;
  let shown = 0;
  for (const column of columns) {
    for (let i = 0; i < column.length && shown < MOST_DIGITS; i++) {
      const price = column[i]! / scale;
      while (shown < MOST_DIGITS) {
        const unit = powersOfTen[shown]!;
        if (Math.abs(Math.round(price * unit) / unit - price) <= Math.abs(price) * 6e-8) break;
        shown++;
      }
    }
  }
  return shown;
}
