/** The price files of a command line: which belong together, and what is wrong where none do. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { fail, ok } from '#core/result.ts';
import { parseArguments, type BacktestArguments } from './command-arguments.ts';
import { readPrices } from './command-prices.ts';

function barsText({ timesMs, scale, bid }: Bars): string {
  const lines = Array.from(timesMs, (time, i) => {
    const prices = [bid.open, bid.high, bid.low, bid.close].map((side) => side[i]! / scale);
    return [new Date(time).toISOString(), ...prices].join(',');
  });
  return `time,open,high,low,close\n${lines.join('\n')}\n`;
}

function ticksText({ timesMs, scale, bid, ask }: Ticks): string {
  const lines = Array.from(timesMs, (time, i) => {
    return [new Date(time).toISOString(), bid[i]! / scale, ask![i]! / scale].join(',');
  });
  return `time,bid,ask\n${lines.join('\n')}\n`;
}

const files = new Map<string, string>();
beforeAll(() => {
  for (const [symbol, seed] of [
    ['EURUSD', 1],
    ['GBPUSD', 2],
  ] as const) {
    const ticks = makeTicks({ count: 9000, seed, mostStepMs: 40_000 });
    files.set(`/prices/${symbol}-ticks.csv`, ticksText(ticks));
    for (const timeframe of ['M1', 'M15', 'H1']) {
      files.set(`/prices/${symbol}_${timeframe}.csv`, barsText(barsOfTicks(ticks, timeframe)));
    }
  }
});

function read(...args: string[]) {
  const path = (word: string) => (word.startsWith('--') ? word : `/prices/${word}`);
  const parsed = parseArguments([...args.map(path), '--strategy', 'a.rules']);
  if (!parsed.ok) return parsed;
  return readPrices(parsed.value as BacktestArguments, (file) => {
    const text = files.get(file);
    return text === undefined ? fail(`${file}: no such file.`) : ok(new TextEncoder().encode(text));
  });
}

function markets(...args: string[]) {
  const prices = read(...args);
  if (!prices.ok) throw new Error(prices.error);
  return prices.value.markets.map(({ symbol, bars, inner }) => ({
    symbol,
    bars: bars.length,
    inner: inner && {
      kind: inner.kind,
      covered: inner.firstOf.at(-1)! - inner.firstOf[0]!,
    },
  }));
}

describe('the files of a run', () => {
  test('may be one, with ticks or minutes inside', () => {
    const hours = ['--bars', 'EURUSD_H1.csv'];
    const [alone] = markets(...hours);
    expect(alone).toMatchObject({ symbol: 'EURUSD', inner: null });
    expect(markets(...hours, '--ticks', 'EURUSD-ticks.csv')).toEqual([
      { ...alone, inner: { kind: 'ticks', covered: 9000 } },
    ]);
    const [withMinutes] = markets(...hours, '--inner', 'EURUSD_M1.csv');
    expect(withMinutes!.inner).toMatchObject({ kind: 'bars' });
  });

  test('belong together by their symbols', () => {
    const found = markets(
      ...['--bars', 'EURUSD_H1.csv', '--portfolio', 'GBPUSD_H1.csv'],
      ...['--ticks', 'GBPUSD-ticks.csv', '--ticks', 'EURUSD-ticks.csv'],
    );
    expect(found).toMatchObject([
      { symbol: 'EURUSD', inner: { covered: 9000 } },
      { symbol: 'GBPUSD', inner: { covered: 9000 } },
    ]);
    const prices = read('--bars', 'EURUSD_H1.csv', '--companion', 'GBPUSD_H1.csv');
    expect(prices.ok && [...prices.value.companions.keys()]).toEqual(['GBPUSD']);
  });

  test.each([
    [['--bars', 'EURUSD-ticks.csv'], 'EURUSD-ticks.csv: This file holds ticks'],
    [
      ['--bars', 'EURUSD_H1.csv', '--ticks', 'EURUSD_M1.csv'],
      'EURUSD_M1.csv: This file holds bars',
    ],
    [['--bars', 'EURUSD_M15.csv', '--inner', 'EURUSD_H1.csv'], 'H1 do not lie inside bars of M15'],
    [['--bars', 'EURUSD_H1.csv', '--portfolio', 'EURUSD_M1.csv'], 'Two files are of EURUSD'],
    [['--bars', 'EURUSD_H1.csv', '--companion', 'none.csv'], 'none.csv: no such file.'],
    [
      ['--bars', 'EURUSD_H1.csv', '--ticks', 'EURUSD-ticks.csv', '--inner', 'EURUSD_M1.csv'],
      '--inner and --ticks cannot both',
    ],
  ])('that do not fit are refused by name: %j', (args, words) => {
    const prices = read(...args);
    expect(!prices.ok && prices.error).toContain(words);
  });
});
