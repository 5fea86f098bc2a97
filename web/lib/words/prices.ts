/** What the rows of a price series are called. */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';

/** `bar` or `tick`, for counts. */
export function priceWord(series: Pick<PriceSeries, 'timeframe'>): 'bar' | 'tick' {
  return isTickSeries(series) ? 'tick' : 'bar';
}
