/**
 * The indicators that the kernel computes itself: those rules are mostly made of. Each comes to
 * what `core/indicators` comes to, bit for bit.
 */
import { decimalGrid } from '#core/indicators/decimal-grid.ts';
import type { ColumnRoom } from './column-room.ts';
import type { About, Series } from './made-columns.ts';

/** A column, the first bar on which it has a value, and what was found out about it. */
type Source = Pick<Series, 'at' | 'start'> & { about?: About };

/** Addresses of the outputs; null where core is to compute them. */
type Own = (
  room: ColumnRoom,
  sources: readonly Source[],
  parameters: readonly number[],
) => readonly number[] | null;

const PLUS = 0;
const MINUS = 1;
const OVER = 3;
const WORD_BYTES = 512;
const NUMBER_BYTES = 768;

const own: Readonly<Record<string, Own>> = {
  sma: (room, [values], [period]) => average(room, values!, period!),
  ema: (room, [values], [period]) => [smooth(room, values!, period!, 2 / (period! + 1))],
  rma: (room, [values], [period]) => [smooth(room, values!, period!, 1 / period!)],
  wma: (room, [values], [period]) =>
    made(room, (out) => {
      room.kernel.weightedAverage(out, values!.at, values!.start, room.bars.length, period!);
    }),
  sum: (room, [values], [period]) => [sums(room, values!, period!, 1)],
  stdev: (room, [values], [period]) =>
    made(room, (out) => {
      room.kernel.deviation(out, values!.at, values!.start, room.bars.length, period!);
    }),
  rsi: (room, [values], [period]) =>
    made(room, (out) => {
      room.kernel.strength(out, values!.at, values!.start, room.bars.length, period!);
    }),
  roc: (room, [values], [period]) =>
    made(room, (out) => room.kernel.rateOfChange(out, values!.at, room.bars.length, period!)),
  highest: (room, [values], [period]) => [extreme(room, values!, period!, 1)],
  lowest: (room, [values], [period]) => [extreme(room, values!, period!, -1)],
  true_range: (room, [high, low, close]) =>
    made(room, (out) => {
      room.kernel.trueRange(out, high!.at, low!.at, close!.at, room.bars.length);
    }),
  atr: (room, [high, low, close], [period]) =>
    made(room, (out) => {
      room.kernel.averageRange(out, high!.at, low!.at, close!.at, room.bars.length, period!);
    }),
  macd,
  stochastic,
  adx,
  cci,
};

/** null where the kernel has no such indicator, or a source that it does not take. */
export function ownIndicator(
  room: ColumnRoom,
  name: string,
  sources: readonly Source[],
  parameters: readonly number[],
): readonly number[] | null {
  const { kernel, bars } = room;
  const compute = own[name];
  if (!compute || bars.length === 0) return null;
  const hasGap = (source: Source) =>
    (aboutOf(source).hasGap ??= kernel.hasGap(source.at, source.start, bars.length) !== 0);
  if (sources.some(hasGap)) return null;
  return compute(room, sources, parameters);
}

function aboutOf(source: Source): About {
  return (source.about ??= {});
}

function made(room: ColumnRoom, write: (out: number) => void): [number] {
  const out = room.takeSeries();
  write(out);
  return [out];
}

function average(room: ColumnRoom, values: Source, period: number): [number] | null {
  const { kernel, bars } = room;
  const { at, start } = values;
  const { scale, end } = (aboutOf(values).grid ??= decimalGrid(room.view(at), start));
  if (end < bars.length) {
    // Core changes over where the grid ends.
    if (end > start + period - 1) return null;
    return [sums(room, values, period, period)];
  }
  return made(room, (out) => kernel.averagePoints(out, at, start, bars.length, period, scale));
}

function sums(room: ColumnRoom, { at, start }: Source, period: number, divisor: number): number {
  const out = room.takeSeries();
  room.kernel.windowSums(out, at, start, room.bars.length, period, divisor);
  return out;
}

function smooth(room: ColumnRoom, { at, start }: Source, period: number, weight: number): number {
  const out = room.takeSeries();
  room.kernel.smooth(out, at, start, room.bars.length, period, weight);
  return out;
}

function extreme(room: ColumnRoom, { at, start }: Source, period: number, sign: 1 | -1): number {
  const out = room.takeSeries();
  const scratch = room.take(period * 8);
  room.kernel.extreme(out, at, start, room.bars.length, period, sign, scratch);
  room.give(scratch, period * 8);
  return out;
}

function difference(room: ColumnRoom, a: number, b: number): number {
  const out = room.takeSeries();
  room.kernel.arithmetic(MINUS, out, a, WORD_BYTES, b, WORD_BYTES, room.words);
  return out;
}

function macd(room: ColumnRoom, [values]: readonly Source[], parameters: readonly number[]) {
  const [a, b, signalPeriod] = parameters as [number, number, number];
  const [fast, slow] = [Math.min(a, b), Math.max(a, b)];
  const { at, start } = values!;
  const later = { at, start: Math.min(start + slow - fast, room.bars.length) };
  const fastAverage = smooth(room, later, fast, 2 / (fast + 1));
  const slowAverage = smooth(room, values!, slow, 2 / (slow + 1));
  const line = difference(room, fastAverage, slowAverage);
  for (const average of [fastAverage, slowAverage]) room.give(average, room.seriesBytes);
  const begun = { at: line, start: Math.min(start + slow - 1, room.bars.length) };
  const signal = smooth(room, begun, signalPeriod, 2 / (signalPeriod + 1));
  return [line, signal, difference(room, line, signal)];
}

function stochastic(
  room: ColumnRoom,
  [high, low, close]: readonly Source[],
  parameters: readonly number[],
) {
  const [period, smoothing, signal] = parameters as [number, number, number];
  const { kernel, bars, seriesBytes } = room;
  const top = extreme(room, high!, period, 1);
  const bottom = extreme(room, low!, period, -1);
  const raw = room.takeSeries();
  kernel.placeInRange(raw, close!.at, top, bottom, bars.length);
  const k = average(room, { at: raw, start: Math.min(period - 1, bars.length) }, smoothing);
  for (const column of [top, bottom, raw]) room.give(column, seriesBytes);
  if (!k) return null;
  const d = average(room, { at: k[0], start: kernel.startOf(k[0], bars.length) }, signal);
  if (!d) room.give(k[0], seriesBytes);
  return d && [k[0], d[0]];
}

function adx(room: ColumnRoom, [high, low, close]: readonly Source[], [period]: readonly number[]) {
  const { kernel, bars } = room;
  const ranges = room.takeSeries();
  kernel.trueRange(ranges, high!.at, low!.at, close!.at, bars.length);
  const [plus, minus, index] = [room.takeSeries(), room.takeSeries(), room.takeSeries()];
  kernel.directions(plus, minus, index, high!.at, low!.at, ranges, bars.length, period!);
  const begun = { at: index, start: Math.min(Math.max(1, period! - 1), bars.length) };
  const smoothed = smooth(room, begun, period!, 1 / period!);
  for (const column of [ranges, index]) room.give(column, room.seriesBytes);
  return [smoothed, plus, minus];
}

function cci(room: ColumnRoom, [high, low, close]: readonly Source[], [period]: readonly number[]) {
  const { kernel, bars, words, seriesBytes } = room;
  const prices = room.takeSeries();
  const three = room.take(NUMBER_BYTES);
  kernel.placeNumber(three, 3);
  kernel.arithmetic(PLUS, prices, high!.at, WORD_BYTES, low!.at, WORD_BYTES, words);
  kernel.arithmetic(PLUS, prices, prices, WORD_BYTES, close!.at, WORD_BYTES, words);
  kernel.arithmetic(OVER, prices, prices, WORD_BYTES, three, 0, words);
  room.give(three, NUMBER_BYTES);
  const start = kernel.startOf(prices, bars.length);
  const hasGap = kernel.hasGap(prices, start, bars.length) !== 0;
  const means = hasGap ? null : average(room, { at: prices, start }, period!);
  if (means) kernel.meanDistances(means[0], prices, bars.length, period!);
  room.give(prices, seriesBytes);
  return means;
}
