/** Indicators over the bars of a chart: all of them at once, then bar by bar as they come. */
import type { Indicator, IndicatorSource } from '#core/indicators/indicator.ts';
import { findIndicator } from '#core/indicators/registry.ts';
import { openStream, type StreamState } from '#core/indicators/stream.ts';
import { prices, type Bars } from '#core/market/bars.ts';
import type { AskedIndicator, IndicatorLines } from './api.ts';

/** An indicator as far as the bars before the last one, so that the last can be tried again. */
export interface RunningIndicator {
  readonly asked: AskedIndicator;
  readonly indicator: Indicator;
  /** Null for one that changes earlier values: it is made anew. */
  state: StreamState | null;
}

/** More values than these may be in need of none before them. */
const mostWarmUp = 5_000;
const leastWarmUp = 300;

/** Bars before those shown that the values need to be what a longer history gives. */
export function warmUpOf(asked: readonly AskedIndicator[]): number {
  const longest = asked.flatMap(({ name, parameters }) =>
    (findIndicator(name)?.parameters ?? []).map(({ kind }, at) =>
      kind === 'period' ? (parameters[at] ?? 0) : 0,
    ),
  );
  // What smooths by a fraction has forgotten all but a millionth after seven of its periods.
  return Math.min(mostWarmUp, Math.max(leastWarmUp, ...longest.map((period) => period * 7)));
}

/** Null where no indicator is called so, or it wants other parameters. */
export function startIndicator(asked: AskedIndicator): RunningIndicator | null {
  const indicator = findIndicator(asked.name);
  if (!indicator || indicator.parameters.length !== asked.parameters.length) return null;
  const fits = indicator.parameters.every(({ kind, min, max }, at) => {
    const value = asked.parameters[at]!;
    return value >= min && value <= max && (kind === 'number' || Number.isInteger(value));
  });
  return fits ? { asked, indicator, state: null } : null;
}

/** The columns on all of `bars`; what comes after is told by `nextLines`. */
export function firstLines(running: RunningIndicator, bars: Bars): readonly Float64Array[] {
  const { asked, indicator } = running;
  const sources = sourcesOf(indicator, asked.field, bars);
  if (indicator.repaints) return indicator.compute(sources, asked.parameters);
  const stream = openStream(indicator, asked.parameters);
  const before = Math.max(0, bars.length - 1);
  const whole = stream.push(sources.map((source) => source.subarray(0, before)));
  running.state = stream.state();
  const last = stream.push(sources.map((source) => source.subarray(before)));
  return whole.map((column, at) => joined(column, last[at]!));
}

/**
 * The columns on `tail`, whose first bar stands for the last one known or, where that is handed
 * over as `lastBefore`, follows it. Null for what changes earlier values.
 */
export function nextLines(
  running: RunningIndicator,
  tail: Bars,
  lastBefore: Bars | null,
): readonly Float64Array[] | null {
  const { asked, indicator, state } = running;
  if (indicator.repaints || state === null) return null;
  const stream = openStream(indicator, asked.parameters, state);
  // Without a bar in its place the last one has closed as it was.
  if (lastBefore) stream.push(sourcesOf(indicator, asked.field, lastBefore));
  const sources = sourcesOf(indicator, asked.field, tail);
  const before = tail.length - 1;
  const closed = stream.push(sources.map((source) => source.subarray(0, before)));
  running.state = stream.state();
  const last = stream.push(sources.map((source) => source.subarray(before)));
  return closed.map((column, at) => joined(column, last[at]!));
}

export function linesFrom(
  id: string,
  columns: readonly Float64Array[],
  warmUp: number,
): IndicatorLines {
  return { id, columns: columns.map((column) => column.slice(warmUp)) };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

function sourcesOf(indicator: Indicator, field: string, bars: Bars): readonly Float64Array[] {
  return indicator.sources.map((source) => column(source === 'series' ? field : source, bars));
}

function column(name: string, bars: Bars): Float64Array {
  const { bid, scale } = bars;
  const of = (field: Exclude<IndicatorSource, 'series' | 'volume' | 'openMs'>) =>
    prices(bid, field, scale);
  switch (name) {
    case 'open':
    case 'high':
    case 'low':
      return of(name);
    case 'volume':
      return bars.volume?.slice() ?? new Float64Array(bars.length);
    case 'openMs':
      return bars.timesMs.slice();
    case 'median':
      return mean([of('high'), of('low')]);
    case 'typical':
      return mean([of('high'), of('low'), of('close')]);
    default:
      return of('close');
  }
}

function mean(columns: readonly Float64Array[]): Float64Array {
  const [first] = columns;
  return first!.map((_, i) => columns.reduce((sum, each) => sum + each[i]!, 0) / columns.length);
}
