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
import { findLevels, rewindLevels, stop, takeLevels, target } from './levels';
import {
  addHold,
  emptyHold,
  enterLong,
  enterShort,
  exitLong,
  exitShort,
  forgetHolds,
  isSet,
  levelOf,
  nextLevel,
  nextSignal,
} from './skim';
import { addTrip, tripRoom, trips } from './trips';

export { averagePoints, extreme, smooth, windowSums } from './averages';
export * from './bits';
export { dividePrices, mergeFlags, placePrices, placeRun } from './columns';
export { setCosts, setOrders } from './costs';
export { meanDistances } from './deviations';
export { placeLevels } from './levels';
export { measure } from './measure';
export {
  averageRange,
  deviation,
  directions,
  placeInRange,
  rateOfChange,
  strength,
  trueRange,
} from './oscillators';
export * from './series';
export { makeBlocks, placeHolds, placeLevel, placeSignals } from './skim';
export { forgetTrips, placeTrips, trips } from './trips';
export { weightedAverage } from './weighted';

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

/** The run is a skim: it writes holds in place of equity, and reads bitsets in place of flags. */
let skims: bool = false;
/** The first bar of the open position. */
let heldFrom: i32 = 0;
/** What is left of the money while it is open. */
let heldCash: f64 = 0;

/** The bar that a position is looked at on reaches no level, and equity is left. */
let onlySignals: bool = false;

let openCommission: f64 = 0;
/** An exit reason or NOTHING. */
let queuedClose: i32 = NOTHING;
/** 1, 0 or -1. */
let queuedEntry: i32 = 0;

export function start(firstBar: i32, money: f64): void {
  begin(firstBar, money);
  skims = false;
  rewindLevels();
  fillEquity(0, firstBar, money);
}

/** Starts a run that is skimmed; see `skim.ts`. */
export function startSkim(firstBar: i32, money: f64): void {
  begin(firstBar, money);
  skims = true;
  forgetHolds();
}

function begin(firstBar: i32, money: f64): void {
  bar = firstBar;
  cash = money;
  commissions = 0;
  droppedEntries = 0;
  units = 0;
  queuedClose = NOTHING;
  queuedEntry = 0;
}

/** Works on until `bar` is `until`, all is lost, or the room for round trips runs out. */
export function advance(until: i32): void {
  while (bar < until && trips <= tripRoom - TRIPS_A_PASS) {
    if (queuedClose !== NOTHING || queuedEntry !== 0) fillQueued();
    if (units !== 0) hold(until);
    else stayFlat(until);
  }
}

/** A position still open becomes the last hold. */
export function endSkim(): void {
  if (units !== 0) addHold(heldFrom, length, heldCash, units, openPrice, cash);
}

export function dropQueuedEntry(): void {
  queuedEntry = 0;
}

/** Closes what is open at the open of bar `i`, the last. */
export function closeAtOpen(i: i32): void {
  if (units === 0) return;
  if (skims) bar = i;
  close(i, price(closing(), OPEN, i), END, false);
  if (skims) return;
  store<f64>(equity + ((<usize>i) << 3), max<f64>(cash, 0));
}

function stayFlat(until: i32): void {
  if (cash <= 0) return loseAll();
  const i = skims
    ? nextSignal(enterLong, enterShort, enterShort, bar, until)
    : nextFlag(bar, until, ENTER_LONG | ENTER_SHORT);
  if (!skims) fillEquity(bar, min<i32>(i + 1, until), cash);
  bar = i;
  if (i === until) return;
  const isLong = skims ? isSet(enterLong, i) : (load<u8>(flags + <usize>i) & ENTER_LONG) !== 0;
  queuedEntry = isLong ? 1 : -1;
  bar = i + 1;
}

function hold(until: i32): void {
  const isLong = units > 0;
  const mask = isLong
    ? EXIT_LONG | ENTER_SHORT | (exclusive ? ENTER_LONG : 0)
    : EXIT_SHORT | ENTER_LONG | (exclusive ? ENTER_SHORT : 0);
  const lower = isLong ? stop : target;
  const upper = isLong ? target : stop;
  if (skims) skimHeld(until, isLong);
  else {
    onlySignals = false;
    bar = asPoints
      ? holdPoints(closing(), bar, until, lower, upper, mask, cash, units, openPrice)
      : holdPrices(closing(), bar, until, lower, upper, mask, cash, units, openPrice);
  }
  if (bar < until) meetBar();
}

/** Jumps to the next bar that signals, or reaches a level, or where equity is all but gone. */
function skimHeld(until: i32, isLong: bool): void {
  const signal = nextSignal(
    isLong ? exitLong : exitShort,
    isLong || exclusive ? enterShort : enterLong,
    isLong && !exclusive ? enterShort : enterLong,
    bar,
    until,
  );
  const reach = cash / units;
  const ruin = openPrice - reach;
  const spare = 1e-12 * (abs<f64>(openPrice) + abs<f64>(reach));
  const lower = isLong ? (stop > ruin + spare ? stop : ruin + spare) : target;
  const upper = isLong ? target : stop < ruin - spare ? stop : ruin - spare;
  const met = nextLevel(closing(), bar, min<i32>(signal + 1, until), lower, upper);
  onlySignals = met > signal;
  bar = min<i32>(met, signal);
}

/** The bar that ended a position's loop: a level, ruin or a signal. */
function meetBar(): void {
  const isLong = units > 0;
  if (!onlySignals && endsPosition(isLong)) return;
  queueSignals(isLong);
  bar++;
}

/** Whether the bar meets a level or ruin, which it then does. */
function endsPosition(isLong: bool): bool {
  const columns = closing();
  const high = price(columns, HIGH, bar);
  const low = price(columns, LOW, bar);
  const stopHit = isLong ? low <= stop : high >= stop;
  const targetHit = isLong ? high >= target : low <= target;
  if (stopHit || targetHit) {
    leaveAtLevel(stopHit, targetHit);
    return true;
  }
  const last = price(columns, CLOSE, bar);
  if (!(cash + units * (last - openPrice) <= 0)) return false;
  close(bar, last, RUIN, false);
  loseAll();
  return true;
}

function queueSignals(isLong: bool): void {
  const signals = skims ? signalsAt(bar) : <i32>load<u8>(flags + <usize>bar);
  const side: i32 = signals & ENTER_LONG ? 1 : signals & ENTER_SHORT ? -1 : 0;
  const exits = (signals & (isLong ? EXIT_LONG : EXIT_SHORT)) !== 0;
  const sameSide = side === (isLong ? 1 : -1);
  const enters = side !== 0 && (!sameSide || exits || exclusive);
  if (exits) queuedClose = RULE;
  else if (enters) queuedClose = REVERSE;
  if (enters) queuedEntry = side;
}

/** Of a skim, as `flags` would have them. */
function signalsAt(i: i32): i32 {
  return (
    (isSet(enterLong, i) ? ENTER_LONG : isSet(enterShort, i) ? ENTER_SHORT : 0) |
    (isSet(exitLong, i) ? EXIT_LONG : 0) |
    (isSet(exitShort, i) ? EXIT_SHORT : 0)
  );
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
  if (skims) {
    const which = isLong ? 0 : 2;
    takeLevels(levelOf(which, bar - 1), levelOf(which + 1, bar - 1));
  } else findLevels(bar - 1);
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
  heldFrom = bar;
  heldCash = cash;
}

function close(at: i32, exitPrice: f64, reason: i32, ambiguous: bool): void {
  const paid = commission(units, exitPrice);
  const gross = settle(units * (exitPrice - openPrice));
  const both = settle(openCommission + paid);
  const profit = settle(gross - both);
  addTrip(openBar, at, openPrice, exitPrice, units, profit, both, reason, ambiguous);
  cash = settle(cash + (gross - paid));
  commissions += paid;
  if (skims) addHold(heldFrom, bar, heldCash, units, openPrice, max<f64>(cash, 0));
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
  if (skims) emptyHold();
  else fillEquity(bar, length, 0);
  bar = length;
}

/** The prices that close and value the open position. */
function closing(): usize {
  return units > 0 ? bid : ask;
}
