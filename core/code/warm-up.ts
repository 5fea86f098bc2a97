/**
 * How much history each column of a strategy needs: where its first value is, and from how many
 * bars on still more of them no longer move it. An average over a window settles with its first
 * value, a recursive one later, a running sum never: its values depend on where the bars begin.
 */

export interface WarmupRow {
  readonly name: string;
  /** The first bar with a value; null = there is none. */
  readonly firstBar: number | null;
  /** Bars of history after which the last value stays within the tolerance; null = not in these. */
  readonly settledBars: number | null;
}

export interface WarmupSource {
  /** One a column. */
  readonly names: readonly string[];
  readonly length: number;
  /** The columns over the bars from that one on, as long as what is left of them. */
  readonly compute: (fromBar: number) => readonly Float64Array[];
}

/** Of the range of the last values: a thousandth, which no chart would show. */
const TOLERANCE_RATIO = 1e-3;
/** Each history tried is longer than the one before by this factor. */
const GROWTH = 1.25;
const FEWEST_BARS = 2;
const RANGE_BARS = 500;

/** A row a column. Tries ever longer histories that all end with the last bar. */
export function warmupTable({ names, length, compute }: WarmupSource): readonly WarmupRow[] {
  const whole = compute(0);
  const settled: (number | null)[] = names.map(() => null);
  for (const history of histories(length)) {
    const columns = compute(length - history);
    columns.forEach((column, k) => {
      const agrees = agree(column.at(-1)!, whole[k]!);
      settled[k] = agrees ? (settled[k] ?? history) : null;
    });
  }
  return names.map((name, k) => {
    const first = whole[k]!.findIndex((value) => !Number.isNaN(value));
    return { name, firstBar: first < 0 ? null : first, settledBars: settled[k]! };
  });
}

/** From the fewest bars up to, and not including, all of them. */
function histories(length: number): readonly number[] {
  const tried: number[] = [];
  for (let bars = FEWEST_BARS; bars < length; bars = Math.ceil(bars * GROWTH)) tried.push(bars);
  return tried;
}

function agree(value: number, whole: Float64Array): boolean {
  const last = whole.at(-1)!;
  let lowest = last;
  let highest = last;
  for (const each of whole.subarray(-RANGE_BARS)) {
    if (each < lowest) lowest = each;
    else if (each > highest) highest = each;
  }
  return Math.abs(value - last) <= (highest - lowest) * TOLERANCE_RATIO;
}
