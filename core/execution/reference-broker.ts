/** One market traded by rules in the broker: what the kernels must equal, bit for bit. */
import { assert } from '../assert.ts';
import type { Bars } from '../market/bars.ts';
import { runBroker } from './broker/broker.ts';
import type { Outcome, RoundTripColumns } from './outcome.ts';
import { ruleTrader } from './rule-trader.ts';
import type { RunSettings } from './settings.ts';
import type { Signals } from './signals.ts';

/**
 * The outcome of the rules, without what the other level of an ambiguous round trip would have
 * earned: that is for `band.ts` to tell.
 */
export function runReference(bars: Bars, signals: Signals, settings: RunSettings): Outcome {
  assert(signals.length === bars.length, 'there is a signal for each bar');
  assert(signals.warmupBars >= 0, 'warm-up is a number of bars');
  const market = { symbol: '', bars, inner: null };
  const steps = runBroker([market], ruleTrader([signals], settings), settings);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const roundTrips: { -readonly [K in keyof RoundTripColumns]: RoundTripColumns[K] } = {
    ...step.value.roundTrips,
  };
  delete roundTrips.otherProfit;
  return { ...step.value, roundTrips };
}
