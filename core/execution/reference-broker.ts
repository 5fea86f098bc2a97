/**
 * The reference broker: what a run means, one event after another, in the plainest code.
 *
 * Rules act from bar W + 1 (`signals.warmupBars` is W); until then equity is cash. Inside bar i:
 *
 * 1. What bar i − 1 queued fills: first the close, then the entry. `nextOpen` fills at the open
 *    of bar i, `close` at the close of bar i − 1, which is then the entry or exit bar.
 * 2. The stop and the target of the open position, the new one's included, meet bar i; the
 *    stop first. A level that the bar opened beyond fills at the open.
 * 3. Equity = cash + units × (close − entry), no exit cost. At zero or below everything closes
 *    at the close, and equity stays 0 for good.
 * 4. Rules see the closed bar: exits first, then the entry.
 *
 * Only one position is ever open; there is no netting and no hedging. An entry against the open
 * side closes it and opens the other. An entry on the open side is ignored, unless an exit rule
 * closes that side on the same bar, or `exclusive` is set: then it replaces the position. When
 * the entry cannot be paid for, the close still happens.
 *
 * With ask prices, rules see the bid, buys fill at the ask, and everything that closes or values
 * a short is the ask. The spread setting comes on top.
 *
 * `closeAtEnd`: the last bar is a bar like any other, but nothing is entered at its open; what
 * is still open after it closes at its open, and its equity is rewritten.
 *
 * Source: the order of events of backtesting.py, whose runs are held in `tests/golden`.
 */
import { assert } from '../assert.ts';
import type { Bars, PriceField } from '../market/bars.ts';
import { commission, entryPrice, grossProfit, settle } from './costs.ts';
import { exitReasonCode, type ExitReason, type Outcome } from './outcome.ts';
import {
  createRoundTripLog,
  finishedColumns,
  nextRow,
  type RoundTripLog,
} from './round-trip-log.ts';
import type { RunSettings } from './settings.ts';
import { EXIT_LONG, EXIT_SHORT, type Signals } from './signals.ts';
import { entryUnits } from './sizing.ts';

interface Position {
  readonly entryBar: number;
  readonly entryPrice: number;
  /** Signed. */
  readonly units: number;
  readonly stop: number;
  readonly target: number;
  readonly entryCommission: number;
}

interface Exit {
  readonly bar: number;
  readonly price: number;
  readonly reason: ExitReason;
  readonly ambiguous: boolean;
}

type Side = 1 | -1;

interface Run {
  readonly bars: Bars;
  readonly signals: Signals;
  readonly settings: RunSettings;
  readonly log: RoundTripLog;
  cash: number;
  commissions: number;
  droppedEntries: number;
  position: Position | null;
  queuedClose: 'rule' | 'reverse' | null;
  queuedEntry: Side | null;
}

export function runReference(bars: Bars, signals: Signals, settings: RunSettings): Outcome {
  assert(signals.length === bars.length, 'there is a signal for each bar');
  assert(signals.warmupBars >= 0, 'warm-up is a number of bars');
  const run: Run = {
    bars,
    signals,
    settings,
    log: createRoundTripLog(),
    cash: settings.cash,
    commissions: 0,
    droppedEntries: 0,
    position: null,
    queuedClose: null,
    queuedEntry: null,
  };
  const equity = new Float64Array(bars.length).fill(settings.cash);
  const last = bars.length - 1;
  for (let i = signals.warmupBars + 1; i <= last; i++) {
    fillQueued(run, i);
    meetLevels(run, i);
    equity[i] = run.cash + floatingProfit(bars, run.position, i);
    if (equity[i]! <= 0) {
      ruin(run, i);
      equity.fill(0, i);
      break;
    }
    if (i === last && settings.closeAtEnd && run.position) {
      const price = exitQuote(bars, sideOf(run.position), 'open', i);
      closePosition(run, run.position, { bar: i, price, reason: 'end', ambiguous: false });
      equity[i] = Math.max(run.cash, 0);
    }
    seeRules(run, i);
  }
  return {
    roundTrips: finishedColumns(run.log),
    equity,
    commissions: run.commissions,
    open: stillOpen(run.position),
    droppedEntries: run.droppedEntries,
  };
}

function fillQueued(run: Run, i: number): void {
  const { settings, bars, position, queuedClose, queuedEntry } = run;
  const atClose = settings.fill === 'close';
  const bar = atClose ? i - 1 : i;
  const field = atClose ? 'close' : 'open';
  run.queuedClose = null;
  run.queuedEntry = null;
  if (queuedClose && position) {
    const price = exitQuote(bars, sideOf(position), field, bar);
    closePosition(run, position, { bar, price, reason: queuedClose, ambiguous: false });
  }
  const isLastOpen = !atClose && i === bars.length - 1;
  if (queuedEntry && !(isLastOpen && settings.closeAtEnd)) {
    openPosition(run, queuedEntry, { bar, field, signalBar: i - 1 });
  }
}

function openPosition(
  run: Run,
  side: Side,
  at: { readonly bar: number; readonly field: PriceField; readonly signalBar: number },
): void {
  const { bars, signals, settings } = run;
  const price = entryQuote(bars, side, at.field, at.bar);
  const fillPrice = entryPrice(settings, side, price);
  const closingPrice = exitQuote(bars, side, at.field, at.bar);
  const stop = levelAt(signals.stop, side, at.signalBar);
  const target = levelAt(signals.target, side, at.signalBar);
  const quote = { side, cash: run.cash, price, fillPrice, closingPrice, stop };
  const units = side * entryUnits(settings, signals.sizing, quote);
  if (units === 0) {
    run.droppedEntries++;
    return;
  }
  const entryCommission = commission(settings, units, fillPrice);
  run.cash = settle(settings, run.cash - entryCommission);
  run.commissions += entryCommission;
  run.position = {
    entryBar: at.bar,
    entryPrice: fillPrice,
    units,
    stop,
    target,
    entryCommission,
  };
}

function closePosition(run: Run, position: Position, exit: Exit): void {
  const { settings } = run;
  const { units } = position;
  const exitCommission = commission(settings, units, exit.price);
  const path = { entry: position.entryPrice, exit: exit.price };
  const gross = grossProfit(settings, units, path);
  const bothCommissions = settle(settings, position.entryCommission + exitCommission);
  run.cash = settle(settings, run.cash + (gross - exitCommission));
  run.commissions += exitCommission;
  run.position = null;
  const row = nextRow(run.log);
  const { columns } = run.log;
  columns.entryBar[row] = position.entryBar;
  columns.exitBar[row] = exit.bar;
  columns.entryPrice[row] = position.entryPrice;
  columns.exitPrice[row] = exit.price;
  columns.units[row] = units;
  columns.profit[row] = settle(settings, gross - bothCommissions);
  columns.commission[row] = bothCommissions;
  columns.exitReason[row] = exitReasonCode[exit.reason];
  columns.ambiguous[row] = exit.ambiguous ? 1 : 0;
}

function meetLevels(run: Run, i: number): void {
  if (!run.position) return;
  const exit = levelExit(run.bars, run.position, i);
  if (exit) closePosition(run, run.position, exit);
}

function ruin(run: Run, i: number): void {
  if (!run.position) return;
  const price = exitQuote(run.bars, sideOf(run.position), 'close', i);
  closePosition(run, run.position, { bar: i, price, reason: 'ruin', ambiguous: false });
}

function seeRules(run: Run, i: number): void {
  const { signals, settings, position } = run;
  const entry = signals.entry[i] as Side | 0;
  const side = position ? sideOf(position) : null;
  const exits = side !== null && (signals.exit[i]! & (side === 1 ? EXIT_LONG : EXIT_SHORT)) !== 0;
  const enters = entry !== 0 && (entry !== side || exits || settings.exclusive);
  run.queuedEntry = enters ? entry : null;
  if (exits) run.queuedClose = 'rule';
  else if (enters && position) run.queuedClose = 'reverse';
}

function stillOpen(position: Position | null): Outcome['open'] {
  if (!position) return null;
  const { entryBar, entryPrice, units } = position;
  return { entryBar, entryPrice, units };
}

function sideOf(position: Position): Side {
  return position.units > 0 ? 1 : -1;
}

/** The quote that opens a position: the ask for a long, the bid for a short. */
function entryQuote(bars: Bars, side: Side, field: PriceField, i: number): number {
  const columns = side === 1 ? (bars.ask ?? bars.bid) : bars.bid;
  return columns[field][i]! / bars.scale;
}

/** The quote that closes a position: the bid for a long, the ask for a short. */
function exitQuote(bars: Bars, side: Side, field: PriceField, i: number): number {
  const columns = side === 1 ? bars.bid : (bars.ask ?? bars.bid);
  return columns[field][i]! / bars.scale;
}

function levelAt(levels: Signals['stop'], side: Side, signalBar: number): number {
  if (!levels) return NaN;
  return (side === 1 ? levels.long : levels.short)[signalBar]!;
}

function floatingProfit(bars: Bars, position: Position | null, i: number): number {
  if (!position) return 0;
  const price = exitQuote(bars, sideOf(position), 'close', i);
  return position.units * (price - position.entryPrice);
}

/** Where the stop or the target takes the position out inside bar `i`; null = it stays. */
function levelExit(bars: Bars, position: Position, i: number): Exit | null {
  const side = sideOf(position);
  const { stop, target } = position;
  const open = exitQuote(bars, side, 'open', i);
  const worst = exitQuote(bars, side, side === 1 ? 'low' : 'high', i);
  const best = exitQuote(bars, side, side === 1 ? 'high' : 'low', i);
  const stopHit = side * (worst - stop) <= 0;
  const targetHit = side * (best - target) >= 0;
  if (stopHit) {
    const gapped = side * (open - stop) <= 0;
    const price = gapped ? open : stop;
    return { bar: i, price, reason: 'stop', ambiguous: targetHit && !gapped };
  }
  if (targetHit) {
    const gapped = side * (open - target) >= 0;
    return { bar: i, price: gapped ? open : target, reason: 'target', ambiguous: false };
  }
  return null;
}
