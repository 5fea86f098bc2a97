/** Accelerator oscillator. */
import { awesome, awesomePeriods } from './awesome.ts';
import { difference } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { sma } from './sma.ts';

export const acceleratorIndicator: Indicator = {
  name: 'accelerator',
  title: 'Accelerator oscillator',
  description: 'The awesome oscillator minus its own average.',
  reference: 'Williams 1995; begins signal − 1 bars after the awesome oscillator.',
  sources: ['high', 'low'],
  parameters: [
    ...awesomePeriods,
    periodParameter('signal', 'Bars in the average of the difference.', { default: 5 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([high, low], [fast, slow, signal], memory) => {
    const line = awesome({ high: high!, low: low! }, { fast: fast!, slow: slow! }, memory);
    return [difference(line, sma(line, signal!, memory))];
  },
};
