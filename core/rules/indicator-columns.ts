/** An indicator over a column of any length, in slices where it is long, so that a run can stop. */
import { findIndicator } from '../indicators/registry.ts';
import { openStream } from '../indicators/stream.ts';

/** Few enough to be made in some milliseconds, and enough that beginning anew costs nothing. */
export const sliceBars = 250_000;

/**
 * The outputs of the indicator of that name; yields the finished part, 0 … 1, between slices.
 *
 * What repaints looks ahead and is made in one go.
 */
export function* indicatorColumns(
  name: string,
  sources: readonly Float64Array[],
  parameters: readonly number[],
): Generator<number, readonly Float64Array[]> {
  const indicator = findIndicator(name)!;
  const { length } = sources[0]!;
  if (length <= sliceBars || indicator.repaints) return indicator.compute(sources, parameters);
  const stream = openStream(indicator, parameters);
  const columns = indicator.outputs.map(() => new Float64Array(length));
  for (let from = 0; from < length; from += sliceBars) {
    const made = stream.push(sources.map((source) => source.subarray(from, from + sliceBars)));
    made.forEach((slice, output) => columns[output]!.set(slice, from));
    yield Math.min(1, (from + sliceBars) / length);
  }
  return columns;
}
