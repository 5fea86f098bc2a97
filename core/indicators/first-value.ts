/** Where the warm-up of a column ends. */

/** Index of the first value that is not NaN, the length where there is none. */
export function firstValue(values: Float64Array): number {
  let i = 0;
  while (i < values.length && Number.isNaN(values[i]!)) i++;
  return i;
}
