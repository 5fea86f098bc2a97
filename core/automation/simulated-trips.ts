/** The same strategy on the same bars in the engine: what a bot is compared with. */
import { runBroker } from '../execution/broker/broker.ts';
import { exitReasons } from '../execution/outcome.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { Signals } from '../execution/signals.ts';
import type { Bars } from '../market/bars.ts';
import type { BotTrip, LeavingReason } from './bot-book.ts';
import type { BotTerms } from './bot-terms.ts';
import { snapped } from './grid-signals.ts';

/** Trips of a backtest that acts from the bar `firstBar` on; its times are openings of bars. */
export function simulatedTrips(
  bars: Bars,
  signals: Signals,
  terms: BotTerms,
  firstBar: number,
): readonly BotTrip[] {
  const warmupBars = Math.max(signals.warmupBars, firstBar - 1);
  const market = { symbol: terms.symbol, bars, inner: null };
  const trader = ruleTrader([{ ...signals, warmupBars }], terms.settings);
  const steps = runBroker([market], trader, terms.settings);
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
      entryPrice: snapped(roundTrips.entryPrice[i]!, terms.digits),
      exitPrice: snapped(roundTrips.exitPrice[i]!, terms.digits),
      profit: roundTrips.profit[i]! * terms.rate,
      commission: -roundTrips.commission[i]! * terms.rate,
      swap: (roundTrips.swap?.[i] ?? 0) * terms.rate,
      reason: leaving(exitReasons[roundTrips.exitReason[i]!]!),
    };
  });
}

function leaving(reason: (typeof exitReasons)[number]): LeavingReason {
  switch (reason) {
    case 'stop':
    case 'target':
      return reason;
    case 'stopOut':
    case 'ruin':
      return 'stop-out';
    default:
      return 'rule';
  }
}
