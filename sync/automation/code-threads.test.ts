/** Threads that bots in code share: what one of them does costs the others a moment, and no more. */
import { MessageChannel } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { afterAll, describe, expect, test } from 'vitest';
import { makeBars } from '#core/market/made-bars.ts';
import type { Sandbox } from '#workers/code/guard.ts';
import { threadEndpoint } from '#workers/code/thread-endpoint.ts';
import { openBotThread } from './bot-thread.ts';
import { openCodeThreads, usualThreads } from './code-threads.ts';

const threads = openCodeThreads({
  ...usualThreads,
  open: openBotThread,
  threads: 1,
  silentMs: 4_000,
});
afterAll(() => threads.close());

const bars = makeBars({ count: 300, seed: 1 });
const view = JSON.stringify({ m: [10_000, 10_000, 0], p: [], o: [] });
const views = [298, 299].map((bar) => ({ bar, view }));
const step = (body: string, owner = 'one') =>
  threads.step(owner, { source: `export function next(ctx) { ${body} }`, inputs: {}, bars, views });

describe('a strategy in code', () => {
  test('is asked at the last bar, and what it asked for before is of the past', async () => {
    const asked = await step(`console.log('bar', ctx.bar); if (ctx.bar === 298) ctx.buy();`);
    expect(asked).toEqual({
      ok: true,
      value: { commands: new Float64Array(0), lines: ['bar 299'] },
    });
    const now = await step(`if (ctx.bar === 299) ctx.buy({ lots: 2 });`);
    expect(now.ok && now.value.commands.slice(0, 6)).toEqual(Float64Array.of(1, 1, 1, 0, 1, 2));
  });

  test.each([
    ['never comes to an end', 'for (;;);', 'code.endless'],
    [
      'wants all memory',
      'const all = []; for (;;) all.push(new Array(1e4).fill(1));',
      'code.memory',
    ],
    ['throws', `throw new Error('no such luck');`, 'code.threw'],
    ['calls itself without end', 'const f = () => f() + 1; f();', 'code.threw'],
  ])('that %s ends with its own failure, and the next is answered', async (_, body, code) => {
    const [failed, next] = await Promise.all([step(body), step('ctx.sell();')]);
    expect(failed).toMatchObject({ ok: false, error: { code } });
    expect(next.ok && next.value.commands.length).toBeGreaterThan(0);
  });

  test('is refused before anything is traded where it cannot be run', async () => {
    const check = (source: string, inputs = {}) => threads.check('one', { source, inputs });
    expect(await check('export function next() {}')).toEqual({ ok: true, value: null });
    const wrong = [
      [await check('const x = ;'), 'code.syntax'],
      [await check(`export function init() { throw 1; } export function next() {}`), 'code.threw'],
      [await check('export function next() {}', { x: 1 }), 'run.input-unknown'],
    ] as const;
    for (const [answer, code] of wrong) expect(answer).toMatchObject({ error: { code } });
  });

  test('of another trader does not wait behind all of one', async () => {
    const order: string[] = [];
    const asked = (name: string, owner: string) =>
      step('for (let i = 0; i < 3e5; i++);', owner).then(() => order.push(name));
    await Promise.all([asked('a1', 'a'), asked('a2', 'a'), asked('a3', 'a'), asked('b1', 'b')]);
    // One of a's is under way when b's comes, and the queue has a's others before it.
    expect(order.indexOf('b1')).toBe(1);
  });
});

test('a thread that gives no sign of life is ended, and what waits gets another one', async () => {
  let opened = 0;
  const silent = openCodeThreads({
    ...{ ...usualThreads, threads: 1, silentMs: 500 },
    open: () => (opened++ > 0 ? openBotThread() : quietThread()),
  });
  const text = { source: 'export function next() {}', inputs: {} };
  const [first, second] = await Promise.all([silent.check('a', text), silent.check('b', text)]);
  silent.close();
  expect(first).toMatchObject({ ok: false, error: { code: 'code.endless' } });
  expect(second.ok).toBe(true);
});

test('one trader never has all threads, so that nobody waits for the code of another', async () => {
  const two = openCodeThreads({ ...usualThreads, open: openBotThread, threads: 2 });
  const ended: string[] = [];
  const asked = async (name: string, owner: string, body: string) => {
    const source = `export function next() { ${body} }`;
    const answer = await two.step(owner, { source, inputs: {}, bars, views });
    expect(answer.ok).toBe(true);
    ended.push(name);
  };
  const long = 'for (let i = 0; i < 3e6; i++);';
  await Promise.all([asked('a1', 'a', long), asked('a2', 'a', long), asked('b1', 'b', '')]);
  two.close();
  expect(ended.indexOf('b1')).toBeLessThan(ended.indexOf('a2'));
});

test('a thread that cannot be opened costs its own question alone, and what waits is asked', async () => {
  let opened = 0;
  const scarce = openCodeThreads({
    ...{ ...usualThreads, threads: 1 },
    open() {
      if (opened++ === 1) throw new Error('too many threads');
      return opened === 1 ? quietThread() : openBotThread();
    },
    silentMs: 200,
  });
  const text = { source: 'export function next() {}', inputs: {} };
  const answers = await Promise.all(['a', 'b', 'c'].map((owner) => scarce.check(owner, text)));
  scarce.close();
  const codes = answers.map((answer) => (answer.ok ? null : answer.error.code));
  expect(codes).toEqual(['code.endless', 'server.unavailable', null]);
});

/** Gives one sign of life, and no answer: as where a built-in of the machine does not return. */
function quietThread(): Sandbox {
  const { port1, port2 } = new MessageChannel();
  const check = (_: unknown, alive: () => void) => {
    alive();
    return new Promise(() => undefined);
  };
  Comlink.expose({ check }, threadEndpoint(port1));
  const terminate = () => port1.close();
  return { endpoint: threadEndpoint(port2), onDeath: () => undefined, terminate };
}
