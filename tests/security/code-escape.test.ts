/** Every attempt of the corpus, in the sandbox as it ships, with limits short enough for a test. */
import { describe, expect, test } from 'vitest';
import { runBroker } from '#core/execution/broker/broker.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { standardLimits, type CodeLimits } from '#workers/code/api.ts';
import { guardedRun } from '#workers/code/guard.ts';
import { runCode } from '#workers/code/run-code.ts';
import { threadGuard } from '#workers/code/thread-sandbox.node.ts';
import { escapeCorpus, type Attempt } from './escape-corpus.ts';

const market = { symbol: 'made', bars: makeBars({ count: 600, seed: 5 }), inner: null };
const limits: CodeLimits = {
  ...standardLimits,
  memoryBytes: 32 * 2 ** 20,
  callMs: 5000,
  silentMs: 8000,
};
/** For what never ends, so that the test does. */
const impatient: Partial<CodeLimits> = { callMs: 300, silentMs: 3000 };
const patient = { timeout: 60_000 };

/** Those that end by themselves need no thread of their own to be ended in. */
const endsByItself: readonly Attempt['ends'][] = ['harmless', 'code.syntax', 'code.threw'];

const runHere = (source: string) =>
  runCode(
    { source, inputs: {}, market, settings: defaultSettings, limits },
    { broker: runBroker, nowMs: () => performance.now(), onProgress: () => undefined },
  );

const run = (source: string, changed: Partial<CodeLimits> = {}) =>
  guardedRun(
    { source, inputs: {}, market, settings: defaultSettings, limits: { ...limits, ...changed } },
    () => undefined,
    threadGuard,
  );

describe('a strategy that', patient, () => {
  test.each(escapeCorpus)('$name ends as $ends', async ({ source, ends }) => {
    const canaries = [Object.keys(globalThis).length, Object.keys(Object.prototype).length];
    const result = endsByItself.includes(ends)
      ? await runHere(source)
      : await run(source, ends === 'code.endless' ? impatient : {}).result;
    expect(result.ok ? 'harmless' : result.error.code).toBe(ends);
    expect([Object.keys(globalThis).length, Object.keys(Object.prototype).length]).toEqual(
      canaries,
    );
    if (!result.ok) {
      expect(result.error.detail.length).toBeLessThan(2000);
      expect(result.error.detail).not.toMatch(/file:|node_modules|workers\/|machine\.js/);
    }
  });
});

describe('the host', patient, () => {
  test('goes on while a strategy hangs in a built-in, and ends it when it is not wanted', async () => {
    const hanging = run(
      'export function next() { Array.prototype.reverse.call({ length: 2 ** 53 - 1 }) }',
      {
        silentMs: 60_000,
      },
    );
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await new Promise((resolve) => setTimeout(resolve, 500));
    clearInterval(timer);
    hanging.cancel();
    expect(await hanging.result).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    expect(turns).toBeGreaterThan(20);
  });

  test('ends a run that takes longer than it may, signs of life or not', async () => {
    const source = 'export function next() { for (let i = 0; i < 2e6; i++); }';
    const result = await run(source, { runMs: 1500 }).result;
    expect(result).toMatchObject({ ok: false, error: { code: 'code.endless' } });
  });

  test('is told where a loop is, and what was written before it', async () => {
    const source = `export function next(ctx) {
  if (ctx.bar === 5) console.log('five');
  if (ctx.bar === 9) for (let i = 0; ; i++) ctx.close.at(i);
}`;
    const result = await run(source, impatient).result;
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'code.endless', figures: { line: 3 }, log: ['five'] },
    });
  });

  test('gets nothing but numbers and words back from a run that is done', async () => {
    const result = await run(
      'export function next(ctx) { if (ctx.bar === 5) { ctx.buy(); console.log({ a: 1 }) } }',
    ).result;
    if (!result.ok) throw new Error(result.error.detail);
    expect(result.value.log).toEqual(['{"a":1}']);
    expect(result.value.outcome.equity).toBeInstanceOf(Float64Array);
  });
});
