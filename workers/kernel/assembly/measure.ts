/**
 * What a search keeps of a run over some of the bars, summed from its holds: the deepest fall of
 * equity, the moments of daily returns, the sums of round trips.
 */
import { CLOSE, ask, bid, columnBytes, length } from './columns';
import { BLOCK_BARS, BOTTOMS, TOPS, blocksOf, holdRow, holds } from './skim';
import { tripColumn, tripInts, trips } from './trips';

/** The results, as `measureFields` of the loader names them. */
const results = memory.data(16 * 8, 16);

let peak: f64 = 0;
let deepest: f64 = 0;
/** Equity from here on up cannot be a deeper fall. */
let floor: f64 = 0;

/**
 * Bars from `start` up to but not including `end`; round trips that close from bar `from` on.
 * `days` are the last bars of UTC days, each an i32; `scratch` has room for a float64 a day.
 */
export function measure(
  start: i32,
  from: i32,
  end: i32,
  cash: f64,
  days: usize,
  dayCount: i32,
  scratch: usize,
): usize {
  dayValues(cash, days, dayCount, scratch);
  store<f64>(results, equityAt(start, cash));
  store<f64>(results, load<f64>(scratch + ((<usize>(dayCount - 1)) << 3)), 8);
  fallOver(start, end, cash);
  store<f64>(results, deepest, 16);
  store<f64>(results, load<f64>(scratch), 24);
  dayMoments(scratch, dayCount);
  tripSums(from, end);
  return results;
}

function value(row: usize, i: i32): f64 {
  const units = load<f64>(row, 16);
  const close = load<f64>((units > 0 ? bid : ask) + columnBytes * CLOSE + ((<usize>i) << 3));
  return load<f64>(row, 8) + units * (close - load<f64>(row, 24));
}

function equityAt(i: i32, cash: f64): f64 {
  let flat = cash;
  for (let h = 0; h < holds; h++) {
    const row = holdRow(h);
    if (i < load<i32>(row)) break;
    if (i < load<i32>(row, 4)) return value(row, i);
    flat = load<f64>(row, 32);
  }
  return flat;
}

/** Equity on the last bar of each day. */
function dayValues(cash: f64, days: usize, dayCount: i32, to: usize): void {
  let flat = cash;
  let h = 0;
  let k = 0;
  while (k < dayCount) {
    if (h === holds) {
      for (; k < dayCount; k++) store<f64>(to + ((<usize>k) << 3), flat);
      return;
    }
    const row = holdRow(h);
    const opens = load<i32>(row);
    const closes = load<i32>(row, 4);
    const units = load<f64>(row, 16);
    const money = load<f64>(row, 8);
    const openPrice = load<f64>(row, 24);
    const closings = (units > 0 ? bid : ask) + columnBytes * CLOSE;
    for (; k < dayCount; k++) {
      const day = load<i32>(days + ((<usize>k) << 2));
      if (day >= opens) break;
      store<f64>(to + ((<usize>k) << 3), flat);
    }
    for (; k < dayCount; k++) {
      const day = load<i32>(days + ((<usize>k) << 2));
      if (day >= closes) break;
      const close = load<f64>(closings + ((<usize>day) << 3));
      store<f64>(to + ((<usize>k) << 3), money + units * (close - openPrice));
    }
    flat = load<f64>(row, 32);
    h++;
  }
}

function fallOver(start: i32, end: i32, cash: f64): void {
  peak = equityAt(start, cash);
  deepest = 0;
  fallTo(peak);
  let flat = cash;
  let i = start;
  for (let h = 0; h < holds && i < end; h++) {
    const row = holdRow(h);
    const closes = min<i32>(load<i32>(row, 4), end);
    if (closes > i) {
      const opens = min<i32>(load<i32>(row), end);
      if (opens > i) {
        fallTo(flat);
        i = opens;
      }
      if (closes > i) fallWhileHeld(row, i, closes);
      i = closes;
    }
    flat = load<f64>(row, 32);
  }
  if (i < end) fallTo(flat);
}

function fallTo(equity: f64): void {
  if (equity > peak) peak = equity;
  else {
    const ratio = 1 - equity / peak;
    if (ratio > deepest) deepest = ratio;
  }
  // A hair above, so that rounding never hides a fall.
  floor = peak * (1 - deepest) * (1 + 1e-14);
}

/** Equity rises and falls with the close: a block's extremes bound it. */
function fallWhileHeld(row: usize, from: i32, to: i32): void {
  const money = load<f64>(row, 8);
  const units = load<f64>(row, 16);
  const openPrice = load<f64>(row, 24);
  const columns = units > 0 ? bid : ask;
  const closes = columns + columnBytes * CLOSE;
  const worst = blocksOf(columns, units > 0 ? BOTTOMS : TOPS);
  const best = blocksOf(columns, units > 0 ? TOPS : BOTTOMS);
  if (!reachesOut(from, to, money, units, openPrice, worst, best)) return;
  let i = from;
  while (i < to) {
    const next = (i | (BLOCK_BARS - 1)) + 1;
    const end = min<i32>(next, to);
    const block = (<usize>(i >> 4)) << 3;
    const least = money + units * (load<f64>(worst + block) - openPrice);
    const most = money + units * (load<f64>(best + block) - openPrice);
    if (most > peak || least < floor) {
      if (most <= peak && end - i === BLOCK_BARS) fallTo(least);
      else {
        for (; i < end; i++) {
          const equity = money + units * (load<f64>(closes + ((<usize>i) << 3)) - openPrice);
          if (equity > peak || equity < floor) fallTo(equity);
        }
      }
    }
    i = end;
  }
}

/** Whether equity may pass the peak or fall deeper anywhere in the blocks that hold these bars. */
function reachesOut(
  from: i32,
  to: i32,
  money: f64,
  units: f64,
  openPrice: f64,
  worst: usize,
  best: usize,
): bool {
  const peaks = f64x2.splat(peak);
  const floors = f64x2.splat(floor);
  const moneys = f64x2.splat(money);
  const sizes = f64x2.splat(units);
  const opens = f64x2.splat(openPrice);
  const end = (<usize>((to - 1) >> 4)) << 3;
  let out = f64x2.splat(0);
  for (let at = (<usize>(from >> 4)) << 3; at <= end; at += 16) {
    const least = f64x2.add(moneys, f64x2.mul(sizes, f64x2.sub(v128.load(worst + at), opens)));
    const most = f64x2.add(moneys, f64x2.mul(sizes, f64x2.sub(v128.load(best + at), opens)));
    out = v128.or(out, v128.or(f64x2.gt(most, peaks), f64x2.lt(least, floors)));
  }
  return v128.any_true(out);
}

function lanesOf(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Values become returns in place; a day after equity fell to 0 returns 0. */
function dayMoments(values: usize, dayCount: i32): void {
  const count = dayCount - 1;
  const end = values + ((<usize>count) << 3);
  const zeros = f64x2.splat(0);
  const ones = f64x2.splat(1);
  let sums = zeros;
  let below = zeros;
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const before = v128.load(at);
    const change = f64x2.sub(f64x2.div(v128.load(at, 8), before), ones);
    const held = v128.and(change, f64x2.gt(before, zeros));
    v128.store(at, held);
    sums = f64x2.add(sums, held);
    const loss = f64x2.pmin(zeros, held);
    below = f64x2.add(below, f64x2.mul(loss, loss));
  }
  let sum = lanesOf(sums);
  let losses = lanesOf(below);
  if (at < end) {
    const before = load<f64>(at);
    const change = before > 0 ? load<f64>(at, 8) / before - 1 : 0;
    store<f64>(at, change);
    sum += change;
    if (change < 0) losses += change * change;
  }
  const mean = count > 0 ? sum / <f64>count : 0;
  const means = f64x2.splat(mean);
  let squares = zeros;
  let cubes = zeros;
  let fourths = zeros;
  for (at = values; at + 16 <= end; at += 16) {
    const off = f64x2.sub(v128.load(at), means);
    const square = f64x2.mul(off, off);
    squares = f64x2.add(squares, square);
    cubes = f64x2.add(cubes, f64x2.mul(square, off));
    fourths = f64x2.add(fourths, f64x2.mul(square, square));
  }
  let second = lanesOf(squares);
  let third = lanesOf(cubes);
  let fourth = lanesOf(fourths);
  if (at < end) {
    const off = load<f64>(at) - mean;
    second += off * off;
    third += off * off * off;
    fourth += off * off * off * off;
  }
  store<f64>(results, <f64>count, 32);
  store<f64>(results, mean, 40);
  store<f64>(results, second, 48);
  store<f64>(results, third, 56);
  store<f64>(results, fourth, 64);
  store<f64>(results, losses, 72);
}

/** Round trips that close from bar `from` up to but not including `end`; they close in order. */
function tripSums(from: i32, end: i32): void {
  const exitBars = tripInts(1);
  let first = 0;
  while (first < trips && load<i32>(exitBars + ((<usize>first) << 2)) < from) first++;
  let last = trips;
  if (end < length) {
    last = first;
    while (last < trips && load<i32>(exitBars + ((<usize>last) << 2)) < end) last++;
  }
  const entryPrices = tripColumn(0);
  const exitPrices = tripColumn(1);
  const sizes = tripColumn(2);
  const profits = tripColumn(3);
  const commissions = tripColumn(4);
  const zeros = f64x2.splat(0);
  const ones = f64x2.splat(1);
  const every = f64x2.splat(-1);
  let sums = zeros;
  let wins = 0;
  let gains = zeros;
  let losses = zeros;
  const count = last - first;
  const from8 = (<usize>first) << 3;
  const end8 = from8 + ((<usize>(count & ~1)) << 3);
  for (let at = from8; at < end8; at += 16) {
    const profit = v128.load(profits + at);
    sums = f64x2.add(sums, profit);
    wins += popcnt<i32>(i64x2.bitmask(f64x2.gt(profit, zeros)));
    const units = v128.load(sizes + at);
    const entry = v128.load(entryPrices + at);
    const change = f64x2.sub(f64x2.div(v128.load(exitPrices + at), entry), ones);
    const cost = f64x2.div(v128.load(commissions + at), f64x2.mul(f64x2.abs(units), entry));
    const side = v128.bitselect(ones, every, f64x2.gt(units, zeros));
    const gain = f64x2.sub(f64x2.mul(side, change), cost);
    gains = f64x2.add(gains, f64x2.pmax(zeros, gain));
    losses = f64x2.add(losses, f64x2.pmin(zeros, gain));
  }
  let sum = lanesOf(sums);
  let gained = lanesOf(gains);
  let lost = lanesOf(losses);
  if (count & 1) {
    const profit = load<f64>(profits + end8);
    sum += profit;
    if (profit > 0) wins++;
    const units = load<f64>(sizes + end8);
    const entry = load<f64>(entryPrices + end8);
    const change = load<f64>(exitPrices + end8) / entry - 1;
    const cost = load<f64>(commissions + end8) / (abs<f64>(units) * entry);
    const gain = (units > 0 ? change : -change) - cost;
    if (gain > 0) gained += gain;
    else lost += gain;
  }
  const mean = count > 0 ? sum / <f64>count : 0;
  const means = f64x2.splat(mean);
  let squares = zeros;
  for (let at = from8; at < end8; at += 16) {
    const off = f64x2.sub(v128.load(profits + at), means);
    squares = f64x2.add(squares, f64x2.mul(off, off));
  }
  let spread = lanesOf(squares);
  if (count & 1) {
    const off = load<f64>(profits + end8) - mean;
    spread += off * off;
  }
  store<f64>(results, <f64>count, 80);
  store<f64>(results, <f64>wins, 88);
  store<f64>(results, mean, 96);
  store<f64>(results, spread, 104);
  store<f64>(results, gained, 112);
  store<f64>(results, lost, 120);
}
