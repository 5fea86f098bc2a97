/** The watcher with a sandbox that is played: what it ends, when, and what it says of it. */
import * as Comlink from 'comlink';
import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { standardLimits, type CodeWorker } from './api.ts';
import { guardedRun } from './guard.ts';
import { threadEndpoint } from './thread-endpoint.ts';

const limits = { ...standardLimits, silentMs: 1000, runMs: 60_000 };
const market = { symbol: 'made', bars: makeBars({ count: 10, seed: 1 }), inner: null };
const request = { source: '', inputs: {}, market, settings: defaultSettings, limits };
/** A look is a tenth of the silence that is borne. */
const SILENCE = 10;

function guard(play: CodeWorker['run']) {
  const { port1, port2 } = new MessageChannel();
  Comlink.expose({ run: play, warm: async () => undefined }, threadEndpoint(port2 as never));
  const seen = { terminated: 0, looking: true, heard: [] as number[] };
  let look: () => void = () => undefined;
  let die: (reason: string) => void = () => undefined;
  const run = guardedRun(request, (ratio) => seen.heard.push(ratio), {
    openSandbox: () => ({
      endpoint: threadEndpoint(port1 as never),
      onDeath: (listener) => (die = listener),
      terminate: () => {
        seen.terminated++;
        port1.close();
        port2.close();
      },
    }),
    every: (_, action) => {
      look = action;
      return () => void (seen.looking = false);
    },
  });
  const looks = (count: number) => Array.from({ length: count }).forEach(() => look());
  return { run, seen, looks, die: (reason: string) => die(reason) };
}

const never = () => new Promise<never>(() => undefined);
const turns = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a run that answers is passed on, and its worker thrown away', async () => {
  const answer = { ok: false, error: { code: 'code.threw', detail: '1:1 no' } } as const;
  const { run, seen } = guard(async () => answer);
  expect(await run.result).toEqual(answer);
  expect(seen).toMatchObject({ terminated: 1, looking: false });
});

test('silence after a sign of life ends the run, one look later than is borne', async () => {
  const { run, seen, looks } = guard(async (_, onProgress) => {
    onProgress(0.25);
    return never();
  });
  await turns();
  expect(seen.heard).toEqual([0.25]);
  looks(SILENCE);
  expect(seen.terminated).toBe(0);
  looks(1);
  expect(await run.result).toMatchObject({ error: { code: 'code.endless' } });
  expect(seen.terminated).toBe(1);
});

test('loading is given longer than silence, but not for ever', async () => {
  const { run, seen, looks } = guard(never);
  looks(SILENCE * 5);
  await turns();
  expect(seen.terminated).toBe(0);
  looks(SILENCE * 60);
  expect(await run.result).toMatchObject({ error: { code: 'work.crashed' } });
});

test('a worker that dies is named by what it died of', async () => {
  const full = guard(never);
  full.die('Worker terminated due to reaching memory limit: JS heap out of memory');
  expect(await full.run.result).toMatchObject({ error: { code: 'code.memory' } });
  const broken = guard(never);
  broken.die('the sandbox did not start');
  expect(await broken.run.result).toMatchObject({ error: { code: 'work.crashed' } });
});

test('what throws in the worker is a crash, not a hang', async () => {
  const { run } = guard(() => Promise.reject(new Error('a bug of ours')));
  expect(await run.result).toMatchObject({ error: { code: 'work.crashed' } });
});

test('a run that is not wanted ends at once', async () => {
  const { run, seen } = guard(never);
  run.cancel();
  expect(await run.result).toMatchObject({ error: { code: 'work.cancelled' } });
  expect(seen).toMatchObject({ terminated: 1, looking: false });
});
