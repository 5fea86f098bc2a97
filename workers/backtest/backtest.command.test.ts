/** The command line as a trader or a script meets it: what it answers, and how it refuses. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { makeTicks } from '#core/market/made-ticks.ts';

const command = join(import.meta.dirname, 'backtest.command.ts');
const sample = join(import.meta.dirname, '../../node_modules/vega-datasets/data/sp500-2000.csv');
const rules = `input fast = 10
enter long when crosses_above(sma(close, fast), sma(close, 30))
exit long when rsi(close, 14) > 70`;

interface Answer {
  readonly hash: string;
  readonly roundTrips: readonly Readonly<Record<string, number>>[];
  readonly band?: { readonly trips: number };
  readonly inner?: { readonly bars: number; readonly covered: number };
}

/** Each answer is a Node of its own, slow to start on a busy machine. */
const patient = { timeout: 60_000 };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offing-command-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args]);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

describe('the command line', patient, () => {
  test('answers with JSON that holds the hash, the statistics and the round trips', () => {
    const { status, stdout } = run(
      '--bars',
      sample,
      '--strategy',
      file('a.rules', rules),
      '--json',
    );
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as Record<string, unknown> & { roundTrips: object[] };
    expect(Object.keys(answer)).toEqual(['hash', 'bars', 'stats', 'roundTrips']);
    expect(answer['bars']).toBe(5105);
    expect(Object.keys(answer.roundTrips[0]!)).toEqual([
      'entryBar',
      'exitBar',
      'entryPrice',
      'exitPrice',
      'units',
      'profit',
    ]);
  });

  test('answers with a table that names every figure', () => {
    const { status, stdout } = run(`--bars=${sample}`, '--strategy', file('a.rules', rules));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Sharpe \(geometric\) +-?\d+\.\d{4}$/m);
    expect(stdout).toMatch(/^Longest drawdown +\d+ d$/m);
    expect(stdout).toMatch(/^Hash {2}[0-9a-f]{64}$/m);
  });

  test('gives the same hash for a packed file, defaults spelled out, and inputs in any case', () => {
    const strategy = file('a.rules', rules);
    const packed = file('sp500-2000.csv.gz', gzipSync(readFileSync(sample)));
    const settings = file('s.json', '{"margin": 1, "inputs": {"FAST": 10}}');
    const hash = (...args: string[]) => {
      const answer = JSON.parse(run(...args, '--strategy', strategy, '--json').stdout) as object;
      return (answer as { hash: string }).hash;
    };
    const plain = hash('--bars', sample);
    expect(hash('--bars', packed)).toBe(plain);
    expect(hash('--bars', sample, '--settings', settings)).toBe(plain);
  });

  test('says in one line on stderr what the price file holds beside prices', () => {
    const lines = readFileSync(sample, 'utf8').split('\n');
    const doubled = file('doubled.csv', [...lines.slice(0, 90), ...lines.slice(89)].join('\n'));
    const answer = run('--bars', doubled, '--strategy', file('a.rules', rules), '--json');
    expect(answer.status).toBe(0);
    expect(answer.stderr).toMatch(/^.*doubled\.csv: .*1 duplicate.*\n$/);
  });

  test('walks ticks inside the bars and says in how many there were any', () => {
    const ticks = makeTicks({ count: 3000, seed: 2, mostStepMs: 60_000, ask: false });
    const price = (points: number) => (points / 1e5).toFixed(5);
    const tickText = Array.from(
      ticks.timesMs,
      (time, i) =>
        `${new Date(time).toISOString()},${price(ticks.bid[i]!)},${price(ticks.bid[i]!)}`,
    );
    const bars = barsOfTicks(ticks, 'H1');
    const barText = Array.from(bars.timesMs, (time, i) => {
      const { open, high, low, close } = bars.bid;
      const row = [open, high, low, close].map((side) => (side[i]! / bars.scale).toFixed(5));
      return `${new Date(time).toISOString()},${row.join(',')}`;
    });
    const barFile = file('EURUSD_H1.csv', `time,open,high,low,close\n${barText.join('\n')}`);
    const tickFile = file('EURUSD.ticks.csv', `time,bid,ask\n${tickText.join('\n')}`);
    const reversal = `enter long when close < close[1]
exit long when close > close[1]
stop 0.0001
target 0.0001`;
    const args = ['--bars', barFile, '--strategy', file('r.rules', reversal), '--json'];
    const onBars = JSON.parse(run(...args).stdout) as Answer;
    const onTicks = JSON.parse(run(...args, '--ticks', tickFile).stdout) as Answer;
    expect(onBars.inner).toBeUndefined();
    expect(onBars.band!.trips).toBeGreaterThan(0);
    const doubted = onBars.roundTrips.filter((trip) => trip['otherProfit'] !== undefined);
    expect(doubted).toHaveLength(onBars.band!.trips);
    expect(onTicks.band).toBeUndefined();
    expect(onTicks.inner).toEqual({ bars: bars.length, covered: bars.length });
    expect(onTicks.hash).not.toBe(onBars.hash);
    const table = run(...args.slice(0, -1), '--ticks', tickFile).stdout;
    expect(table).toMatch(
      new RegExp(`^Bars with prices inside +${bars.length} of ${bars.length}$`, 'm'),
    );
    const settings = file('p.json', '{"path": "ticks"}');
    expect(run(...args, '--settings', settings).stderr).toContain('import them');
    const other = file('q.json', '{"path": "optimistic"}');
    expect(run(...args, '--ticks', tickFile, '--settings', other).stderr).toContain(
      'the settings for "optimistic"',
    );
  });

  test('prints its usage when asked', () => {
    expect(run('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a refusal', patient, () => {
  const good = () => ['--bars', sample, '--strategy', file('a.rules', rules)];

  test.each([
    [
      'an unknown option',
      () => [...good(), '--jsn'],
      '--jsn is not an option; did you mean --json?',
    ],
    ['an option given twice', () => [...good(), '--bars', 'x'], '--bars is given twice.'],
    ['no prices', () => ['--strategy', 'x'], '--bars FILE is missing'],
    ['an option without its file', () => ['--bars', '--json'], '--bars needs a file.'],
    [
      'a missing file',
      () => ['--bars', 'none.csv', '--strategy', file('a.rules', rules)],
      'none.csv: no such file.',
    ],
    [
      'prices that are none',
      () => ['--bars', file('x.csv', 'hello\nworld\n'), '--strategy', file('a.rules', rules)],
      'x.csv: ',
    ],
    [
      'a damaged archive',
      () => ['--bars', file('x.csv.gz', '\x1f\x8b!!'), '--strategy', file('a.rules', rules)],
      'x.csv.gz: ',
    ],
    [
      'rules that do not compile',
      () => ['--bars', sample, '--strategy', file('b.rules', '\nenter long when clse > 1')],
      'b.rules:2:17 ',
    ],
    [
      'a rule file that is no text',
      () => ['--bars', sample, '--strategy', file('c.rules', new Uint8Array([0xff, 0xfe, 0xfa]))],
      'c.rules: not a text file in UTF-8.',
    ],
    [
      'settings that are no JSON',
      () => [...good(), '--settings', file('s.json', '{cash: 1}')],
      's.json: not JSON',
    ],
    [
      'an unknown setting',
      () => [...good(), '--settings', file('s.json', '{"csh": 1}')],
      'csh is not a setting; did you mean cash?',
    ],
    [
      'an unknown input',
      () => [...good(), '--settings', file('s.json', '{"inputs": {"fst": 1}}')],
      'no input called fst; they have: fast.',
    ],
  ])('of %s exits with 2, says why on stderr, and prints nothing', (_, args, words) => {
    const { status, stdout, stderr } = run(...args());
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
