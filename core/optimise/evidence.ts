/** What the number of tries leaves of the Sharpe ratio of one trial. */
import { deflatedSharpe, expectedBestSharpe } from './deflated-sharpe.ts';
import { figureReader, trialStateCode, type MeasureLayout, type TrialColumns } from './measures.ts';

export interface Evidence {
  /** Trials that ran, ranked or not: each was a try. */
  readonly trials: number;
  /** Of the trial, from one day to the next. */
  readonly sharpeDaily: number;
  /** What the best of as many trials without skill is expected to show. */
  readonly luckDaily: number;
  /** Deflated Sharpe ratio, 0 … 1; null where the returns' shape leaves it undefined. */
  readonly deflated: number | null;
  readonly dailyReturns: number;
}

/** null where the trial has no Sharpe ratio in the segment. */
export function evidenceFor(
  trial: number,
  columns: TrialColumns,
  layout: MeasureLayout,
  segment: number,
): Evidence | null {
  const read = (key: string) => figureReader(columns, layout, segment, key);
  const sharpe = read('sharpeDaily');
  const sharpeDaily = sharpe(trial);
  if (Number.isNaN(sharpeDaily)) return null;
  let trials = 0;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let other = 0; other < columns.states.length; other++) {
    if (columns.states[other] !== trialStateCode.ran) continue;
    trials++;
    const value = sharpe(other);
    if (Number.isNaN(value)) continue;
    count++;
    const off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
  const varianceOfSharpes = count < 2 ? 0 : squares / (count - 1);
  const among = { trials, varianceOfSharpes };
  const observed = {
    sharpe: sharpeDaily,
    returns: read('dailyReturnCount')(trial),
    skewness: read('skewness')(trial),
    kurtosis: read('kurtosis')(trial),
  };
  return {
    trials,
    sharpeDaily,
    luckDaily: expectedBestSharpe(trials, varianceOfSharpes),
    deflated: deflatedSharpe(observed, among),
    dailyReturns: observed.returns,
  };
}
