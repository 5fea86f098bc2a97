/** From a market and the text of a code strategy to a finished run: the sandbox trades, this measures. */
import { faultOfPrices, innerKind } from '#core/execution/asked-prices.ts';
import { bandOf } from '#core/execution/band.ts';
import type { Market } from '#core/execution/order-desk.ts';
import { canonicalSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import { hashRun } from '#core/hash.ts';
import { coveredBars } from '#core/market/inner-prices.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { computeStatistics } from '#core/statistics/registry.ts';
import { standardLimits, type CodeFailure, type CodeRun } from '#workers/code/api.ts';
import { guardedRun, type GuardPorts } from '#workers/code/guard.ts';
import type { BacktestFailure } from './api.ts';
import type { BacktestStep, FinishedRun, StartHash } from './engine.ts';

export interface CodeBacktestInput {
  /** A strategy in code trades one. */
  readonly markets: readonly Market[];
  /** TypeScript. */
  readonly source: string;
  /** Values for inputs of the strategy; missing = the default in the text. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

const TRADING = { from: 0.1, to: 0.65 } as const;
/** What is waited for at a time, so that a cancel is heard. */
const TURN_MS = 100;

/**
 * Steps as `backtest` takes them. Whoever gives a run up calls `return`, which ends its sandbox.
 *
 * Errors: those of `run-code.ts` and `guard.ts`, of `faultOfPrices`, and `code.single-market`.
 */
export function* codeBacktest(
  { markets, source, inputs, settings }: CodeBacktestInput,
  guard: GuardPorts,
  hash: StartHash = hashRun,
): Generator<BacktestStep, Result<FinishedRun, BacktestFailure>> {
  const [whole, ...others] = markets as [Market, ...Market[]];
  if (others.length > 0) return fail(oneMarket(markets.length));
  const market = innerKind(settings) === whole.inner?.kind ? whole : { ...whole, inner: null };
  const fault = faultOfPrices([market], settings);
  if (fault) return fail(fault);
  const request = { source, inputs, market, settings, limits: standardLimits };
  const traded = yield* wait(request, guard);
  if (!traded.ok) return traded;
  const { outcome, warmupBars, warmup, log } = traded.value;
  yield { stage: 'statistics', ratio: TRADING.to };
  const { bars, inner } = market;
  const canonical = canonicalSettings(settings, traded.value.inputs);
  const hashing = hash({ bars, inner, source, canonicalSettings: canonical, outcome });
  const stats = computeStatistics(outcome, bars, warmupBars, settings);
  const signals = noSignals(bars.length, warmupBars);
  const band = bandOf(outcome, { bars, signals, settings });
  let step = hashing.next();
  for (; !step.done; step = hashing.next()) {
    const waiting = typeof step.value === 'number' ? {} : step.value;
    yield { stage: 'statistics', ratio: TRADING.to, ...waiting };
  }
  return ok({
    hash: step.value,
    inputs: traded.value.inputs,
    warmupBars,
    bars,
    outcome,
    stats,
    band,
    inner: inner && { bars: bars.length, covered: coveredBars(inner) },
    log,
    warmup,
  });
}

function* wait(
  request: Parameters<typeof guardedRun>[0],
  guard: GuardPorts,
): Generator<BacktestStep, Result<CodeRun, CodeFailure>> {
  let reached = 0;
  let result: Result<CodeRun, CodeFailure> | null = null;
  const run = guardedRun(request, (ratio) => (reached = ratio), guard);
  const ended = run.result.then((value) => (result = value));
  try {
    while (!result) {
      const until = Promise.race([ended, turn(guard)]);
      yield {
        stage: 'trading',
        ratio: TRADING.from + (TRADING.to - TRADING.from) * reached,
        until,
      };
    }
    return result;
  } finally {
    run.cancel();
  }
}

function oneMarket(markets: number): BacktestFailure {
  const detail = `A strategy in code trades one instrument, not ${markets}.`;
  return { code: 'code.single-market', detail, figures: { markets } };
}

function turn(guard: GuardPorts): Promise<void> {
  return new Promise((resolve) => {
    const stop = guard.every(TURN_MS, () => {
      stop();
      resolve();
    });
  });
}

/** The broker of a code run says itself what its ambiguous trips could have been. */
function noSignals(length: number, warmupBars: number): Signals {
  const [entry, exit] = [new Int8Array(length), new Uint8Array(length)];
  const sizing = { kind: 'units', units: 0 } as const;
  return { length, warmupBars, entry, exit, stop: null, target: null, sizing };
}
