/** The table behind the curves of a report, and the words under them. */
import type { TripCurve } from '#core/journal/trip-curve.ts';
import type { Column } from '#lib/ui/table.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export interface CurveRow {
  readonly place: number;
  readonly ms: number;
  readonly sum: number;
  readonly fall: number;
}

export function curveRows({ timesMs, sums, falls }: TripCurve): readonly CurveRow[] {
  return Array.from(timesMs, (ms, place) => ({
    ...{ place, ms, sum: sums[place]!, fall: falls[place]! },
  }));
}

export function curveColumns(
  times: TimeDisplay,
  amount: boolean,
  text: (value: number) => string,
): readonly Column<CurveRow>[] {
  const shown = { number: true, amount };
  return [
    {
      id: 'closed',
      label: say`Closed`,
      unit: zoneLabel(times),
      value: ({ ms }) => ms,
      text: ({ ms }) => timeText(ms, times),
    },
    {
      ...shown,
      id: 'sum',
      label: say`Result so far`,
      value: ({ sum }) => sum,
      text: ({ sum }) => text(sum),
    },
    {
      ...shown,
      id: 'fall',
      label: say`Below the peak`,
      value: ({ fall }) => fall,
      text: ({ fall }) => text(fall),
    },
  ];
}

const dayMs = 86_400_000;

/** Days for under a drawing, evenly spread; of few days only the first and the last. */
export function dayEnds(fromMs: number, toMs: number, times: TimeDisplay): readonly string[] {
  const parts = toMs - fromMs < 8 * dayMs ? 1 : 4;
  return Array.from({ length: parts + 1 }, (_, i) =>
    timeText(fromMs + (i / parts) * (toMs - fromMs), times, { dateOnly: true }),
  );
}

/** The place of the point that is nearest to a time; times rise. */
export function nearestPlace(timesMs: Float64Array, ms: number): number {
  let [low, high] = [0, timesMs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (timesMs[middle]! <= ms) low = middle;
    else high = middle;
  }
  return ms - timesMs[low]! <= timesMs[high]! - ms ? low : high;
}
