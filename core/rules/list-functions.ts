/** Functions that make one value of a list. */
import type { RuleFunction } from './functions.ts';
import { anyNumber, ownFunction } from './own-function.ts';

function ofList(
  name: string,
  title: string,
  description: string,
  example: string,
  result: RuleFunction['result'] = 'series',
): RuleFunction {
  const items = result === 'condition' || name === 'count_of' ? 'conditions' : 'numbers or series';
  return ownFunction(name, title, description, {
    parameters: [
      {
        name: 'list',
        description: `A list of ${items}, or one made with for and in.`,
        kind: 'list',
        ...anyNumber,
      },
    ],
    result,
    example,
    nameFree: true,
  });
}

export const listFunctions: readonly RuleFunction[] = [
  ofList(
    'max_of',
    'Largest of',
    'The largest value of a list on each bar.',
    'close > max_of(sma(close, n) for n in [10, 20, 50])',
  ),
  ofList(
    'min_of',
    'Smallest of',
    'The smallest value of a list on each bar.',
    'close < min_of([open, close[1], low[2]])',
  ),
  ofList(
    'sum_of',
    'Sum of',
    'The values of a list added up on each bar.',
    'sum_of(rsi(close, n) for n in [7, 14]) > 100',
  ),
  ofList(
    'average_of',
    'Average of',
    'The plain mean of the values of a list on each bar.',
    'close > average_of(ema(close, n) for n in [10, 20, 50])',
  ),
  ofList(
    'count_of',
    'Count of',
    'How many conditions of a list hold on each bar.',
    'count_of(close > sma(close, n) for n in [10, 20, 50]) >= 2',
  ),
  ofList(
    'all_of',
    'All of',
    'Every condition of a list.',
    'all_of(close > sma(close, n) for n in [10, 20, 50])',
    'condition',
  ),
  ofList(
    'any_of',
    'Any of',
    'At least one condition of a list.',
    'any_of([close > high[1], close < low[1]])',
    'condition',
  ),
];
