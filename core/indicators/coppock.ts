/** Coppock curve. */
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { roc } from './roc.ts';
import { wma } from './wma.ts';

/**
 * Weighted average of the sum of two rates of change, in percent.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Coppock 1962, Barron's.
 */
export function coppock(
  values: Float64Array,
  {
    long,
    short,
    period,
  }: { readonly long: number; readonly short: number; readonly period: number },
  memory?: Memory,
): Float64Array {
  const total = roc(values, long, memory);
  const other = roc(values, short, memory);
  for (let i = 0; i < total.length; i++) total[i] = total[i]! + other[i]!;
  return wma(total, period, memory);
}

export const coppockIndicator: Indicator = {
  name: 'coppock',
  title: 'Coppock curve',
  description: 'A weighted average of two rates of change together, in percent.',
  reference: 'Coppock 1962; the first value comes at bar long + period − 1.',
  sources: ['series'],
  parameters: [
    periodParameter('long', 'Bars of the longer rate of change.', { default: 14 }),
    periodParameter('short', 'Bars of the shorter rate of change.', { default: 11 }),
    periodParameter('period', 'Values in the weighted average.', { default: 10 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([values], [long, short, period], memory) => [
    coppock(values!, { long: long!, short: short!, period: period! }, memory),
  ],
};
