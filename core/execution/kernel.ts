/**
 * The fast kernel: the outcome of `reference-broker.ts`, bit for bit, in one tight loop for each
 * state (flat, long, short). What a run means is written there; how it is fast, here: the loops
 * hold locals only and leave for the rare event, a fill, a level, ruin.
 */
import { assert } from '../assert.ts';
import { commission, entryPrice, grossProfit, settle } from './costs.ts';
import { CLOSE, HIGH, LOW, OPEN, STRIDE, type KernelBars } from './kernel-bars.ts';
import { exitReasonCode, type Outcome } from './outcome.ts';
import {
  createRoundTripLog,
  finishedColumns,
  nextRow,
  type RoundTripLog,
} from './round-trip-log.ts';
import type { RunSettings } from './settings.ts';
import { EXIT_LONG, EXIT_SHORT, type SideLevels, type Signals } from './signals.ts';
import { entryUnits } from './sizing.ts';

const BARS_PER_SLICE = 250_000;
const NOTHING = -1;

interface KernelRun {
  readonly bars: KernelBars;
  readonly signals: Signals;
  readonly settings: RunSettings;
  readonly equity: Float64Array;
  readonly log: RoundTripLog;
  /** The next bar to work on. */
  bar: number;
  cash: number;
  commissions: number;
  droppedEntries: number;
  /** The open position; 0 units = flat, and the rest is stale. */
  units: number;
  entryBar: number;
  entryPrice: number;
  entryCommission: number;
  stop: number;
  target: number;
  /** An exit reason's code, or NOTHING. */
  queuedClose: number;
  queuedEntry: 1 | 0 | -1;
}

export interface KernelOptions {
  readonly barsPerSlice?: number;
  /** Reused by many runs over the same bars, one after another: both are overwritten. */
  readonly scratch?: KernelScratch;
}

export interface KernelScratch {
  /** Becomes the outcome's equity. */
  readonly equity: Float64Array;
  /** Room for round trips; those of the outcome are copied out of it. */
  readonly log: RoundTripLog;
}

export function createScratch(bars: number): KernelScratch {
  return { equity: new Float64Array(bars), log: createRoundTripLog() };
}

/**
 * The same as `runReference`; yields the share of bars done, 0 … 1, about every quarter of a
 * million bars, so that a worker can report and be cancelled between two slices.
 */
export function* runKernel(
  bars: KernelBars,
  signals: Signals,
  settings: RunSettings,
  options: KernelOptions = {},
): Generator<number, Outcome> {
  const { barsPerSlice = BARS_PER_SLICE, scratch = createScratch(bars.length) } = options;
  assert(signals.length === bars.length, 'there is a signal for each bar');
  assert(scratch.equity.length === bars.length, 'there is room for the equity of each bar');
  assert(signals.warmupBars >= 0 && barsPerSlice > 0, 'warm-up and slice are bars');
  const run = startRun(bars, signals, settings, scratch);
  const last = bars.length - 1;
  const end = settings.closeAtEnd ? last : bars.length;
  while (run.bar < end) {
    advance(run, Math.min(run.bar + barsPerSlice, end));
    yield run.bar / bars.length;
  }
  if (settings.closeAtEnd && run.bar === last) {
    if (settings.fill === 'nextOpen') run.queuedEntry = 0;
    advance(run, bars.length);
    closeAtOpen(run, last);
  }
  return {
    roundTrips: finishedColumns(run.log),
    equity: run.equity,
    commissions: run.commissions,
    open:
      run.units === 0
        ? null
        : { entryBar: run.entryBar, entryPrice: run.entryPrice, units: run.units },
    droppedEntries: run.droppedEntries,
  };
}

function startRun(
  bars: KernelBars,
  signals: Signals,
  settings: RunSettings,
  { equity, log }: KernelScratch,
): KernelRun {
  const bar = Math.min(signals.warmupBars + 1, bars.length);
  equity.fill(settings.cash, 0, bar);
  log.count = 0;
  return {
    bars,
    signals,
    settings,
    equity,
    log,
    bar,
    cash: settings.cash,
    commissions: 0,
    droppedEntries: 0,
    units: 0,
    entryBar: 0,
    entryPrice: NaN,
    entryCommission: 0,
    stop: NaN,
    target: NaN,
    queuedClose: NOTHING,
    queuedEntry: 0,
  };
}

/** Works on from `run.bar` until it is `until`, or the end of the bars when all is lost. */
function advance(run: KernelRun, until: number): void {
  while (run.bar < until) {
    if (run.queuedClose !== NOTHING || run.queuedEntry !== 0) fillQueued(run);
    if (run.units > 0) holdLong(run, until);
    else if (run.units < 0) holdShort(run, until);
    else stayFlat(run, until);
  }
}

function stayFlat(run: KernelRun, until: number): void {
  const { equity, cash } = run;
  const { entry } = run.signals;
  if (cash <= 0) {
    equity.fill(0, run.bar);
    run.bar = equity.length;
    return;
  }
  const end = until | 0;
  let i = run.bar | 0;
  while (i < end && entry[i] === 0) {
    equity[i] = cash;
    i++;
  }
  if (i < end) {
    equity[i] = cash;
    run.queuedEntry = entry[i] as 1 | -1;
    i++;
  }
  run.bar = i;
}

/** No calls inside the loop, 32-bit counters: both keep every value in a register. */
function holdLong(run: KernelRun, until: number): void {
  const { equity, cash, units, entryPrice, stop, target } = run;
  const { entry, exit } = run.signals;
  const { bid } = run.bars;
  const end = until | 0;
  let i = run.bar | 0;
  while (i < end) {
    const j = i << 2;
    if (bid[j + LOW]! <= stop) break;
    if (bid[j + HIGH]! >= target) break;
    const value = cash + units * (bid[j + CLOSE]! - entryPrice);
    if (value <= 0) break;
    equity[i] = value;
    if ((entry[i]! | exit[i]!) !== 0) break;
    i++;
  }
  run.bar = i;
  if (i < end) meetBar(run);
}

function holdShort(run: KernelRun, until: number): void {
  const { equity, cash, units, entryPrice, stop, target } = run;
  const { entry, exit } = run.signals;
  const { ask } = run.bars;
  const end = until | 0;
  let i = run.bar | 0;
  while (i < end) {
    const j = i << 2;
    if (ask[j + HIGH]! >= stop) break;
    if (ask[j + LOW]! <= target) break;
    const value = cash + units * (ask[j + CLOSE]! - entryPrice);
    if (value <= 0) break;
    equity[i] = value;
    if ((entry[i]! | exit[i]!) !== 0) break;
    i++;
  }
  run.bar = i;
  if (i < end) meetBar(run);
}

/** The bar that ended a position's loop: a level, ruin or a signal. */
function meetBar(run: KernelRun): void {
  const { units, stop, target, bar } = run;
  const prices = closingPrices(run);
  const high = prices[bar * STRIDE + HIGH]!;
  const low = prices[bar * STRIDE + LOW]!;
  const stopHit = units > 0 ? low <= stop : high >= stop;
  const targetHit = units > 0 ? high >= target : low <= target;
  if (stopHit || targetHit) return leaveAtLevel(run, stopHit, targetHit);
  const close = prices[bar * STRIDE + CLOSE]!;
  if (run.cash + units * (close - run.entryPrice) <= 0) return ruin(run, close);
  queueSignals(run);
  run.bar++;
}

function queueSignals(run: KernelRun): void {
  const { signals, settings, units, bar } = run;
  const entry = signals.entry[bar]!;
  const exits = (signals.exit[bar]! & (units > 0 ? EXIT_LONG : EXIT_SHORT)) !== 0;
  const sameSide = entry === Math.sign(units);
  const enters = entry !== 0 && (!sameSide || exits || settings.exclusive);
  if (exits) run.queuedClose = exitReasonCode.rule;
  else if (enters) run.queuedClose = exitReasonCode.reverse;
  if (enters) run.queuedEntry = entry as 1 | -1;
}

/** Fills what the bar before `run.bar` queued, at its close or at this bar's open. */
function fillQueued(run: KernelRun): void {
  const { queuedClose, queuedEntry } = run;
  const atClose = run.settings.fill === 'close';
  const bar = atClose ? run.bar - 1 : run.bar;
  const at = bar * STRIDE + (atClose ? CLOSE : OPEN);
  run.queuedClose = NOTHING;
  run.queuedEntry = 0;
  if (queuedClose !== NOTHING) close(run, bar, closingPrices(run)[at]!, queuedClose, 0);
  if (queuedEntry !== 0) open(run, queuedEntry, bar, at);
}

/** Opens at element `at` of the interleaved prices, which lies in `bar`. */
function open(run: KernelRun, side: 1 | -1, bar: number, at: number): void {
  const { signals, settings, cash } = run;
  const { bid, ask } = run.bars;
  const signalBar = run.bar - 1;
  const price = side === 1 ? ask[at]! : bid[at]!;
  const closingPrice = side === 1 ? bid[at]! : ask[at]!;
  const fillPrice = entryPrice(settings, side, price);
  const stop = levelAt(signals.stop, side, signalBar);
  const target = levelAt(signals.target, side, signalBar);
  const quote = { side, cash, price, fillPrice, closingPrice, stop };
  const units = entryUnits(settings, signals.sizing, quote);
  if (units === 0) {
    run.droppedEntries++;
    return;
  }
  run.units = side * units;
  run.entryBar = bar;
  run.entryPrice = fillPrice;
  run.entryCommission = commission(settings, units, fillPrice);
  run.stop = stop;
  run.target = target;
  run.cash = settle(settings, cash - run.entryCommission);
  run.commissions += run.entryCommission;
}

function levelAt(levels: SideLevels | null, side: 1 | -1, signalBar: number): number {
  if (!levels) return NaN;
  return side === 1 ? levels.long[signalBar]! : levels.short[signalBar]!;
}

function close(
  run: KernelRun,
  bar: number,
  price: number,
  exitReason: number,
  ambiguous: 0 | 1,
): void {
  const { settings, units } = run;
  const exitCommission = commission(settings, units, price);
  const gross = grossProfit(settings, units, { entry: run.entryPrice, exit: price });
  const bothCommissions = settle(settings, run.entryCommission + exitCommission);
  const row = nextRow(run.log);
  const { columns } = run.log;
  columns.entryBar[row] = run.entryBar;
  columns.exitBar[row] = bar;
  columns.entryPrice[row] = run.entryPrice;
  columns.exitPrice[row] = price;
  columns.units[row] = units;
  columns.profit[row] = settle(settings, gross - bothCommissions);
  columns.commission[row] = bothCommissions;
  columns.exitReason[row] = exitReason;
  columns.ambiguous[row] = ambiguous;
  run.cash = settle(settings, run.cash + (gross - exitCommission));
  run.commissions += exitCommission;
  run.units = 0;
}

/** The flat loop goes on from the same bar. */
function leaveAtLevel(run: KernelRun, stopHit: boolean, targetHit: boolean): void {
  const { bar, units } = run;
  const open = closingPrices(run)[bar * STRIDE + OPEN]!;
  const level = stopHit ? run.stop : run.target;
  const gapped = stopHit === units > 0 ? open <= level : open >= level;
  const reason = stopHit ? exitReasonCode.stop : exitReasonCode.target;
  const ambiguous = stopHit && targetHit && !gapped ? 1 : 0;
  close(run, bar, gapped ? open : level, reason, ambiguous);
}

function ruin(run: KernelRun, price: number): void {
  close(run, run.bar, price, exitReasonCode.ruin, 0);
  run.equity.fill(0, run.bar);
  run.bar = run.equity.length;
}

function closeAtOpen(run: KernelRun, i: number): void {
  if (run.units === 0) return;
  close(run, i, closingPrices(run)[i * STRIDE + OPEN]!, exitReasonCode.end, 0);
  run.equity[i] = Math.max(run.cash, 0);
}

function closingPrices(run: KernelRun): Float64Array {
  return run.units > 0 ? run.bars.bid : run.bars.ask;
}
