/** The same strategy on the same bars in the engine: what a bot is compared with. */
import { runBroker } from '../execution/broker/broker.ts';
import type { CareTime } from '../execution/broker/state.ts';
import { decimalGrid, snapped } from '../execution/level-grid.ts';
import { exitReasons } from '../execution/outcome.ts';
import type { Trader } from '../execution/order-desk.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { Signals } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import type { BotTrip, LeavingReason } from './bot-book.ts';
import { gridOf, type BotTerms } from './bot-terms.ts';

export interface Simulated {
  readonly firstBar: number;
  /** `inside`: as a backtest moves stops that is not to be compared with a bot. */
  readonly care?: CareTime;
}

/** Trips of a backtest that acts from the bar `firstBar` on; its times are openings of bars. */
export function simulatedTrips(
  bars: Bars,
  signals: Signals,
  terms: BotTerms,
  { firstBar, care = 'atClose' }: Simulated,
): readonly BotTrip[] {
  const warmupBars = Math.max(signals.warmupBars, firstBar - 1);
  const trader = ruleTrader([{ ...signals, warmupBars }], terms.settings);
  return tripsBy(trader, bars, terms, care);
}

/** Those that the trader makes on the bars at the broker of the bot. */
export function tripsBy(
  trader: Trader,
  bars: Bars,
  terms: BotTerms,
  care: CareTime = 'atClose',
): readonly BotTrip[] {
  const market = { symbol: terms.symbol, bars, inner: null };
  const steps = runBroker([market], trader, terms.settings, { care, grid: gridOf(terms) });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const { roundTrips } = step.value;
  return Array.from({ length: roundTrips.count }, (_, i): BotTrip => {
    const units = roundTrips.units[i]!;
    return {
      position: String(i),
      side: units > 0 ? 1 : -1,
      lots: Math.abs(units) / terms.contractSize,
      entryMs: bars.timesMs[roundTrips.entryBar[i]!]!,
      exitMs: bars.timesMs[roundTrips.exitBar[i]!]!,
      entryPrice: told(roundTrips.entryPrice[i]!, terms.digits),
      exitPrice: snapped(roundTrips.exitPrice[i]!, decimalGrid(terms.digits)),
      profit: roundTrips.profit[i]! * terms.rate,
      commission: -roundTrips.commission[i]! * terms.rate,
      swap: (roundTrips.swap?.[i] ?? 0) * terms.rate,
      reason: leaving(exitReasons[roundTrips.exitReason[i]!]!),
    };
  });
}

/** A price without what reckoning leaves; the mean price of a net lies between two of the grid. */
function told(price: number, digits: number): number {
  const near = snapped(price, decimalGrid(digits));
  return Math.abs(price - near) < 10 ** -(digits + 4) ? near : price;
}

function leaving(reason: (typeof exitReasons)[number]): LeavingReason {
  switch (reason) {
    case 'stop':
    case 'target':
      return reason;
    case 'trail':
    case 'breakEven':
      return 'stop';
    case 'stopOut':
    case 'ruin':
      return 'stop-out';
    default:
      return 'rule';
  }
}
