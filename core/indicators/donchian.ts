/** Donchian channel. */
import { middle } from './column-arithmetic.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { highest, lowest } from './window-extreme.ts';

export const donchianIndicator: Indicator = {
  name: 'donchian',
  title: 'Donchian channel',
  description: 'The highest high and the lowest low of so many bars, this one included.',
  reference: 'Donchian 1960; a breakout is close > donchian(20).upper[1]; from bar period − 1.',
  sources: ['high', 'low'],
  parameters: [periodParameter('period', 'Bars in the channel.', { default: 20 })],
  outputs: ['upper', 'middle', 'lower'],
  pane: 'price',
  compute: ([high, low], [period], memory) => {
    const upper = highest(high!, period!, memory);
    const lower = lowest(low!, period!, memory);
    return [upper, middle(upper, lower), lower];
  },
};
