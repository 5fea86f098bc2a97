/** Linear regression line drawn on to the next bar. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { regression } from './regression.ts';

/**
 * Where the straight line through the last `period` values would be on the next bar, in their
 * unit; the first `period - 1` values are NaN.
 */
export function timeSeriesForecast(
  values: Float64Array,
  period: number,
  memory?: Memory,
): Float64Array {
  const { end, slope } = regression(values, period, memory);
  for (let i = 0; i < end.length; i++) end[i] = end[i]! + slope[i]!;
  return end;
}

export const timeSeriesForecastIndicator: Indicator = {
  name: 'time_series_forecast',
  title: 'Time series forecast',
  description: 'Where the straight line through the last period values would be one bar on.',
  reference: 'Least squares, as TSF in TA-Lib; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values the line goes through.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [timeSeriesForecast(values!, period!, memory)],
};
