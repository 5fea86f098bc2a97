/** Know sure thing. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { roc } from './roc.ts';
import { sma } from './sma.ts';

/**
 * Four smoothed rates of change, weighing 1, 2, 3 and 4, in percent, and their average.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Pring 1992, Stocks & Commodities 10:7.
 */
export function kst(
  values: Float64Array,
  rates: readonly number[],
  averages: readonly number[],
  signal: number,
  memory?: Memory,
): { readonly line: Float64Array; readonly signal: Float64Array } {
  const line = new Float64Array(values.length);
  for (let k = 0; k < rates.length; k++) {
    const part = sma(roc(values, rates[k]!, memory), averages[k]!, memory);
    for (let i = 0; i < line.length; i++) line[i] = line[i]! + (k + 1) * part[i]!;
  }
  return { line, signal: sma(line, signal, memory) };
}

export const kstIndicator: Indicator = {
  name: 'kst',
  title: 'Know sure thing',
  description: 'Four smoothed rates of change, the longer weighing more, and their average.',
  reference: 'Pring 1992 with simple averages; begins where the longest of the four does.',
  sources: ['series'],
  parameters: [
    periodParameter('rate1', 'Bars of the first rate of change.', { default: 10 }),
    periodParameter('rate2', 'Bars of the second rate of change.', { default: 15 }),
    periodParameter('rate3', 'Bars of the third rate of change.', { default: 20 }),
    periodParameter('rate4', 'Bars of the fourth rate of change.', { default: 30 }),
    periodParameter('average1', 'Bars in the average of the first.', { default: 10 }),
    periodParameter('average2', 'Bars in the average of the second.', { default: 10 }),
    periodParameter('average3', 'Bars in the average of the third.', { default: 10 }),
    periodParameter('average4', 'Bars in the average of the fourth.', { default: 15 }),
    periodParameter('signal', 'Bars in the signal line.', { default: 9 }),
  ],
  outputs: ['line', 'signal'],
  pane: 'own',
  compute: ([values], parameters, memory) => {
    const all = kst(
      values!,
      parameters.slice(0, 4),
      parameters.slice(4, 8),
      parameters[8]!,
      memory,
    );
    return [all.line, all.signal];
  },
};
