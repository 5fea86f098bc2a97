/** A whole run of a code strategy: its trader, the broker, and the same again on fewer bars. */
import { findLeak, leakCuts, type OrderLog } from '#core/code/leak-check.ts';
import type { Market, Trader } from '#core/execution/order-desk.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Indicator } from '#core/indicators/indicator.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeFailure, CodeRequest, CodeRun } from './api.ts';
import { codeTrader, stopOf, type CodeTrader } from './code-trader.ts';
import type { Compute } from './columns.ts';

/** Yields the share of bars done now and then. */
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
  readonly computeOf?: (indicator: Indicator) => Compute;
}

/** Bars that are run again on fewer of them, at most: enough to catch a leak, soon done. */
const MOST_CHECKED_BARS = 10_000;
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
  const { bars, settings } = request;
  const whole = await runOnce(request, bars, ports);
  if (!whole.ok) return whole;
  const { run, orders } = whole.value;
  const most = Math.min(bars.length, run.warmupBars + MOST_CHECKED_BARS);
  // What the end of the bars itself brings about is no look ahead.
  const open = { ...request, settings: { ...settings, closeAtEnd: false } };
  for (const cut of leakCuts(most, [...orders.keys()])) {
    const shorter = await runOnce(open, sliceBars(bars, 0, cut), ports);
    if (!shorter.ok) {
      if (shorter.error.code === 'run.too-few-bars') continue;
      return shorter;
    }
    const leak = findLeak(orders, shorter.value.orders, shorter.value.askedBars);
    if (leak) return fail(looksAhead(leak.bar, cut));
  }
  return ok(run);
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
  bars: Bars,
  { broker, nowMs, onProgress, computeOf }: RunCodePorts,
): Promise<Result<OneRun, CodeFailure>> {
  const { source, inputs, settings, limits } = request;
  const report = (ratio: number) => onProgress(bars === request.bars ? ratio : 1);
  const log: string[] = [];
  const orders = new Map<number, Float64Array>();
  let trackedBars = Infinity;
  const trader = await codeTrader(
    { source, inputs, bars },
    {
      limits,
      nowMs,
      ...(computeOf && { computeOf }),
      onCommands: (bar, commands) => {
        if (bar < trackedBars) orders.set(bar, commands);
      },
      onLog: (line) => log.push(line),
      onOpen: () => report(0),
    },
  );
  if (!trader.ok) return fail({ ...trader.error, log });
  const { warmupBars } = trader.value;
  trackedBars = warmupBars + MOST_CHECKED_BARS;
  if (warmupBars + 1 >= bars.length) return fail(tooFewBars(bars.length, warmupBars));
  const traded = trade(
    trader.value,
    broker([{ symbol: '', bars, inner: null }], trader.value, settings),
    {
      nowMs,
      report,
    },
  );
  if (!traded.ok) return fail({ ...traded.error, log });
  const run = { inputs: trader.value.inputs, warmupBars, outcome: traded.value, log };
  return ok({ run, orders, askedBars: trader.value.askedBars() });
}

function trade(
  trader: CodeTrader,
  steps: Generator<number, Outcome>,
  { nowMs, report }: { readonly nowMs: () => number; readonly report: (ratio: number) => void },
): Result<Outcome, CodeFailure> {
  let heardMs = nowMs();
  report(0);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) {
        trader.flush();
        return ok(step.value);
      }
      if (nowMs() - heardMs < BREATH_MS) continue;
      heardMs = nowMs();
      report(step.value);
      trader.flush();
    }
  } catch (error) {
    const failure = stopOf(error);
    if (!failure) throw error;
    trader.lastWords();
    return fail(failure);
  }
}

function looksAhead(bar: number, bars: number): CodeFailure {
  const detail = `On bar ${bar + 1} the orders are others when there are ${bars} bars in all.`;
  return { code: 'code.looks-ahead', detail, figures: { bar: bar + 1, bars } };
}

function tooFewBars(bars: number, warmupBars: number): CodeFailure {
  const detail = `The strategy acts after ${warmupBars + 1} bars; there are ${bars}.`;
  return { code: 'run.too-few-bars', detail, figures: { bars, warmupBars } };
}
