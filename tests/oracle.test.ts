/**
 * Whole runs of backtesting.py (commit 9c2b8e1), reproduced through the command line: every
 * statistic within 1e-8, durations and round trips exactly.
 *
 * Two runs are on prices that come with an npm package and are held everywhere; the others
 * need price files that are not part of the project.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Statistics, StatisticKey } from '../core/statistics/registry.ts';

interface Oracle {
  readonly name: string;
  readonly params: { readonly n1: number; readonly n2: number; sl?: number; tp?: number };
  readonly settings: {
    readonly cash: number;
    readonly commission?: number;
    readonly spread?: number;
    readonly exclusive_orders: boolean;
    readonly finalize_trades?: boolean;
  };
  readonly bars: number;
  readonly stats: Readonly<Record<string, number>>;
  readonly trades: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly number[])[];
  };
}

interface Answer {
  readonly hash: string;
  readonly bars: number;
  readonly stats: Statistics;
  readonly roundTrips: readonly Readonly<Record<string, number>>[];
}

const root = join(import.meta.dirname, '..');
const oracles = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden/reference/backtesting-py.json'), 'utf8'),
) as readonly Oracle[];

/** What backtesting.py calls those of our statistics that it has. */
const theirNames: Readonly<Partial<Record<StatisticKey, string>>> = {
  equityFinal: 'Equity Final [$]',
  equityPeak: 'Equity Peak [$]',
  returnPct: 'Return [%]',
  returnAnnualPct: 'Return (Ann.) [%]',
  volatilityAnnualPct: 'Volatility (Ann.) [%]',
  cagrPct: 'CAGR [%]',
  sharpeGeometric: 'Sharpe Ratio',
  sortino: 'Sortino Ratio',
  calmar: 'Calmar Ratio',
  maxDrawdownPct: 'Max. Drawdown [%]',
  avgDrawdownPct: 'Avg. Drawdown [%]',
  exposurePct: 'Exposure Time [%]',
  winRatePct: 'Win Rate [%]',
  profitFactorOnReturns: 'Profit Factor',
  expectancyPct: 'Expectancy [%]',
  sqn: 'SQN',
  kelly: 'Kelly Criterion',
  alphaPct: 'Alpha [%]',
  beta: 'Beta',
  buyHoldReturnPct: 'Buy & Hold Return [%]',
  bestTradePct: 'Best Trade [%]',
  worstTradePct: 'Worst Trade [%]',
  avgTradePct: 'Avg. Trade [%]',
  commissions: 'Commissions [$]',
  maxDrawdownDurationMs: 'Max. Drawdown Duration',
  avgDrawdownDurationMs: 'Avg. Drawdown Duration',
  maxTradeDurationMs: 'Max. Trade Duration',
  avgTradeDurationMs: 'Avg. Trade Duration',
  roundTrips: '# Trades',
};
const keys = Object.keys(theirNames) as readonly StatisticKey[];
const exact = (key: StatisticKey) => key.endsWith('Ms') || key === 'roundTrips';

function priceFile({ name }: Oracle): string {
  const file = name.split(' ')[0]!;
  const folder = file.startsWith('sp500') ? 'node_modules/vega-datasets/data' : '../shared/data';
  return join(root, folder, file);
}

function ruleText({ params: { n1, n2, sl, tp } }: Oracle): string {
  const level = (name: string, fraction?: number) =>
    fraction === undefined ? '' : `${name} ${fraction * 100}% of close\n`;
  return `input fast = ${n1}
input slow = ${n2}
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
${level('stop', sl)}${level('target', tp)}size 100% of equity
`;
}

function settingsText({ settings }: Oracle): string {
  return JSON.stringify({
    cash: settings.cash,
    commission: { fixed: 0, rate: settings.commission ?? 0 },
    spread: { rate: settings.spread ?? 0 },
    exclusive: settings.exclusive_orders,
    closeAtEnd: settings.finalize_trades ?? false,
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offing-oracle-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function runCommand(oracle: Oracle): Answer {
  const strategy = join(folder, 'strategy.rules');
  const settings = join(folder, 'settings.json');
  writeFileSync(strategy, ruleText(oracle));
  writeFileSync(settings, settingsText(oracle));
  const command = join(root, 'workers/backtest/backtest.command.ts');
  const files = ['--bars', priceFile(oracle), '--strategy', strategy, '--settings', settings];
  const answer = execFileSync(process.execPath, [command, ...files, '--json'], {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(answer.toString()) as Answer;
}

test('all seven runs are on record', () => {
  expect(oracles).toHaveLength(7);
});

describe.each(oracles)('$name', { timeout: 60_000 }, (oracle) => {
  const there = existsSync(priceFile(oracle));
  test.skipIf(!there)('comes out with every statistic and every round trip', () => {
    const answer = runCommand(oracle);
    expect(answer.bars).toBe(oracle.bars);
    expect(Object.keys(answer.stats)).toEqual(expect.arrayContaining([...keys]));
    for (const key of keys) {
      // They leave the commissions out where there are none.
      const theirs = oracle.stats[theirNames[key]!] ?? (key === 'commissions' ? 0 : NaN);
      const ours = answer.stats[key] ?? NaN;
      const most = exact(key) ? 0 : Math.abs(theirs) * 1e-8;
      expect(Math.abs(ours - theirs), `${key}: ${ours} against ${theirs}`).toBeLessThanOrEqual(
        most,
      );
    }
    const names = ['units', 'entryBar', 'exitBar', 'entryPrice', 'exitPrice', 'profit'] as const;
    expect(oracle.trades.columns).toHaveLength(names.length);
    const trips = answer.roundTrips.map((trip) => names.map((name) => trip[name]));
    expect(trips).toEqual(oracle.trades.rows);
  });
});
