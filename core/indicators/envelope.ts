/** Moving average envelope. */
import { band } from './column-arithmetic.ts';
import { numberParameter, periodParameter, type Indicator } from './indicator.ts';
import { sma } from './sma.ts';

export const envelopeIndicator: Indicator = {
  name: 'envelope',
  title: 'Price envelope',
  description: 'A simple average and the lines so many percent above and below it.',
  reference: 'Achelis 2000, around a simple average; the first value comes at bar period − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('period', 'Values in the average.', { default: 20 }),
    numberParameter('percent', 'Distance of the lines, in percent of the average.', {
      min: 0,
      max: 100,
      default: 2.5,
    }),
  ],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'source',
  compute: ([values], [period, percent], memory) => {
    const average = sma(values!, period!, memory);
    const [upper, lower] = band(average, average, percent! / 100);
    return [upper, average, lower];
  },
};
