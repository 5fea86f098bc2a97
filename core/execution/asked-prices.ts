/** What the settings of a run ask of its prices beyond their bars. */
import type { Failure } from '../errors.ts';
import { coveredBars } from '../market/inner-prices.ts';
import type { Market } from './order-desk.ts';
import type { RunSettings } from './settings.ts';

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

/** The same without a walk inside the bars: the worse way first, where they walked one. */
export function onBarsAlone(settings: RunSettings): RunSettings {
  return innerKind(settings) === null ? settings : { ...settings, path: 'pessimistic' };
}

function innerMissing(symbol: string, kind: 'bars' | 'ticks'): Failure {
  const wanted = kind === 'ticks' ? 'ticks' : 'bars of a shorter timeframe';
  const detail = `The run walks ${wanted} of ${symbol} inside its bars, and there are none: import them.`;
  return { code: 'run.inner-missing', detail, figures: { symbol, wanted } };
}
