/** A column some bars later. */
import { withPast, type Memory } from './memory.ts';

/** The value `bars` bars before each; the first `bars` values are NaN. */
export function delayed(values: Float64Array, bars: number, memory?: Memory): Float64Array {
  const { column, from } = withPast(values, bars, memory);
  const out = new Float64Array(values.length);
  const known = Math.max(0, bars - from);
  out.fill(NaN, 0, known);
  for (let i = known; i < out.length; i++) out[i] = column[i + from - bars]!;
  return out;
}
