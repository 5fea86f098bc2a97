/** Statistics held against figures that others publish with their full input. */
import { describe, expect, test } from 'vitest';
import golden from '../../tests/golden/reference/statistics.json' with { type: 'json' };
import { defaultSettings } from '../execution/settings.ts';
import { madeBars, madeOutcome } from './made-run.ts';
import { quantile } from './quantiles.ts';
import { sqn } from './sqn.ts';
import { computeStatistics, statistics, type StatisticKey } from './registry.ts';
import { wholeFacts } from './whole-facts.ts';

const flat = (length: number) => madeBars(Array.from({ length }, () => [100, 100, 100, 100]));

describe('empyrical, mixed_returns', () => {
  const { mixedReturnsPct: returns, ...theirs } = golden.empyrical;
  const equity = [1000];
  for (const each of returns) equity.push(equity.at(-1)! * (1 + each / 100));
  const bars = flat(equity.length);
  const settings = { ...defaultSettings, cash: 1000 };
  const ours = computeStatistics(madeOutcome(equity, []), bars, 1, settings);

  test('arithmetic Sharpe, Sortino and volatility', () => {
    expect(ours.sharpeArithmetic).toBeCloseTo(theirs.sharpe, 8);
    expect(ours.sortinoArithmetic).toBeCloseTo(theirs.sortino, 8);
    expect(ours.volatilityArithmeticPct! / 100).toBeCloseTo(theirs.annualVolatility, 8);
  });

  test('deepest drawdown', () => {
    expect(ours.maxDrawdownPct! / 100).toBeCloseTo(theirs.maxDrawdown, 8);
  });

  test.each(theirs.valueAtRisk)('quantile $share of $values', ({ values, share, quantile: q }) => {
    expect(quantile(Float64Array.from(values), share)).toBeCloseTo(q, 8);
  });
});

describe.each(golden.lean.cases)('LEAN, $name', (theirs) => {
  let balance = 1000;
  const equity = [1000, ...theirs.profit.map((profit) => (balance += profit))];
  const trips = theirs.profit.map((profit, k) => ({
    bars: [k, k + 1] as const,
    prices: [1.08, 1.09] as const,
    units: 1000,
    profit,
  }));
  const bars = flat(equity.length);
  const outcome = madeOutcome(equity, trips);
  const facts = {
    ...wholeFacts(outcome, bars, 1, { ...defaultSettings, cash: 1000 }),
    excursions: { mae: Float64Array.from(theirs.mae), mfe: Float64Array.from(theirs.mfe) },
  };
  const ours = (key: StatisticKey) => statistics.find((one) => one.key === key)!.compute(facts);
  const rows: readonly (readonly [StatisticKey, number | null])[] = [
    ['avgWin', theirs.averageProfit],
    ['avgLoss', theirs.averageLoss],
    ['avgMae', theirs.averageMae],
    ['avgMfe', theirs.averageMfe],
    ['avgEndTradeDrawdown', theirs.averageGivenBack],
    ['maxConsecutiveWins', theirs.mostWins],
    ['maxConsecutiveLosses', theirs.mostLosses],
    ['payoffRatio', theirs.payoff],
    ['profitFactorOnMoney', theirs.profitFactor],
    ['recoveryFactor', theirs.profitToMaxDrawdown],
    ['maxIntraTradeDrawdown', theirs.maxIntraTradeDrawdown],
  ];

  test.each(rows)('%s is %s', (key, expected) => {
    if (expected === null) expect(ours(key)).toBeNull();
    else expect(ours(key)).toBeCloseTo(expected, 12);
  });

  test('its Sharpe ratio of trades is SQN without the root of their count', () => {
    expect(sqn.compute(facts)! / Math.sqrt(trips.length)).toBeCloseTo(theirs.sharpeOfTrades, 12);
  });
});

test('freqtrade: the deepest fall in money and the deepest in percent are two falls', () => {
  const theirs = golden.freqtrade;
  let balance = theirs.startBalance;
  const equity = theirs.profits.map((profit) => (balance += profit));
  const settings = { ...defaultSettings, cash: theirs.startBalance };
  const ours = computeStatistics(madeOutcome(equity, []), flat(equity.length), 1, settings);
  expect(ours.maxDrawdownMoney).toBe(-theirs.deepestMoney);
  expect(-ours.maxDrawdownMoney! / ours.equityPeak!).toBeCloseTo(theirs.ratioOfThatFall, 6);
  expect(ours.maxDrawdownPct! / 100).toBeCloseTo(-theirs.deepestRatio, 12);
});
