/**
 * How fast the kernel is: against the same loop in C, against a limit, and against a backtester
 * from npm that does less (closes only; no stop, target, cost or round trip).
 *
 * C and the kernel both find bars and signals in their memory and leave equity there; C reads the
 * interleaved doubles of the twin, the WASM kernel its own columns of points. The row
 * `with its signals` is what one more run over a series costs a worker: signals brought in, round
 * trips and equity taken out.
 */
import { strict as assert } from 'node:assert';
import { backtest as theirBacktest, type Action } from 'indicatorts';
import { createScratch, runKernel } from '#core/execution/kernel.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import { runReference } from '#core/execution/reference-broker.ts';
import { prices } from '#core/market/bars.ts';
import { compileKernel } from '#workers/kernel/compile.ts';
import { createKernel } from '#workers/kernel/kernel.ts';
import { openSeries } from '#workers/kernel/resident-series.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import type { CRival } from './c-rival.ts';
import type { MadeRun } from './made-run.ts';
import { finish, medianMs } from './timing.ts';

const ROUNDS = 9;
const REPETITIONS = 15;
const BARS_PER_SLICE = 250_000;
const mostTimesC = 1.5;
/** The twin is an oracle and a fallback: a multiple above this would make it neither. */
const mostTimesCTwin = 6.5;
const leastMegabars: Readonly<Record<string, number>> = { dense: 220, sparse: 350 };

/** Milliseconds of each round; of C none where there is no compiler. */
interface Rounds {
  readonly wasm: number[];
  readonly whole: number[];
  readonly twin: number[];
  readonly c: number[];
}

export function kernelRows(made: MadeRun, rival: CRival | null): Row[] {
  const rounds = measure(made, rival);
  return [
    againstC(`kernel ÷ C, ${made.name} trades, 1 M bars`, rounds.wasm, rounds.c, mostTimesC),
    againstLimit(made, rounds),
    withSignals(made, rounds),
    againstPeer(made, rounds.wasm),
    againstC(`twin in TypeScript ÷ C, ${made.name} trades`, rounds.twin, rounds.c, mostTimesCTwin),
  ];
}

/** All take turns, so that a busy moment of the machine meets every one; the peer comes alone. */
function measure(made: MadeRun, rival: CRival | null): Rounds {
  const { bars, kernelBars, signals, settings } = made;
  const series = openSeries(compileKernel()!, bars)!;
  series.loadSignals(signals);
  const wasm = () => finish(series.trade(settings, BARS_PER_SLICE));
  const kernel = createKernel();
  const whole = () => finish(kernel.run(bars, signals, settings));
  const scratch = createScratch(bars.length);
  const twin = () => finish(runKernel(kernelBars, signals, settings, { scratch }));
  const outcome = runReference(bars, signals, settings);
  assert.deepEqual({ ...wasm(), equity: series.equity }, outcome);
  assert.deepEqual(whole(), outcome);
  assert.deepEqual(twin(), outcome);
  const rounds: Rounds = { wasm: [], whole: [], twin: [], c: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.wasm.push(medianMs(wasm, REPETITIONS));
    if (rival) rounds.c.push(cMs(rival, made, outcome));
    rounds.whole.push(medianMs(whole, REPETITIONS));
    rounds.twin.push(medianMs(twin, REPETITIONS));
  }
  return rounds;
}

function cMs(rival: CRival, made: MadeRun, outcome: Outcome): number {
  const c = rival.run(made, REPETITIONS);
  assert.equal(c.roundTrips, outcome.roundTrips.count);
  assert.equal(c.lastEquity, outcome.equity.at(-1));
  return c.medianMs;
}

function againstC(name: string, ours: readonly number[], c: readonly number[], most: number): Row {
  const compared = c.length > 0;
  const ratio = compared ? median(ours.map((ms, round) => ms / c[round]!)) : NaN;
  return {
    name,
    value: median(ours),
    unit: 'ms',
    rival: compared ? 'C -O3' : 'C -O3 (no compiler here)',
    ratio,
    target: `≤ ${most}`,
    pass: compared ? ratio <= most : null,
  };
}

/** Beside the limit stands what C reached in these very rounds: a busy machine slows both. */
function againstLimit({ name, bars }: MadeRun, { wasm, c }: Rounds): Row {
  const megabars = (times: readonly number[]) => bars.length / 1000 / median(times);
  const ours = megabars(wasm);
  const least = leastMegabars[name]!;
  return {
    name: `kernel bars/s, ${name} trades`,
    value: ours,
    unit: 'M bars/s',
    rival: c.length > 0 ? `limit (C here: ${megabars(c).toFixed(0)} M)` : 'limit',
    ratio: ours / least,
    target: `≥ ${least} M bars/s`,
    pass: ours >= least,
  };
}

function withSignals({ name }: MadeRun, { whole, wasm }: Rounds): Row {
  return {
    name: `kernel with its signals, ${name} trades`,
    value: median(whole),
    unit: 'ms',
    rival: 'the kernel alone',
    ratio: median(whole.map((ms, round) => ms / wasm[round]!)),
    target: 'reported',
    pass: null,
  };
}

/** Its million objects would slow every collection of ours: they are made when we are done. */
function againstPeer(made: MadeRun, wasm: readonly number[]): Row {
  const ratio = median(wasm) / medianMs(peerRun(made), ROUNDS * REPETITIONS);
  return {
    name: `kernel ÷ npm backtester, ${made.name} trades`,
    value: median(wasm),
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
