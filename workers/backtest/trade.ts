/** The trading of a run: by the kernel where that means the same, else event by event. */
import { runBroker } from '#core/execution/broker/broker.ts';
import { isSimple } from '#core/execution/is-simple.ts';
import type { Market } from '#core/execution/order-desk.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { ruleTrader } from '#core/execution/rule-trader.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Kernel } from '#workers/kernel/kernel.ts';

/** `signals` are one for each market. Yields the share done, 0 … 1. */
export function* trade(
  markets: readonly Market[],
  signals: readonly Signals[],
  settings: RunSettings,
  kernel: Kernel,
): Generator<number, Outcome> {
  const [market] = markets;
  const [own] = signals;
  if (market && own && markets.length === 1 && isSimple(settings, own)) {
    return yield* kernel.run(market.bars, own, settings);
  }
  return yield* runBroker(markets, ruleTrader(signals, settings), settings);
}
