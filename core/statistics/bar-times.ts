/** When each bar of a stored run was, though a run stores no times of its own. */

export interface RunSpan {
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

interface Anchors {
  readonly count: number;
  readonly entryBar: Int32Array;
  readonly exitBar: Int32Array;
  readonly entryMs: Float64Array;
  readonly exitMs: Float64Array;
}

export interface BarTimes {
  readonly timesMs: Float64Array;
  /** False where the series changed or is gone: dates between round trips are then estimates. */
  readonly exact: boolean;
}

/**
 * The open of each bar the run saw, epoch milliseconds.
 *
 * `seriesMs` are the times stored today, null where the series is gone. Bars added before or
 * after the run's span are left out; where the count still differs, times are drawn straight
 * between the round trips, whose own times are stored.
 */
export function barTimes(
  run: RunSpan,
  seriesMs: Float64Array | null,
  roundTrips: Anchors,
): BarTimes {
  if (seriesMs) {
    const from = lowerBound(seriesMs, run.firstMs);
    const to = lowerBound(seriesMs, run.lastMs + 1);
    const sameBars =
      to - from === run.bars && seriesMs[from] === run.firstMs && seriesMs[to - 1] === run.lastMs;
    if (sameBars) return { timesMs: seriesMs.subarray(from, to), exact: true };
  }
  return { timesMs: interpolate(run, roundTrips), exact: false };
}

function interpolate(run: RunSpan, roundTrips: Anchors): Float64Array {
  const known = new Map<number, number>([
    [0, run.firstMs],
    [run.bars - 1, run.lastMs],
  ]);
  for (let i = 0; i < roundTrips.count; i++) {
    known.set(roundTrips.entryBar[i]!, roundTrips.entryMs[i]!);
    known.set(roundTrips.exitBar[i]!, roundTrips.exitMs[i]!);
  }
  const anchors = [...known].sort(([a], [b]) => a - b);
  const timesMs = new Float64Array(run.bars);
  for (let k = 1; k < anchors.length; k++) {
    const [fromBar, fromMs] = anchors[k - 1]!;
    const [toBar, toMs] = anchors[k]!;
    const stepMs = (toMs - fromMs) / (toBar - fromBar);
    for (let bar = fromBar; bar < toBar; bar++) timesMs[bar] = fromMs + (bar - fromBar) * stepMs;
  }
  if (run.bars > 0) timesMs[run.bars - 1] = run.lastMs;
  return timesMs;
}

/** The first index whose time is at or after `ms`. */
function lowerBound(timesMs: Float64Array, ms: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
