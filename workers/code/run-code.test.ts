/** The leak detector on whole runs: a planted look ahead is found, a clean strategy passes. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '#core/execution/outcome.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { standardLimits } from './api.ts';
import type { Compute } from './columns.ts';
import { runMadeDesk } from './made-desk.ts';
import { runCode, type Broker, type RunCodePorts } from './run-code.ts';

const bars = makeBars({ count: 2000, seed: 11 });
const market = { symbol: 'made', bars, inner: null };
const request = { inputs: {}, market, settings: defaultSettings, limits: standardLimits };

/** Only what the strategy asks for is looked at here, not what comes of it. */
const broker: Broker = function* (markets, trader) {
  runMadeDesk(markets[0]!.bars, trader);
  yield 1;
  return { equity: new Float64Array() } as Partial<Outcome> as Outcome;
};

const run = (source: string, ports: Partial<RunCodePorts> = {}) =>
  runCode(
    { ...request, source },
    { broker, nowMs: () => 0, onProgress: () => undefined, ...ports },
  );

const cross = `let fast, slow;
export function init(ctx) {
  fast = ctx.indicator('ema', ctx.close, 5);
  slow = ctx.indicator('sma', ctx.close, 20);
}
export function next(ctx) {
  if (ctx.crossesAbove(fast, slow)) ctx.buy({ units: 1, stop: slow.now });
  else if (ctx.crossesBelow(fast, slow)) ctx.exit();
}`;

describe('the leak detector', () => {
  test('passes a clean strategy', async () => {
    expect(await run(cross)).toMatchObject({ ok: true, value: { warmupBars: 19 } });
  });

  test('passes one that draws random numbers and keeps its own memory', async () => {
    const source = `const seen = [];
export function next(ctx) { seen.push(ctx.close.now); if (Math.random() < 0.1) ctx.buy({ units: seen.length }); }`;
    expect(await run(source)).toMatchObject({ ok: true });
  });

  test('flags a column that is shifted by one bar', async () => {
    const compute: Compute = (indicator, sources, parameters) =>
      indicator.compute(sources, parameters).map(shifted);
    const found = await run(cross.replace("'ema', ctx.close, 5", "'sma', ctx.close, 1"), {
      compute,
    });
    expect(found).toMatchObject({ ok: false, error: { code: 'code.looks-ahead' } });
  });

  test('flags a column that depends on how many bars there are', async () => {
    const compute: Compute = (_, sources) => [
      Float64Array.from(
        sources[0]!,
        (value, _, all: Float64Array = sources[0]!) => value - all.at(-1)!,
      ),
    ];
    const source = `let x;
export function init(ctx) { x = ctx.indicator('sma', ctx.close, 2); }
export function next(ctx) { if (x.now > 0) ctx.buy({ units: 1 }); }`;
    expect(await run(source, { compute })).toMatchObject({
      ok: false,
      error: { code: 'code.looks-ahead' },
    });
  });
});

/** Each value as the next bar will have it. */
const shifted = (column: Float64Array) => Float64Array.of(...column.subarray(1), NaN);

test('a run says what history each of its columns needs', async () => {
  const ran = await run(cross);
  if (!ran.ok) throw new Error(ran.error.detail);
  const [fast, slow] = ran.value.warmup;
  expect(fast).toMatchObject({ name: 'ema(5)', firstBar: 4 });
  expect(slow).toMatchObject({ name: 'sma(20)', firstBar: 19 });
  expect(fast!.settledBars).toBeGreaterThan(5);
});

test('a series that is too short for its columns is said to be', async () => {
  const source = cross.replace('ctx.close, 20', 'ctx.close, 5000');
  expect(await run(source)).toMatchObject({ ok: false, error: { code: 'run.too-few-bars' } });
});

test('a leak check never runs longer than its first bars', async () => {
  const many = makeBars({ count: 60_000, seed: 2 });
  let asked = 0;
  const counting: Broker = function* (markets, trader, settings) {
    asked += markets[0]!.bars.length;
    return yield* broker(markets, trader, settings);
  };
  const source = 'export function next(ctx) {}';
  const ports = { broker: counting, nowMs: () => 0, onProgress: () => undefined };
  await runCode({ ...request, source, market: { ...market, bars: many } }, ports);
  expect(asked).toBeLessThan(60_000 + 90_000);
});
