/** A whole run of a code strategy: its trader, the broker, and the same again on fewer bars. */
import { assert } from '#core/assert.ts';
import { warmupTable, type WarmupRow } from '#core/code/warm-up.ts';
import { findLeak, leakCuts, type OrderLog } from '#core/code/leak-check.ts';
import type { Market, Trader } from '#core/execution/order-desk.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeFailure, CodeRequest, CodeRun } from './api.ts';
import { codeTrader, stopOf, type CodeTrader } from './code-trader.ts';
import { columnNames, declaredColumns, type Compute, type Declaration } from './columns.ts';

export type Broker = (
  markets: readonly Market[],
  trader: Trader,
  settings: RunSettings,
) => Generator<number, Outcome>;

export interface RunCodePorts {
  readonly broker: Broker;
  readonly nowMs: () => number;
  readonly onProgress: (ratio: number) => void;
  /** Another way to compute an indicator, for the test of what finds a leak. */
  readonly compute?: Compute;
}

/** Bars that are run again on fewer of them, at most: enough to catch a leak, soon done. */
const MOST_CHECKED_BARS = 10_000;
/** What is written and what is refused, together; the rest is left out. */
const MOST_LOG_LINES = 2000;
/** The sign of life is given no more often. */
const BREATH_MS = 200;

/**
 * Errors: those of `codeTrader`, `run.too-few-bars`, and `code.looks-ahead` where the orders up
 * to a bar depend on what comes after it.
 */
export async function runCode(
  request: CodeRequest,
  ports: RunCodePorts,
): Promise<Result<CodeRun, CodeFailure>> {
  const { market, settings } = request;
  const whole = await runOnce(request, ports);
  if (!whole.ok) return whole;
  const { run, orders } = whole.value;
  const most = Math.min(market.bars.length, run.warmupBars + MOST_CHECKED_BARS);
  // What the end of the bars itself brings about is no look ahead.
  const open = { ...settings, closeAtEnd: false };
  const quiet = { ...ports, onProgress: () => ports.onProgress(1) };
  for (const cut of leakCuts(most, [...orders.keys()])) {
    const shorter = await runOnce(
      { ...request, market: cutMarket(market, cut), settings: open },
      quiet,
    );
    if (!shorter.ok) {
      if (shorter.error.code === 'run.too-few-bars') continue;
      return shorter;
    }
    const leak = findLeak(orders, shorter.value.orders, shorter.value.askedBars);
    if (leak) return fail(looksAhead(leak.bar, cut));
  }
  return ok(run);
}

/** The first `length` bars, with what lies inside them. */
function cutMarket(market: Market, length: number): Market {
  const bars = sliceBars(market.bars, 0, length);
  const { inner } = market;
  if (!inner) return { ...market, bars };
  return { ...market, bars, inner: { ...inner, firstOf: inner.firstOf.slice(0, length + 1) } };
}

interface OneRun {
  readonly run: CodeRun;
  /** Those of the bars that are checked. */
  readonly orders: OrderLog;
  /** The strategy was asked on all bars before this one. */
  readonly askedBars: number;
}

async function runOnce(
  request: CodeRequest,
  { broker, nowMs, onProgress, compute }: RunCodePorts,
): Promise<Result<OneRun, CodeFailure>> {
  const { source, inputs, market, settings, limits } = request;
  const { bars } = market;
  const log: string[] = [];
  const orders = new Map<number, Float64Array>();
  let trackedBars = Infinity;
  const trader = await codeTrader(
    { source, inputs, bars },
    {
      limits,
      nowMs,
      compute,
      onCommands: (bar, commands) => {
        if (bar < trackedBars) orders.set(bar, commands);
      },
      onLog: (line) => {
        if (log.length < MOST_LOG_LINES) log.push(line);
      },
      onAlive: () => onProgress(0),
    },
  );
  if (!trader.ok) return fail({ ...trader.error, log });
  const { warmupBars } = trader.value;
  trackedBars = warmupBars + MOST_CHECKED_BARS;
  if (warmupBars + 1 >= bars.length) return fail(tooFewBars(bars.length, warmupBars));
  const alive = breathing(trader.value, { nowMs, onProgress, length: bars.length });
  const traded = trade(trader.value, broker([market], alive, settings));
  if (!traded.ok) return fail({ ...traded.error, log });
  const { inputs: values, declared } = trader.value;
  const warmup = warmupOf(declared, bars);
  const run = { inputs: values, warmupBars, warmup, outcome: traded.value, log };
  return ok({ run, orders, askedBars: trader.value.askedBars() });
}

/** The trader, giving a sign of life after a bar when it is time for one. */
function breathing(
  trader: CodeTrader,
  {
    nowMs,
    onProgress,
    length,
  }: {
    readonly nowMs: () => number;
    readonly onProgress: (ratio: number) => void;
    readonly length: number;
  },
): Trader {
  let heardMs = nowMs();
  return {
    onBar(market, bar, desk) {
      trader.onBar(market, bar, desk);
      if (nowMs() - heardMs < BREATH_MS) return;
      heardMs = nowMs();
      onProgress((bar + 1) / length);
      trader.flush();
    },
  };
}

function trade(
  trader: CodeTrader,
  steps: Generator<number, Outcome>,
): Result<Outcome, CodeFailure> {
  try {
    for (;;) {
      const step = steps.next();
      if (!step.done) continue;
      trader.flush();
      return ok(step.value);
    }
  } catch (error) {
    const failure = stopOf(error);
    if (!failure) throw error;
    trader.lastWords();
    return fail(failure);
  }
}

/** Of the last bars, which show it as well as all of them. */
function warmupOf(declared: readonly Declaration[], bars: Bars): readonly WarmupRow[] {
  const names = columnNames(declared);
  if (names.length === 0) return [];
  const last = sliceBars(bars, Math.max(0, bars.length - MOST_CHECKED_BARS), bars.length);
  return warmupTable({
    names,
    length: last.length,
    compute(fromBar) {
      const columns = declaredColumns(declared, sliceBars(last, fromBar, last.length));
      assert(columns.ok, 'what was computed once can be computed again');
      return columns.value.slice(-names.length);
    },
  });
}

function looksAhead(bar: number, bars: number): CodeFailure {
  const detail = `On bar ${bar + 1} the orders are others when there are ${bars} bars in all.`;
  return { code: 'code.looks-ahead', detail, figures: { bar: bar + 1, bars } };
}

function tooFewBars(bars: number, warmupBars: number): CodeFailure {
  const detail = `The strategy acts after ${warmupBars + 1} bars; there are ${bars}.`;
  return { code: 'run.too-few-bars', detail, figures: { bars, warmupBars } };
}
