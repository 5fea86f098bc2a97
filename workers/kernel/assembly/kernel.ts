/**
 * The loop of a backtest: the outcome of core/execution/reference-broker.ts, bit for bit.
 *
 * Flat and in a position are loops apart. A held position is looked at four bars at a time:
 * equity is written for all four, and the loop leaves at the first that meets a level, ruin or a
 * signal; what was written beyond it is written again. All else happens between the loops.
 */
import {
  ENTER_LONG,
  ENTER_SHORT,
  EXIT_LONG,
  EXIT_SHORT,
  ask,
  bid,
  columnBytes,
  equity,
  fillEquity,
  flags,
  length,
  levels,
  nextFlag,
} from './columns';
import { atClose, commission, entryPrice, entryUnits, exclusive, settle } from './costs';
import { addTrip, tripRoom, trips } from './trips';

export { dividePrices, mergeFlags, placePrices, placeRun, widenPoints } from './columns';
export { setCosts, setOrders } from './costs';
export { forgetTrips, placeTrips, trips } from './trips';

/** As `exitReasonCode` in core. */
const RULE: i32 = 0;
const REVERSE: i32 = 1;
const STOP: i32 = 2;
const TARGET: i32 = 3;
const RUIN: i32 = 4;
const END: i32 = 5;
const NOTHING: i32 = -1;

/** Offsets of a bar's prices, in columns. */
const HIGH: usize = 1;
const LOW: usize = 2;
const CLOSE: usize = 3;

/** One pass of `advance` closes at most two round trips, and the end of the bars one more. */
const TRIPS_A_PASS: i32 = 3;

/** The next bar to work on. */
export let bar: i32 = 0;
export let cash: f64 = 0;
export let commissions: f64 = 0;
export let droppedEntries: i32 = 0;
/** The open position, signed; at 0 what describes it is stale. */
export let units: f64 = 0;
export let openBar: i32 = 0;
export let openPrice: f64 = 0;

let openCommission: f64 = 0;
let stop: f64 = NaN;
let target: f64 = NaN;
/** An exit reason or NOTHING. */
let queuedClose: i32 = NOTHING;
/** 1, 0 or -1. */
let queuedEntry: i32 = 0;

export function start(firstBar: i32, money: f64): void {
  bar = firstBar;
  cash = money;
  commissions = 0;
  droppedEntries = 0;
  units = 0;
  queuedClose = NOTHING;
  queuedEntry = 0;
  fillEquity(0, firstBar, money);
}

/** Works on until `bar` is `until`, all is lost, or the room for round trips runs out. */
export function advance(until: i32): void {
  while (bar < until && trips <= tripRoom - TRIPS_A_PASS) {
    if (queuedClose !== NOTHING || queuedEntry !== 0) fillQueued();
    if (units !== 0) hold(until);
    else stayFlat(until);
  }
}

export function dropQueuedEntry(): void {
  queuedEntry = 0;
}

/** Closes what is open at the open of bar `i`, the last. */
export function closeAtOpen(i: i32): void {
  if (units === 0) return;
  close(i, price(closing(), 0, i), END, false);
  store<f64>(equity + ((<usize>i) << 3), max<f64>(cash, 0));
}

function stayFlat(until: i32): void {
  if (cash <= 0) return loseAll();
  const i = nextFlag(bar, until, ENTER_LONG | ENTER_SHORT);
  fillEquity(bar, min<i32>(i + 1, until), cash);
  bar = i;
  if (i === until) return;
  queuedEntry = load<u8>(flags + <usize>i) & ENTER_LONG ? 1 : -1;
  bar = i + 1;
}

/** The lower level is a long's stop and a short's target: one loop holds both sides. */
function hold(until: i32): void {
  const isLong = units > 0;
  const columns = closing();
  const mask = isLong
    ? EXIT_LONG | ENTER_SHORT | (exclusive ? ENTER_LONG : 0)
    : EXIT_SHORT | ENTER_LONG | (exclusive ? ENTER_SHORT : 0);
  const lower = isLong ? stop : target;
  const upper = isLong ? target : stop;
  const high = columns + columnBytes * HIGH;
  const low = columns + columnBytes * LOW;
  const last = columns + columnBytes * CLOSE;
  const values = equity;
  const bytes = flags;
  const money = cash;
  const size = units;
  const from = openPrice;
  const lowers = f64x2.splat(lower);
  const uppers = f64x2.splat(upper);
  const moneys = f64x2.splat(money);
  const sizes = f64x2.splat(size);
  const froms = f64x2.splat(from);
  const zeros = f64x2.splat(0);
  const masks = mask * 0x01010101;
  let i = bar;
  for (; i + 4 <= until; i += 4) {
    const at = (<usize>i) << 3;
    const first = f64x2.add(moneys, f64x2.mul(sizes, f64x2.sub(v128.load(last + at), froms)));
    const second = f64x2.add(moneys, f64x2.mul(sizes, f64x2.sub(v128.load(last + at, 16), froms)));
    v128.store(values + at, first);
    v128.store(values + at, second, 16);
    const firstHit = v128.or(
      v128.or(f64x2.le(v128.load(low + at), lowers), f64x2.ge(v128.load(high + at), uppers)),
      f64x2.le(first, zeros),
    );
    const secondHit = v128.or(
      v128.or(
        f64x2.le(v128.load(low + at, 16), lowers),
        f64x2.ge(v128.load(high + at, 16), uppers),
      ),
      f64x2.le(second, zeros),
    );
    const signals = load<u32>(bytes + <usize>i) & masks;
    if (v128.any_true(v128.or(firstHit, secondHit)) || signals !== 0) {
      const hits = i64x2.bitmask(firstHit) | (i64x2.bitmask(secondHit) << 2) | 16;
      bar = i + min<i32>(ctz<i32>(hits), ctz<i32>(signals) >> 3);
      return meetBar();
    }
  }
  for (; i < until; i++) {
    const at = (<usize>i) << 3;
    const value = money + size * (load<f64>(last + at) - from);
    store<f64>(values + at, value);
    if (
      load<f64>(low + at) <= lower ||
      load<f64>(high + at) >= upper ||
      value <= 0 ||
      ((<i32>load<u8>(bytes + <usize>i)) & mask) !== 0
    ) {
      bar = i;
      return meetBar();
    }
  }
  bar = i;
}

/** The bar that ended a position's loop: a level, ruin or a signal. */
function meetBar(): void {
  const isLong = units > 0;
  const columns = closing();
  const high = price(columns, HIGH, bar);
  const low = price(columns, LOW, bar);
  const stopHit = isLong ? low <= stop : high >= stop;
  const targetHit = isLong ? high >= target : low <= target;
  if (stopHit || targetHit) return leaveAtLevel(stopHit, targetHit);
  const last = price(columns, CLOSE, bar);
  if (cash + units * (last - openPrice) <= 0) {
    close(bar, last, RUIN, false);
    return loseAll();
  }
  queueSignals(isLong);
  bar++;
}

function queueSignals(isLong: bool): void {
  const signals = <i32>load<u8>(flags + <usize>bar);
  const side: i32 = signals & ENTER_LONG ? 1 : signals & ENTER_SHORT ? -1 : 0;
  const exits = (signals & (isLong ? EXIT_LONG : EXIT_SHORT)) !== 0;
  const sameSide = side === (isLong ? 1 : -1);
  const enters = side !== 0 && (!sameSide || exits || exclusive);
  if (exits) queuedClose = RULE;
  else if (enters) queuedClose = REVERSE;
  if (enters) queuedEntry = side;
}

/** Fills what the bar before queued, at its close or at this bar's open. */
function fillQueued(): void {
  const reason = queuedClose;
  const side = queuedEntry;
  const at = atClose ? bar - 1 : bar;
  const field = atClose ? CLOSE : 0;
  queuedClose = NOTHING;
  queuedEntry = 0;
  if (reason !== NOTHING) close(at, price(closing(), field, at), reason, false);
  if (side !== 0) open(<f64>side, at, field);
}

function open(side: f64, at: i32, field: usize): void {
  const signalled = levels + ((<usize>(bar - 1)) << 4);
  const isLong = side > 0;
  const quote = price(isLong ? ask : bid, field, at);
  const back = price(isLong ? bid : ask, field, at);
  const fill = entryPrice(side, quote);
  const wantedStop = load<f64>(signalled);
  const size = entryUnits(side, cash, quote, fill, back, wantedStop);
  if (size === 0) {
    droppedEntries++;
    return;
  }
  units = side * size;
  openBar = at;
  openPrice = fill;
  openCommission = commission(size, fill);
  stop = wantedStop;
  target = load<f64>(signalled, 8);
  cash = settle(cash - openCommission);
  commissions += openCommission;
}

function close(at: i32, exitPrice: f64, reason: i32, ambiguous: bool): void {
  const paid = commission(units, exitPrice);
  const gross = settle(units * (exitPrice - openPrice));
  const both = settle(openCommission + paid);
  const profit = settle(gross - both);
  addTrip(openBar, at, openPrice, exitPrice, units, profit, both, reason, ambiguous);
  cash = settle(cash + (gross - paid));
  commissions += paid;
  units = 0;
}

/** The flat loop goes on from the same bar. */
function leaveAtLevel(stopHit: bool, targetHit: bool): void {
  const first = price(closing(), 0, bar);
  const level = stopHit ? stop : target;
  const gapped = stopHit === units > 0 ? first <= level : first >= level;
  const ambiguous = stopHit && targetHit && !gapped;
  close(bar, gapped ? first : level, stopHit ? STOP : TARGET, ambiguous);
}

function loseAll(): void {
  fillEquity(bar, length, 0);
  bar = length;
}

/** The prices that close and value the open position. */
function closing(): usize {
  return units > 0 ? bid : ask;
}

function price(columns: usize, field: usize, at: i32): f64 {
  return load<f64>(columns + columnBytes * field + ((<usize>at) << 3));
}
