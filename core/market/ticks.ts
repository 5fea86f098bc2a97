/**
 * Ticks in columns: one quote update an index, in the order of the file.
 *
 * Times never fall; several ticks of one millisecond are legal and keep their order. Prices are
 * whole points (price = points ÷ scale) or plain prices with scale 1, as in `bars.ts`.
 */
import type { PriceColumn } from './bars.ts';
import { digitsToShow, fewestDigits, MOST_POINTS, powersOfTen } from './points.ts';

export interface Ticks {
  readonly length: number;
  readonly timesMs: Float64Array;
  readonly scale: number;
  readonly digits: number;
  readonly bid: PriceColumn;
  /** null where the source has one price only. */
  readonly ask: PriceColumn | null;
  readonly volume: Float64Array | null;
}

/** The ticks from `from` up to but not including `to`; shares memory with the original. */
export function sliceTicks(ticks: Ticks, from: number, to: number): Ticks {
  const timesMs = ticks.timesMs.subarray(from, to);
  return {
    ...ticks,
    length: timesMs.length,
    timesMs,
    bid: ticks.bid.subarray(from, to),
    ask: ticks.ask && ticks.ask.subarray(from, to),
    volume: ticks.volume && ticks.volume.subarray(from, to),
  };
}

/** The same ticks on the coarsest Int32 scale that holds all their prices, else in Float64. */
export function canonicalTicks(ticks: Ticks): Ticks {
  const columns = [ticks.bid, ...(ticks.ask ? [ticks.ask] : [])];
  const digits = fewestDigits(columns, ticks.scale);
  const scale = digits < 0 ? 1 : powersOfTen[digits]!;
  const convert = (column: PriceColumn): PriceColumn => {
    if (digits < 0) return toFloats(column, ticks.scale);
    if (column instanceof Int32Array && scale === ticks.scale) return column;
    return Int32Array.from(column, (value) => Math.round((value / ticks.scale) * scale));
  };
  return {
    ...ticks,
    scale,
    digits: digitsToShow(columns, ticks.scale, digits),
    bid: convert(ticks.bid),
    ask: ticks.ask && convert(ticks.ask),
  };
}

/** Ticks that follow each other in time, as one; all with the same columns, at least one part. */
export function joinTicks(parts: readonly Ticks[]): Ticks {
  const first = parts[0]!;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const scale = commonScale(parts);
  const join = (columnOf: (part: Ticks) => PriceColumn): PriceColumn => {
    const out = scale === null ? new Float64Array(length) : new Int32Array(length);
    let at = 0;
    for (const part of parts) {
      const column = columnOf(part);
      if (scale === null) out.set(toFloats(column, part.scale), at);
      else if (scale === part.scale) out.set(column, at);
      else for (let i = 0; i < column.length; i++) out[at + i] = column[i]! * (scale / part.scale);
      at += part.length;
    }
    return out;
  };
  const joinFloats = (columnOf: (part: Ticks) => Float64Array): Float64Array => {
    const out = new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      out.set(columnOf(part), at);
      at += part.length;
    }
    return out;
  };
  return {
    length,
    timesMs: joinFloats(({ timesMs }) => timesMs),
    scale: scale ?? 1,
    digits: parts.reduce((most, { digits }) => Math.max(most, digits), 0),
    bid: join(({ bid }) => bid),
    ask: first.ask && join(({ ask }) => ask!),
    volume: first.volume && joinFloats(({ volume }) => volume!),
  };
}

/** The finest scale of any part where all prices fit it as points; null where they do not. */
function commonScale(parts: readonly Ticks[]): number | null {
  const scale = parts.reduce((most, part) => Math.max(most, part.scale), 1);
  for (const { bid, ask, scale: own } of parts) {
    const most = MOST_POINTS / (scale / own);
    for (const column of ask ? [bid, ask] : [bid]) {
      if (column instanceof Float64Array) return null;
      if (scale !== own && column.some((points) => Math.abs(points) > most)) return null;
    }
  }
  return scale;
}

function toFloats(column: PriceColumn, scale: number): Float64Array {
  return column instanceof Float64Array
    ? column
    : Float64Array.from(column, (value) => value / scale);
}
