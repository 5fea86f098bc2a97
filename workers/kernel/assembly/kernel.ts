/**
 * The loop of a backtest: the outcome of core/execution/reference-broker.ts, bit for bit.
 *
 * Flat and in a position are loops apart, each of which leaves for the rare event: a fill, a
 * level, ruin. All of that happens here, between the loops.
 */
import {
  CLOSE,
  ENTER_LONG,
  ENTER_SHORT,
  EXIT_LONG,
  EXIT_SHORT,
  HIGH,
  LOW,
  OPEN,
  asPoints,
  ask,
  bid,
  equity,
  fillEquity,
  flags,
  length,
  nextFlag,
  price,
} from './columns';
import { atClose, commission, entryPrice, entryUnits, exclusive, settle } from './costs';
import { holdPoints, holdPrices } from './hold';
import { findLevels, rewindLevels, stop, target } from './levels';
import { addTrip, tripRoom, trips } from './trips';

export { dividePrices, mergeFlags, placePrices, placeRun } from './columns';
export { setCosts, setOrders } from './costs';
export { placeLevels } from './levels';
export { forgetTrips, placeTrips, trips } from './trips';

/** As `exitReasonCode` in core. */
const RULE: i32 = 0;
const REVERSE: i32 = 1;
const STOP: i32 = 2;
const TARGET: i32 = 3;
const RUIN: i32 = 4;
const END: i32 = 5;
const NOTHING: i32 = -1;

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
  rewindLevels();
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
  close(i, price(closing(), OPEN, i), END, false);
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

function hold(until: i32): void {
  const isLong = units > 0;
  const mask = isLong
    ? EXIT_LONG | ENTER_SHORT | (exclusive ? ENTER_LONG : 0)
    : EXIT_SHORT | ENTER_LONG | (exclusive ? ENTER_SHORT : 0);
  const lower = isLong ? stop : target;
  const upper = isLong ? target : stop;
  bar = asPoints
    ? holdPoints(closing(), bar, until, lower, upper, mask, cash, units, openPrice)
    : holdPrices(closing(), bar, until, lower, upper, mask, cash, units, openPrice);
  if (bar < until) meetBar();
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
  const field = atClose ? CLOSE : OPEN;
  queuedClose = NOTHING;
  queuedEntry = 0;
  if (reason !== NOTHING) close(at, price(closing(), field, at), reason, false);
  if (side !== 0) open(<f64>side, at, field);
}

function open(side: f64, at: i32, field: usize): void {
  const isLong = side > 0;
  const quote = price(isLong ? ask : bid, field, at);
  const back = price(isLong ? bid : ask, field, at);
  const fill = entryPrice(side, quote);
  findLevels(bar - 1);
  const size = entryUnits(side, cash, quote, fill, back, stop);
  if (size === 0) {
    droppedEntries++;
    return;
  }
  units = side * size;
  openBar = at;
  openPrice = fill;
  openCommission = commission(size, fill);
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
  const first = price(closing(), OPEN, bar);
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
