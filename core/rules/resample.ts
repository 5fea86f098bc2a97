/** Bars of a longer timeframe made of shorter ones, each known from the close of its last. */
import type { Bars, PriceColumn, PriceColumns } from '../market/bars.ts';
import { spanAt, type TimeSpan } from './spans.ts';
import { wallColumn } from './time-columns.ts';

interface KnownBars {
  readonly bars: Bars;
  readonly knownMs: Float64Array;
}

interface ClosingBars extends KnownBars {
  /** As early as each bar may close. */
  readonly closesMs: Float64Array;
}

/**
 * Only whole bars: the last one is left out until a bar closes at or past its end. A row that
 * comes after its bar has closed is left out, so that what was known stays as it was. Days begin
 * at midnight by the clocks of the zone.
 */
export function resample(
  { bars, knownMs, closesMs }: ClosingBars,
  timeframe: string,
  zone: string,
): KnownBars {
  const wallMs = wallColumn(bars.timesMs, zone);
  const { from, to, closed } = groups({ timesMs: bars.timesMs, wallMs, closesMs }, timeframe);
  const timesMs = Float64Array.from(from, (first) => {
    const sinceMs = wallMs[first]! - spanAt(timeframe, wallMs[first]!).fromMs;
    return bars.timesMs[first]! - sinceMs;
  });
  const columns = (all: PriceColumns): PriceColumns => ({
    open: gather(all.open, from),
    high: fold(all.high, from, to, Math.max),
    low: fold(all.low, from, to, Math.min),
    close: gather(all.close, to),
  });
  const made: Bars = {
    length: from.length,
    timesMs,
    scale: bars.scale,
    digits: bars.digits,
    bid: columns(bars.bid),
    ask: bars.ask && columns(bars.ask),
    volume: bars.volume && fold(bars.volume, from, to, (a, b) => a + b),
    spreadPoints: null,
  };
  return { bars: made, knownMs: Float64Array.from(closed, (at) => knownMs[at]!) };
}

/** First and last row of each closed bar, and the row whose close made it known. */
function groups(
  { timesMs, wallMs, closesMs }: Readonly<Record<'timesMs' | 'wallMs' | 'closesMs', Float64Array>>,
  timeframe: string,
) {
  const from: number[] = [];
  const to: number[] = [];
  const closed: number[] = [];
  let span: TimeSpan = { fromMs: -Infinity, toMs: -Infinity };
  let first = -1;
  let closedMs = -Infinity;
  for (let i = 0; i < timesMs.length; i++) {
    const late = first < 0 && timesMs[i]! < closedMs;
    if (late) continue;
    // An hour that the clocks repeat begins a bar of its own where the last one has closed.
    if (first < 0 || wallMs[i]! >= span.toMs) {
      if (first >= 0) close(i - 1, i);
      span = spanAt(timeframe, wallMs[i]!);
      first = i;
    }
    if (wallMs[i]! + (closesMs[i]! - timesMs[i]!) >= span.toMs) {
      close(i, i);
      closedMs = closesMs[i]!;
    }
  }
  return { from, to, closed };

  function close(last: number, at: number): void {
    from.push(first);
    to.push(last);
    closed.push(at);
    first = -1;
  }
}

function gather<Column extends PriceColumn>(values: Column, at: readonly number[]): Column {
  const out = values.slice(0, at.length) as Column;
  for (let k = 0; k < at.length; k++) out[k] = values[at[k]!]!;
  return out;
}

function fold<Column extends PriceColumn>(
  values: Column,
  from: readonly number[],
  to: readonly number[],
  join: (a: number, b: number) => number,
): Column {
  const out = values.slice(0, from.length) as Column;
  for (let k = 0; k < from.length; k++) {
    let value = values[from[k]!]!;
    for (let i = from[k]! + 1; i <= to[k]!; i++) value = join(value, values[i]!);
    out[k] = value;
  }
  return out;
}
