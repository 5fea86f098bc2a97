/**
 * How much of a result rests on an assumption: every round trip whose exit bar held both its
 * stop and its target, and the best and worst the run could have come to.
 *
 * A first-order figure: each such trip is exchanged for what it would have been, all others stay
 * as they are, their sizes included. The two ends are no bounds on what another path would have
 * led to.
 */
import { assert } from '../assert.ts';
import type { Bars } from '../market/bars.ts';
import { commission, grossProfit, settle } from './costs.ts';
import type { Outcome, RoundTripColumns } from './outcome.ts';
import type { RunSettings } from './settings.ts';
import type { Signals } from './signals.ts';

export interface DoubtfulTrip {
  /** Index into the round trips. */
  readonly trip: number;
  /** Money that it came to. */
  readonly profit: number;
  /** Money had the other level come first. */
  readonly otherProfit: number;
}

export interface Band {
  readonly trips: readonly DoubtfulTrip[];
  /** Money that the final equity gains if all of them went the better way, ≥ 0. */
  readonly upMoney: number;
  /** Money that it loses if all of them went the worse way, ≥ 0. */
  readonly downMoney: number;
  /** Final equity in either case; never below 0. */
  readonly bestEquity: number;
  readonly worstEquity: number;
}

/** The source of a run that a kernel made, which keeps no levels. */
export interface KernelSource {
  readonly bars: Bars;
  readonly signals: Signals;
  readonly settings: RunSettings;
}

/**
 * The band of a finished run. `source` is looked at only where the outcome does not say itself
 * what else its ambiguous trips could have been, as a kernel's does not.
 */
export function bandOf(outcome: Outcome, source: KernelSource): Band {
  const { roundTrips, equity } = outcome;
  const others = roundTrips.otherProfit ?? otherProfits(roundTrips, source);
  const trips: DoubtfulTrip[] = [];
  let upMoney = 0;
  let downMoney = 0;
  for (let trip = 0; trip < roundTrips.count; trip++) {
    if (roundTrips.ambiguous[trip] !== 1) continue;
    const profit = roundTrips.profit[trip]!;
    const otherProfit = others[trip]!;
    trips.push({ trip, profit, otherProfit });
    upMoney += Math.max(0, otherProfit - profit);
    downMoney += Math.max(0, profit - otherProfit);
  }
  const last = equity.at(-1) ?? source.settings.cash;
  const bestEquity = last + upMoney;
  const worstEquity = Math.max(0, last - downMoney);
  return { trips, upMoney, downMoney, bestEquity, worstEquity };
}

/**
 * What each ambiguous trip of a kernel would have come to at its target, NaN for the others. The
 * kernel took the stop; the target stands with the signals of the bar before the entry filled.
 */
function otherProfits(trips: RoundTripColumns, source: KernelSource): Float64Array {
  const out = new Float64Array(trips.count).fill(NaN);
  for (let trip = 0; trip < trips.count; trip++) {
    if (trips.ambiguous[trip] === 1) out[trip] = profitAtTarget(trips, trip, source);
  }
  return out;
}

function profitAtTarget(trips: RoundTripColumns, trip: number, source: KernelSource): number {
  const { bars, signals, settings } = source;
  const units = trips.units[trip]!;
  const entry = trips.entryPrice[trip]!;
  const signalBar = trips.entryBar[trip]! - (settings.fill === 'close' ? 0 : 1);
  assert(signals.target !== null, 'a trip that was ambiguous had a target');
  const target = signals.target[units > 0 ? 'long' : 'short'][signalBar]!;
  const quotes = units > 0 ? bars.bid : (bars.ask ?? bars.bid);
  const open = quotes.open[trips.exitBar[trip]!]! / bars.scale;
  const isBeyond = units > 0 ? open >= target : open <= target;
  const exit = isBeyond ? open : target;
  const bothCommissions = commission(settings, units, entry) + commission(settings, units, exit);
  const gross = grossProfit(settings, units, { entry, exit });
  return settle(settings, gross - settle(settings, bothCommissions));
}
