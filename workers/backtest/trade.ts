/** The trading of a run: by the kernel where that means the same, else event by event. */
import { runBroker } from '#core/execution/broker/broker.ts';
import { isSimple } from '#core/execution/is-simple.ts';
import type { Market } from '#core/execution/order-desk.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { ruleTrader } from '#core/execution/rule-trader.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Failure } from '#core/errors.ts';
import { coveredBars } from '#core/market/inner-prices.ts';
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

/**
 * What the settings ask of the prices and the prices have not: `run.inner-missing`,
 * `run.spread-missing`; null when there is nothing.
 */
export function faultOfPrices(markets: readonly Market[], settings: RunSettings): Failure | null {
  const kind = innerKind(settings);
  for (const { symbol, bars, inner } of markets) {
    const isWalked = inner?.kind === kind && coveredBars(inner) > 0;
    if (kind !== null && !isWalked) return innerMissing(symbol, kind);
    if (settings.spread.column && bars.spreadPoints === null) {
      const detail = `The bars of ${symbol} have no spread column.`;
      return { code: 'run.spread-missing', detail, figures: { symbol } };
    }
  }
  return null;
}

/** What the settings want inside the bars; null = nothing. */
export function innerKind({ path }: RunSettings): 'bars' | 'ticks' | null {
  if (path === 'lowerTimeframe') return 'bars';
  return path === 'ticks' ? 'ticks' : null;
}

function innerMissing(symbol: string, kind: 'bars' | 'ticks'): Failure {
  const wanted = kind === 'ticks' ? 'ticks' : 'bars of a shorter timeframe';
  const detail = `The run walks ${wanted} of ${symbol} inside its bars, and there are none: import them.`;
  return { code: 'run.inner-missing', detail, figures: { symbol, wanted } };
}
