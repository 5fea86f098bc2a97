/** What rules compute without an indicator: crosses, absolute values, the smaller and the larger. */
import type { RuleFunction } from './functions.ts';
import { ownFunction, valueParameter } from './own-function.ts';

const pair = [
  valueParameter('a', 'The line that crosses.'),
  valueParameter('b', 'The line or level crossed.'),
];

/** Functions that are plain arithmetic and comparison. */
export const plainFunctions: readonly RuleFunction[] = [
  ownFunction(
    'crosses_above',
    'Crosses above',
    'True on the bar where a is above b after it was below on the bar before; a tie is no cross.',
    { parameters: pair, result: 'condition', example: 'crosses_above(close, sma(close, 50))' },
  ),
  ownFunction(
    'crosses_below',
    'Crosses below',
    'True on the bar where a is below b after it was above on the bar before; a tie is no cross.',
    { parameters: pair, result: 'condition', example: 'crosses_below(close, sma(close, 50))' },
  ),
  ownFunction('crosses', 'Crosses', 'True on the bar where a crosses b in either direction.', {
    parameters: pair,
    result: 'condition',
    example: 'crosses(close, sma(close, 50))',
  }),
  ownFunction('abs', 'Absolute value', 'The value without its sign.', {
    parameters: [valueParameter('value', 'A series or a number.')],
    result: 'series',
    example: 'abs(close - open) > 2 * atr(14)',
  }),
  ownFunction('min', 'Smaller', 'The smallest of the values on each bar.', {
    parameters: [
      valueParameter('a', 'A series or a number.'),
      valueParameter('b', 'Another; more may follow.'),
    ],
    repeats: true,
    result: 'series',
    example: 'min(open, close) > sma(close, 50)',
  }),
  ownFunction('max', 'Larger', 'The largest of the values on each bar.', {
    parameters: [
      valueParameter('a', 'A series or a number.'),
      valueParameter('b', 'Another; more may follow.'),
    ],
    repeats: true,
    result: 'series',
    example: 'max(open, close) < sma(close, 50)',
  }),
];
