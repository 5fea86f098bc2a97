/** Momentum as MetaTrader shows it. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { roc } from './roc.ts';

/** The value in percent of the one `period` bars before; the first `period` values are NaN. */
export function momentum(values: Float64Array, period: number, memory?: Memory): Float64Array {
  const out = roc(values, period, memory);
  for (let i = 0; i < out.length; i++) out[i] = 100 + out[i]!;
  return out;
}

export const momentumIndicator: Indicator = {
  name: 'momentum',
  title: 'Momentum',
  description: 'The value in percent of the one so many bars before; the difference is change.',
  reference: 'As in MetaTrader, around 100; TA-Lib and TradingView give change(series, period).',
  sources: ['series'],
  parameters: [periodParameter('period', 'How many bars before.', { default: 14 })],
  outputs: [''],
  pane: 'own',
  compute: ([values], [period], memory) => [momentum(values!, period!, memory)],
};
