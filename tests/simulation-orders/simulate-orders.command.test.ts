/** The command that lives many seeds: shared among threads, and gone on with where it was cut off. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tallyOf } from './lives.ts';

const run = promisify(execFile);
const command = join(import.meta.dirname, 'simulate-orders.command.ts');

async function lived(...given: readonly string[]) {
  const { stdout } = await run(process.execPath, [command, '--json', ...given]);
  return JSON.parse(stdout) as unknown;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-lives-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('two threads tell what one tells, and a run cut off goes on after its last whole line', async () => {
  const log = join(folder, 'log.jsonl');
  const given = ['--seeds', '24', '--from', '7', '--threads', '2', '--log', log];
  const alone = await tallyOf({ from: 7, seeds: 24 }, null);
  expect(await lived(...given)).toMatchObject({ threads: 2, ...alone });
  const [first = '', second = ''] = (await readFile(log, 'utf8')).split('\n');
  await writeFile(log, `${first}\n${second.slice(0, 40)}`);
  expect(await lived(...given)).toMatchObject(alone);
  const [kept, torn, ...after] = (await readFile(log, 'utf8')).split('\n');
  expect([kept, torn]).toEqual([first, second.slice(0, 40)]);
  // Only what was not there yet was lived again.
  expect(after).toEqual([second, '']);
}, 300_000);
