/** Standard error bands. */
import { band } from './column-arithmetic.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import { regression } from './regression.ts';
import { sma } from './sma.ts';
import { standardError } from './standard-error.ts';

export const standardErrorBandsIndicator: Indicator = {
  name: 'standard_error_bands',
  title: 'Standard error bands',
  description: 'The end of the straight line through recent values, with bands of its error.',
  reference:
    'Andersen 1996, Stocks & Commodities 14:9: line and error smoothed by simple averages.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Values the line goes through.', { default: 21, min: 3 }),
    numberParameter('errors', 'Standard errors to either side.', { min: 0, max: 100, default: 2 }),
    periodParameter('smoothing', 'Bars that line and error are averaged over.', { default: 3 }),
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'source',
  compute: ([values], [period, errors, smoothing], memory) => {
    const line = regression(values!, period!, memory);
    const middle = sma(line.end, smoothing!, memory);
    const [upper, lower] = band(
      middle,
      sma(standardError(line, period!), smoothing!, memory),
      errors!,
    );
    return [upper, middle, lower];
  },
};
