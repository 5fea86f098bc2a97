/** Absolute price oscillator. */
import { macd } from './macd.ts';
import { periodParameter, type Indicator } from './indicator.ts';

export const apoIndicator: Indicator = {
  name: 'apo',
  title: 'Absolute price oscillator',
  description: 'The distance between a fast and a slow exponential average: the line of macd.',
  reference: 'Seeded as macd, which follows TA-Lib with exponential averages; at bar slow − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('fast', 'Period of the fast average.', { default: 12 }),
    periodParameter('slow', 'Period of the slow average.', { default: 26 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([values], [fast, slow], memory) => [
    macd(values!, { fast: fast!, slow: slow!, signal: 1 }, 'mean', memory).line,
  ],
};
