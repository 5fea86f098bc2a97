/** Functions that look back to where a condition held. */
import { periodParameter } from '../indicators/indicator.ts';
import type { FunctionParameter, RuleFunction } from './functions.ts';
import { anyNumber, ownFunction } from './own-function.ts';

const condition: FunctionParameter = {
  name: 'condition',
  description: 'What held.',
  kind: 'condition',
  ...anyNumber,
};
const series: FunctionParameter = {
  name: 'series',
  description: 'What is looked at.',
  kind: 'series',
  ...anyNumber,
};
const nameFree = true as const;

export const sinceFunctions: readonly RuleFunction[] = [
  ownFunction(
    'bars_since',
    'Bars since',
    'The bars since the condition last held, 0 where it holds; without end where it never has, so that it is above every number.',
    {
      parameters: [condition],
      result: 'series',
      example: 'bars_since(close > highest(high, 20)[1]) < 5',
      nameFree,
    },
  ),
  ownFunction('count', 'Count', 'How many of the last bars the condition held on.', {
    parameters: [condition, periodParameter('period', 'Bars looked at, this one included.')],
    result: 'series',
    example: 'count(close > open, 10) >= 7',
    nameFree,
  }),
  ownFunction(
    'value_when',
    'Value when',
    'The value on the bar where the condition last held. Rules wait until it has held once.',
    {
      parameters: [condition, series],
      result: 'series',
      example: 'value_when(crosses_above(close, sma(close, 20)), low)',
      nameFree,
    },
  ),
  ownFunction(
    'highest_since',
    'Highest since',
    'The highest value since the condition last held, that bar included; since the first bar where it never has.',
    {
      parameters: [condition, series],
      result: 'series',
      example: 'close >= highest_since(weekday < weekday[1], high)',
      nameFree,
    },
  ),
  ownFunction(
    'lowest_since',
    'Lowest since',
    'The lowest value since the condition last held, that bar included; since the first bar where it never has.',
    {
      parameters: [condition, series],
      result: 'series',
      example: 'close <= lowest_since(weekday < weekday[1], low)',
      nameFree,
    },
  ),
];
