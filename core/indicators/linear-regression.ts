/** Linear regression line, also called least squares moving average. */
import { periodParameter, type Indicator } from './indicator.ts';
import { regression } from './regression.ts';

export const linearRegressionIndicator: Indicator = {
  name: 'linear_regression',
  title: 'Linear regression (least squares moving average)',
  description: 'Where the straight line through the last period values ends, on this bar.',
  reference: 'Least squares, as LINEARREG in TA-Lib; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values the line goes through.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [regression(values!, period!, memory).end],
};
