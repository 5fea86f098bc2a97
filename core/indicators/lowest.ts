/** Lowest value of a moving window, as an indicator. */
import { periodParameter, type Indicator } from './indicator.ts';
import { lowest } from './window-extreme.ts';

export const lowestIndicator: Indicator = {
  name: 'lowest',
  title: 'Lowest value',
  description: 'The smallest of the last period values, this bar included.',
  reference: 'The first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values looked at.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [lowest(values!, period!, memory)],
};
