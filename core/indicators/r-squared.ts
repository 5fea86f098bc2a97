/** R squared of the linear regression line. */
import { periodParameter, type Indicator } from './indicator.ts';
import { regression } from './regression.ts';

export const rSquaredIndicator: Indicator = {
  name: 'r_squared',
  title: 'R squared',
  description: 'How straight the last period values run, 0 to 1, whatever their direction.',
  reference: 'Share of the variance the line explains; 0 where all are equal; from bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values the line goes through.', { default: 14, min: 2 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [regression(values!, period!, memory).explained],
};
