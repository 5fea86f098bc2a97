/** Slope of the linear regression line. */
import { periodParameter, type Indicator } from './indicator.ts';
import { regression } from './regression.ts';

export const linearRegressionSlopeIndicator: Indicator = {
  name: 'linear_regression_slope',
  title: 'Linear regression slope',
  description: 'How much the straight line through the last period values rises a bar.',
  reference: 'Least squares, as in TA-Lib; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values the line goes through.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [regression(values!, period!, memory).slope],
};
