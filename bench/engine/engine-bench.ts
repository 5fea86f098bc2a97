/**
 * How fast the kernel is: against the same loop in C, against a limit, and against a backtester
 * from npm that does less (closes only; no stop, target, cost or round trip).
 */
import { strict as assert } from 'node:assert';
import { backtest as theirBacktest, type Action } from 'indicatorts';
import type { Outcome } from '#core/execution/outcome.ts';
import { createScratch, runKernel } from '#core/execution/kernel.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import { prices } from '#core/market/bars.ts';
import type { Row } from '../row.ts';
import { compileRival, type CRival } from './c-rival.ts';
import { makeRuns, type MadeRun } from './made-run.ts';

const BARS = 1_000_000;
const ROUNDS = 7;
const REPETITIONS = 15;
const mostTimesC = 1.5;
const leastMegabars: Readonly<Record<string, number>> = { dense: 220, sparse: 350 };

export async function engineBench(): Promise<Row[]> {
  const rival = compileRival();
  try {
    return makeRuns(BARS).flatMap((made) => measure(made, rival));
  } finally {
    rival?.close();
  }
}

/** All three take turns, so that a busy moment of the machine meets every one. */
function measure(made: MadeRun, rival: CRival | null): Row[] {
  const scratch = createScratch(BARS);
  const ours = () => finish(runKernel(made.kernelBars, made.signals, made.settings, { scratch }));
  const theirs = peerRun(made);
  const outcome = ours();
  assert.deepEqual(outcome, runReference(made.bars, made.signals, made.settings));
  const oursMs: number[] = [];
  const timesC: number[] = [];
  const timesPeer: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ms = medianMs(ours);
    oursMs.push(ms);
    timesPeer.push(ms / medianMs(theirs));
    if (!rival) continue;
    const c = rival.run(made, REPETITIONS);
    assert.equal(c.roundTrips, outcome.roundTrips.count);
    assert.equal(c.lastEquity, outcome.equity.at(-1));
    timesC.push(ms / c.medianMs);
  }
  const ms = median(oursMs);
  return [
    againstC(made, ms, timesC),
    againstLimit(made, ms),
    againstPeer(made, ms, median(timesPeer)),
  ];
}

function againstC({ name }: MadeRun, ms: number, timesC: readonly number[]): Row {
  const ratio = timesC.length === 0 ? NaN : median(timesC);
  return {
    name: `kernel ÷ C, ${name} trades, 1 M bars`,
    value: ms,
    unit: 'ms',
    rival: timesC.length === 0 ? 'C -O3 (no compiler here)' : 'C -O3',
    ratio,
    target: `≤ ${mostTimesC}`,
    pass: timesC.length === 0 ? null : ratio <= mostTimesC,
  };
}

function againstLimit({ name }: MadeRun, ms: number): Row {
  const megabars = BARS / 1000 / ms;
  const least = leastMegabars[name]!;
  return {
    name: `kernel bars/s, ${name} trades`,
    value: megabars,
    unit: 'M bars/s',
    rival: `${least} M bars/s`,
    ratio: megabars / least,
    target: `≥ ${least} M bars/s`,
    pass: megabars >= least,
  };
}

function againstPeer({ name }: MadeRun, ms: number, ratio: number): Row {
  return {
    name: `kernel ÷ npm backtester, ${name} trades`,
    value: ms,
    unit: 'ms',
    rival: 'indicatorts (closes, no costs)',
    ratio,
    target: '≤ 1',
    pass: ratio <= 1,
  };
}

/** One run of the peer over the same closes and signals, its arrays made beforehand. */
function peerRun({ name, bars, signals }: MadeRun): () => unknown {
  const column = (field: 'open' | 'high' | 'low' | 'close') => [
    ...prices(bars.bid, field, bars.scale),
  ];
  const asset = {
    dates: Array.from(bars.timesMs, (timeMs) => new Date(timeMs)),
    openings: column('open'),
    closings: column('close'),
    highs: column('high'),
    lows: column('low'),
    volumes: [...signals.entry],
  };
  const actions: Action[] = [...signals.entry];
  return () => theirBacktest(asset, [{ name, strategy: () => actions }]);
}

function finish(steps: Generator<number, Outcome>): Outcome {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function medianMs(work: () => unknown): number {
  const times: number[] = [];
  for (let k = 0; k < REPETITIONS; k++) {
    const startMs = performance.now();
    work();
    times.push(performance.now() - startMs);
  }
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
