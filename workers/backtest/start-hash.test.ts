/** One fingerprint, whoever works it out. */
import { afterEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { hashRun, type HashedRun } from '#core/hash.ts';
import { makeBars } from '#core/market/made-bars.ts';
import type { Waiting } from './engine.ts';
import { startHash } from './start-hash.ts';
import { backtest } from './engine.ts';

const bars = makeBars({ count: 3000, seed: 3, ask: true, volume: true });
const source = 'enter long when close > open\nexit long when close < open';

async function resolved(steps: Generator<number | Waiting, string>) {
  let waits = 0;
  for (;;) {
    const step = steps.next();
    if (step.done) return { hash: step.value, waits };
    if (typeof step.value === 'number') continue;
    await step.value.until;
    waits++;
  }
}

function madeRun(): HashedRun {
  const steps = backtest({ bars, source, inputs: {}, settings: defaultSettings });
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    if (!step.value.ok) throw new Error(step.value.error.detail);
    return { bars, source, canonicalSettings: '{}', outcome: step.value.value.outcome };
  }
}

const run = madeRun();
const expected = (await resolved(hashRun(run))).hash;

afterEach(() => vi.unstubAllGlobals());

test('the platform comes to the same fingerprint, beside this thread', async () => {
  expect(await resolved(startHash(run))).toEqual({ hash: expected, waits: 1 });
});

test('without a secure context it is worked out here', async () => {
  vi.stubGlobal('crypto', {});
  expect(await resolved(startHash(run))).toEqual({ hash: expected, waits: 0 });
});

test('a platform that fails is not believed', async () => {
  const digest = () => Promise.reject(new DOMException('no memory', 'OperationError'));
  vi.stubGlobal('crypto', { subtle: { digest } });
  expect(await resolved(startHash(run))).toEqual({ hash: expected, waits: 1 });
});
