/** Bars of a longer timeframe made of shorter ones for a chart, the last as far as it has come. */
import { spanAt } from '../rules/spans.ts';
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { timeframeMs } from './timeframe.ts';

/**
 * One bar for each span of `timeframe` that has any, opening where the span does: days at midnight
 * UTC, weeks on Monday. The first may lack what was before `bars`, the last what comes after.
 *
 * Unlike what rules read, the last bar is there before it has closed: a chart shows it forming.
 */
export function longerBars(bars: Bars, timeframe: string): Bars {
  const starts: number[] = [];
  const opensMs: number[] = [];
  let endMs = -Infinity;
  for (let i = 0; i < bars.length; i++) {
    const timeMs = bars.timesMs[i]!;
    if (timeMs < endMs) continue;
    const span = spanAt(timeframe, timeMs);
    starts.push(i);
    opensMs.push(span.fromMs);
    endMs = span.toMs;
  }
  const ends = starts.map((_, k) => (starts[k + 1] ?? bars.length) - 1);
  const bid: PriceColumns = {
    open: fold(bars.bid.open, { starts, ends }, (a) => a),
    high: fold(bars.bid.high, { starts, ends }, Math.max),
    low: fold(bars.bid.low, { starts, ends }, Math.min),
    close: fold(bars.bid.close, { starts, ends }, (_, b) => b),
  };
  return {
    length: starts.length,
    timesMs: Float64Array.from(opensMs),
    scale: bars.scale,
    digits: bars.digits,
    bid,
    ask: null,
    volume: bars.volume && fold(bars.volume, { starts, ends }, (a, b) => a + b),
    spreadPoints: null,
  };
}

/** Whether bars of `timeframe` can be made of those of `shorter`, or are those. */
export function canMake(timeframe: string, shorter: string): boolean {
  if (timeframe === shorter) return true;
  const lengthMs = timeframeMs(timeframe);
  const shorterMs = timeframeMs(shorter);
  if (lengthMs === null || shorterMs === null || shorterMs >= lengthMs) return false;
  // A week holds no whole number of months, nor a month one of weeks.
  if (timeframe.startsWith('MN')) return /^(M|H|D)\d/.test(shorter) && lengthMs % shorterMs === 0;
  return lengthMs % shorterMs === 0;
}

function fold<Column extends PriceColumn>(
  values: Column,
  { starts, ends }: { readonly starts: readonly number[]; readonly ends: readonly number[] },
  join: (a: number, b: number) => number,
): Column {
  const out = values.slice(0, starts.length) as Column;
  for (let k = 0; k < starts.length; k++) {
    let value = values[starts[k]!]!;
    for (let i = starts[k]! + 1; i <= ends[k]!; i++) value = join(value, values[i]!);
    out[k] = value;
  }
  return out;
}
