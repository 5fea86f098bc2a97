/** Where the time of a whole run goes, from rule text to hash, stage by stage. */
import { strict as assert } from 'node:assert';
import type { Outcome } from '#core/execution/outcome.ts';
import { canonicalSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { compileRules } from '#core/rules/compile.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import { computeStatistics } from '#core/statistics/registry.ts';
import { backtest, type Waiting } from '#workers/backtest/engine.ts';
import { startHash } from '#workers/backtest/start-hash.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { madeSettings } from './made-run.ts';
import { finish } from './timing.ts';

const ROUNDS = 7;

const source = `input fast = 10
input slow = 30
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
exit long when rsi(close, 14) > 80
stop 0.5% of close
target 1% of close
size 10% of equity`;

const stages = [
  'rules to signals',
  'trading, bars brought in',
  'statistics',
  'hash',
  'rule text to hash',
] as const;
type Times = Readonly<Record<(typeof stages)[number], number>>;

export async function stageRows(count: number): Promise<Row[]> {
  const bars = makeBars({ count, seed: 1 });
  const rounds: Times[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await runByStage(bars));
  const of = (stage: keyof Times) => median(rounds.map((times) => times[stage]));
  const whole = of('rule text to hash');
  return stages.map((stage) => ({
    name: `run of 1 M bars: ${stage}`,
    value: of(stage),
    unit: 'ms',
    rival: stage === 'rule text to hash' ? 'itself' : 'the whole run',
    ratio: of(stage) / whole,
    target: 'reported',
    pass: null,
  }));
}

/** The steps of `backtest`, one by one, and then `backtest` itself, which must come to the same. */
async function runByStage(bars: Bars): Promise<Times> {
  const kernel = createKernel();
  const [signals, rulesMs] = await timed(() => signalsOf(bars));
  const [outcome, tradingMs] = await timed<Outcome>(() =>
    finish(kernel.run(bars, signals, madeSettings)),
  );
  const [, statisticsMs] = await timed(() =>
    computeStatistics(outcome, bars, signals.warmupBars, madeSettings),
  );
  const canonical = canonicalSettings(madeSettings, { fast: 10, slow: 30 });
  const [hash, hashMs] = await timed(() =>
    settled(startHash({ bars, source, canonicalSettings: canonical, outcome })),
  );
  const input = { bars, source, inputs: {}, settings: madeSettings };
  const [run, wholeMs] = await timed(() => settled(backtest(input, createKernel(), startHash)));
  assert(run.ok && run.value.hash === hash);
  return {
    'rules to signals': rulesMs,
    'trading, bars brought in': tradingMs,
    statistics: statisticsMs,
    hash: hashMs,
    'rule text to hash': wholeMs,
  };
}

function signalsOf(bars: Bars): Signals {
  const { program } = compileRules(source);
  assert(program);
  const signals = finish(evaluateRules(program, bars, {}));
  assert(signals.ok);
  return signals.value;
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [result: T, ms: number]> {
  const startMs = performance.now();
  const result = await work();
  return [result, performance.now() - startMs];
}

/** What steps come to that may wait for work beside this thread. */
async function settled<T>(steps: Generator<number | Partial<Waiting>, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (typeof step.value !== 'number') await step.value.until;
  }
}
