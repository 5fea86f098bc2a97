/** Ichimoku cloud. */
import { checkPeriod } from './check-period.ts';
import { middle } from './column-arithmetic.ts';
import { delayed } from './delayed.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import type { Memory } from './memory.ts';
import { highest, lowest } from './window-extreme.ts';

export interface Ichimoku {
  readonly conversion: Float64Array;
  readonly base: Float64Array;
  readonly spanA: Float64Array;
  readonly spanB: Float64Array;
}

/**
 * Middles of the recent ranges, in price units: conversion and base line of this bar, and the two
 * spans of the cloud as they stand over this bar, computed `displacement` bars ago.
 *
 * Nothing looks ahead: the cloud drawn in front of the price is not given, nor the lagging span,
 * which is the close drawn back; compare the close with `close[26]` instead.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Hosoda 1969.
 */
export function ichimoku(
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
  periods: {
    readonly conversion: number;
    readonly base: number;
    readonly span: number;
    readonly displacement: number;
  },
  memory?: Memory,
): Ichimoku {
  checkPeriod(periods.displacement);
  const middleOf = (period: number) =>
    middle(highest(high, period, memory), lowest(low, period, memory));
  const conversion = middleOf(periods.conversion);
  const base = middleOf(periods.base);
  return {
    conversion,
    base,
    spanA: delayed(middle(conversion, base), periods.displacement, memory),
    spanB: delayed(middleOf(periods.span), periods.displacement, memory),
  };
}

export const ichimokuIndicator: Indicator = {
  name: 'ichimoku',
  title: 'Ichimoku cloud',
  description:
    'The conversion and base lines and the cloud over this bar, made of past bars alone.',
  reference: 'Hosoda 1969; the spans are those of displacement bars ago; nothing looks ahead.',
  sources: ['high', 'low'],
  parameters: [
    periodParameter('conversion', 'Bars in the conversion line.', { default: 9 }),
    periodParameter('base', 'Bars in the base line.', { default: 26 }),
    periodParameter('span', 'Bars in the second span.', { default: 52 }),
    periodParameter('displacement', 'Bars that the cloud is drawn ahead.', { default: 26 }),
  ],
  outputs: ['conversion', 'base', 'span_a', 'span_b'],
  pane: 'price',
  compute: ([high, low], [conversion, base, span, displacement], memory) => {
    const all = ichimoku(
      { high: high!, low: low! },
      { conversion: conversion!, base: base!, span: span!, displacement: displacement! },
      memory,
    );
    return [all.conversion, all.base, all.spanA, all.spanB];
  },
};
