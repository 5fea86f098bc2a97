/** Columns that look back to where a condition held. */

/** Bars since the condition last held, 0 where it holds, Infinity before it ever has; NaN before `start`. */
export function barsSinceColumn(condition: Uint8Array, start: number): Float64Array {
  const out = new Float64Array(condition.length).fill(NaN);
  let since = Infinity;
  for (let i = start; i < out.length; i++) {
    since = condition[i] === 1 ? 0 : since + 1;
    out[i] = since;
  }
  return out;
}

/** Bars of the last `bars` on which the condition held; NaN until there are so many from `start` on. */
export function countColumn(condition: Uint8Array, bars: number, start: number): Float64Array {
  const out = new Float64Array(condition.length).fill(NaN);
  let count = 0;
  for (let i = start; i < out.length; i++) {
    count += condition[i]!;
    if (i - bars >= start) count -= condition[i - bars]!;
    if (i - start >= bars - 1) out[i] = count;
  }
  return out;
}

/**
 * The highest or lowest value since the condition last held, that bar included, or since the
 * first value where it never has; or the value on that bar, NaN where it never has. NaN before
 * `start`.
 */
export function sinceColumn(
  measure: 'highest' | 'lowest' | 'value',
  condition: Uint8Array,
  values: Float64Array,
  start: number,
): Float64Array {
  const out = new Float64Array(values.length).fill(NaN);
  let last = NaN;
  for (let i = start; i < out.length; i++) {
    const value = values[i]!;
    if (condition[i] === 1) last = value;
    else if (measure === 'highest' && !(value <= last)) last = value;
    else if (measure === 'lowest' && !(value >= last)) last = value;
    out[i] = last;
  }
  return out;
}

/** How many of the conditions hold; NaN before `start`. */
export function tallyColumn(
  length: number,
  conditions: readonly Uint8Array[],
  start: number,
): Float64Array {
  const out = new Float64Array(length).fill(NaN, 0, Math.min(start, length));
  for (const condition of conditions) {
    for (let i = 0; i < length; i++) out[i] = out[i]! + condition[i]!;
  }
  return out;
}
