/** The marks of an axis: round values, evenly apart. */
import type { Range } from './report-shapes.ts';

export interface AxisMark {
  /** Part of the way from the low end to the high one. */
  readonly at: number;
  readonly text: string;
}

const roundParts = [1, 2, 5, 10] as const;

/** Two to `most` multiples of a step of 1, 2 or 5; `text` is given the digits that tell them apart. */
export function marksOf(
  { low, high }: Range,
  text: (value: number, digits: number) => string,
  most = 5,
): readonly AxisMark[] {
  const exponent = Math.floor(Math.log10((high - low) / most));
  for (const part of roundParts) {
    // A negative power is divided by, since a tenth is no round number to a computer.
    const power = 10 ** Math.abs(exponent);
    const times = (count: number) => (exponent < 0 ? (count * part) / power : count * part * power);
    const first = Math.ceil(low / times(1));
    const count = Math.floor(high / times(1)) - first + 1;
    if (count > most) continue;
    const digits = Math.max(0, part === 10 ? -exponent - 1 : -exponent);
    return Array.from({ length: count }, (_, i) => {
      const value = times(first + i);
      return { at: (value - low) / (high - low), text: text(value, digits) };
    });
  }
  return [];
}
