/** The bars of one market laid on the times of several, so that one index is one instant for all. */
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';

/**
 * A bar for each of `timelineMs`, which holds every time of `bars`.
 *
 * Where the market opens no bar, price stands at the last close, before the first bar at its
 * open, and there is no volume.
 */
export function onTimeline(bars: Bars, timelineMs: Float64Array): Bars {
  const length = timelineMs.length;
  /** ≥ 0 the market's own bar, else ~number of the bars before, whose last close still stands. */
  const source = new Int32Array(length);
  for (let i = 0, next = 0; i < length; i++) {
    if (next < bars.length && bars.timesMs[next] === timelineMs[i]) source[i] = next++;
    else source[i] = ~next;
  }
  const side = (columns: PriceColumns): PriceColumns => ({
    open: lay(columns.open, columns, source),
    high: lay(columns.high, columns, source),
    low: lay(columns.low, columns, source),
    close: lay(columns.close, columns, source),
  });
  const own = (column: Float64Array) =>
    Float64Array.from(source, (at) => (at >= 0 ? column[at]! : 0));
  return {
    ...bars,
    length,
    timesMs: timelineMs,
    bid: side(bars.bid),
    ask: bars.ask && side(bars.ask),
    volume: bars.volume && own(bars.volume),
    spreadPoints: bars.spreadPoints && Int32Array.from(own(Float64Array.from(bars.spreadPoints))),
  };
}

function lay(column: PriceColumn, { open, close }: PriceColumns, source: Int32Array): PriceColumn {
  const out =
    column instanceof Int32Array ? new Int32Array(source.length) : new Float64Array(source.length);
  for (let i = 0; i < source.length; i++) {
    const at = source[i]!;
    out[i] = at >= 0 ? column[at]! : ~at > 0 ? close[~at - 1]! : open[0]!;
  }
  return out;
}
