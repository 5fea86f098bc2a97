/** Every indicator, by its name in a rule text. */
import { adxIndicator } from './adx.ts';
import { atrIndicator } from './atr.ts';
import { bollingerIndicator } from './bollinger.ts';
import { changeIndicator } from './change.ts';
import { emaIndicator } from './ema.ts';
import { highestIndicator } from './highest.ts';
import type { Indicator } from './indicator.ts';
import { lowestIndicator } from './lowest.ts';
import { macdIndicator } from './macd.ts';
import { rmaIndicator } from './rma.ts';
import { rsiIndicator } from './rsi.ts';
import { smaIndicator } from './sma.ts';
import { stdevIndicator } from './stdev.ts';
import { stochasticIndicator } from './stochastic.ts';
import { sumIndicator } from './sum.ts';
import { trueRangeIndicator } from './true-range.ts';
import { wmaIndicator } from './wma.ts';

export const indicators: readonly Indicator[] = [
  smaIndicator,
  emaIndicator,
  wmaIndicator,
  rmaIndicator,
  rsiIndicator,
  atrIndicator,
  trueRangeIndicator,
  macdIndicator,
  bollingerIndicator,
  stochasticIndicator,
  adxIndicator,
  highestIndicator,
  lowestIndicator,
  changeIndicator,
  sumIndicator,
  stdevIndicator,
];

const byName: ReadonlyMap<string, Indicator> = new Map(indicators.map((one) => [one.name, one]));

export function findIndicator(name: string): Indicator | null {
  return byName.get(name) ?? null;
}
