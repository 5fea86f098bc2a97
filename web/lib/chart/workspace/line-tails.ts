/** Values of indicators with those of the bars that follow. */
import type { ChartTail, IndicatorLines } from '#workers/chart/api.ts';

/** `lines` on the bars before the tail, then those of the tail, whose first bar is at index `from`. */
export function withLineTails(
  lines: readonly IndicatorLines[],
  tail: Pick<ChartTail, 'lines' | 'redrawn'>,
  from: number,
): readonly IndicatorLines[] {
  return lines.map((line) => {
    const anew = tail.redrawn.find(({ id }) => id === line.id);
    if (anew) return anew;
    const next = tail.lines.find(({ id }) => id === line.id);
    if (!next) return line;
    const columns = line.columns.map((column, k) => {
      const more = next.columns[k] ?? new Float64Array(0);
      const out = new Float64Array(from + more.length);
      out.set(column.subarray(0, from));
      out.set(more, from);
      return out;
    });
    return { id: line.id, columns };
  });
}
