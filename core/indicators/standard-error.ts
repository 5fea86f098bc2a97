/** Standard error of the linear regression. */
import { checkPeriod } from './check-period.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { regression, type Regression } from './regression.ts';

/**
 * Usual distance of the last `period` values from their line, √(squares ÷ (period − 2)).
 *
 * The first `period - 1` values are NaN.
 * Throws if `period` is not an integer of at least 3: a bug, not user input.
 */
export function standardError({ squares }: Regression, period: number): Float64Array {
  checkPeriod(period - 2);
  const out = new Float64Array(squares.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(squares[i]! / (period - 2));
  return out;
}

export const standardErrorIndicator: Indicator = {
  name: 'standard_error',
  title: 'Standard error',
  description: 'How far the last period values usually lie from the straight line through them.',
  reference: 'Least squares, ÷ (period − 2) as in MetaStock; the first value at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values the line goes through.', { default: 21, min: 3 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [
    standardError(regression(values!, period!, memory), period!),
  ],
};
