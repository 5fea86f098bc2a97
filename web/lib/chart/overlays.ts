/** Lines over and below the bars of a chart: what of them is in its window, and in which pane. */
import { firstAtOrAfter } from '#core/market/months.ts';

export interface OverlayLine {
  /** `bands.upper` shares a pane with `bands.lower`. */
  readonly name: string;
  readonly pane: 'price' | 'own';
  /** Rising; the window of the chart is cut out of them. */
  readonly timesMs: Float64Array;
  /** NaN where the indicator is still warming up. */
  readonly values: Float64Array;
}

/** More panes than these would leave none of them room. */
const mostPanes = 3;

/**
 * The pane of each line: 0 = with the prices, from 1 on one for each thing that is named; what
 * comes after `mostPanes` of them shares the last.
 */
export function panesOf(lines: readonly Pick<OverlayLine, 'name' | 'pane'>[]): readonly number[] {
  const panes = new Map<string, number>();
  return lines.map(({ name, pane }) => {
    if (pane === 'price') return 0;
    const owner = name.split('.')[0]!;
    const known = panes.get(owner) ?? Math.min(panes.size + 1, mostPanes);
    panes.set(owner, known);
    return known;
  });
}

/** The part of a line between the first and the last of `windowMs`; shares its memory. */
export function lineInWindow(
  line: OverlayLine,
  windowMs: Float64Array,
): Pick<OverlayLine, 'timesMs' | 'values'> {
  const from = firstAtOrAfter(line.timesMs, windowMs[0] ?? Infinity);
  const to = firstAtOrAfter(line.timesMs, (windowMs.at(-1) ?? -Infinity) + 1);
  return {
    timesMs: line.timesMs.subarray(from, to),
    values: line.values.subarray(from, to),
  };
}

/** The value at a time; NaN where the line has none. */
export function lineValueAt(line: OverlayLine, ms: number): number {
  const at = firstAtOrAfter(line.timesMs, ms);
  return line.timesMs[at] === ms ? line.values[at]! : NaN;
}
