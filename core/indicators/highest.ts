/** Highest value of a moving window, as an indicator. */
import { periodParameter, type Indicator } from './indicator.ts';
import { highest } from './window-extreme.ts';

export const highestIndicator: Indicator = {
  name: 'highest',
  title: 'Highest value',
  description: 'The largest of the last period values, this bar included.',
  reference: 'The first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [periodParameter('period', 'Values looked at.')],
  outputs: [''],
  pane: 'source',
  compute: ([values], [period], memory) => [highest(values!, period!, memory)],
};
