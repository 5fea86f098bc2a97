/** The hash of one run, as the command line gives it; the worker gives the same in Chromium. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import golden from '../../tests/golden/regression/sample-run.json' with { type: 'json' };

test('the command line gives the sample run the hash on record', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'offing-sample-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const root = join(import.meta.dirname, '../..');
  const answer = execFileSync(process.execPath, [
    join(import.meta.dirname, 'backtest.command.ts'),
    '--json',
    ...['--bars', join(root, 'node_modules/vega-datasets/data/sp500-2000.csv')],
    ...['--strategy', file('a.rules', golden.source)],
    ...['--settings', file('s.json', JSON.stringify(golden.settings))],
  ]);
  rmSync(folder, { recursive: true });
  expect((JSON.parse(answer.toString()) as { hash: string }).hash).toBe(golden.hash);
});
