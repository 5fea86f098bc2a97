/**
 * How fast indicators and rules are over columns in the kernel's memory: against the same
 * definitions in C, against the fastest indicators that npm has.
 *
 * Sums that must not drift are kept in twice the digits by us and by C; the peers' drift. The
 * peers are indicatorts and @ixjb94/indicators, whichever is faster; where C itself is bound by
 * one recurrence a bar, no multiple of a peer beyond C's can be reached, and the row is missed.
 */
import { strict as assert } from 'node:assert';
import { IndicatorsSync } from '@ixjb94/indicators';
import * as indicatorts from 'indicatorts';
import { findIndicator } from '#core/indicators/registry.ts';
import { prices } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { openRoom, type ColumnRoom } from '#workers/kernel/column-room.ts';
import { openComparisons } from '#workers/kernel/comparisons.ts';
import { compileKernel } from '#workers/kernel/compile.ts';
import { openIndicators } from '#workers/kernel/indicators.ts';
import { madeColumns, type MadeColumns, type Series } from '#workers/kernel/made-columns.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { compileColumns, type CColumn } from './columns-rival.ts';
import { medianMs } from './timing.ts';

const BARS = 1_000_000;
const ROUNDS = 5;
const REPETITIONS = 5;
const mostTimesC = 1.2;
const mostTimesCRules = 1.4;
const leastTimesPeer = { ema: 7, rest: 12 } as const;

type Prices = Readonly<Record<'high' | 'low' | 'close', number[]>>;

/** Computes, and hands over what looks up the figure that C prints. */
type Work = () => () => number;

interface Measured {
  readonly name: string;
  readonly sources: readonly ('high' | 'low' | 'close')[];
  readonly parameters: readonly number[];
  /** Index of the output whose last value C prints. */
  readonly checked: number;
  readonly peers: readonly ((prices: Prices) => unknown)[];
}

const theirs = new IndicatorsSync();
const close = ['close'] as const;
const bar = ['high', 'low', 'close'] as const;

const measured: readonly Measured[] = [
  {
    ...{ name: 'sma', sources: close, parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.sma(p.close, { period: 20 }), (p) => theirs.sma(p.close, 20)],
  },
  {
    ...{ name: 'ema', sources: close, parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.ema(p.close, { period: 20 }), (p) => theirs.ema(p.close, 20)],
  },
  {
    ...{ name: 'rma', sources: close, parameters: [14], checked: 0 },
    peers: [(p) => indicatorts.rma(p.close, { period: 14 })],
  },
  {
    ...{ name: 'sum', sources: close, parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.msum(p.close, { period: 20 }), (p) => theirs.sum(p.close, 20)],
  },
  {
    ...{ name: 'stdev', sources: close, parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.mstd(p.close, { period: 20 }), (p) => theirs.stddev(p.close, 20)],
  },
  {
    ...{ name: 'rsi', sources: close, parameters: [14], checked: 0 },
    peers: [(p) => indicatorts.rsi(p.close, { period: 14 }), (p) => theirs.rsi(p.close, 14)],
  },
  {
    ...{ name: 'roc', sources: close, parameters: [10], checked: 0 },
    peers: [(p) => indicatorts.roc(p.close, { period: 10 }), (p) => theirs.roc(p.close, 10)],
  },
  {
    ...{ name: 'highest', sources: ['high'], parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.mmax(p.high, { period: 20 }), (p) => theirs.max(p.high, 20)],
  },
  {
    ...{ name: 'lowest', sources: ['low'], parameters: [20], checked: 0 },
    peers: [(p) => indicatorts.mmin(p.low, { period: 20 }), (p) => theirs.min(p.low, 20)],
  },
  {
    ...{ name: 'true_range', sources: bar, parameters: [], checked: 0 },
    peers: [(p) => theirs.tr(p.high, p.low, p.close)],
  },
  {
    ...{ name: 'atr', sources: bar, parameters: [14], checked: 0 },
    peers: [(p) => theirs.atr(p.high, p.low, p.close, 14)],
  },
  {
    ...{ name: 'macd', sources: close, parameters: [12, 26, 9], checked: 2 },
    peers: [(p) => indicatorts.macd(p.close), (p) => theirs.macd(p.close, 12, 26, 9)],
  },
  {
    ...{ name: 'bollinger', sources: close, parameters: [20, 2], checked: 2 },
    peers: [(p) => indicatorts.bb(p.close, { period: 20 }), (p) => theirs.bbands(p.close, 20, 2)],
  },
  {
    ...{ name: 'adx', sources: bar, parameters: [14], checked: 0 },
    peers: [(p) => theirs.adx(p.high, p.low, 14)],
  },
];

export function columnRows(): Row[] {
  const bars = makeBars({ count: BARS, seed: 1 });
  const room = openRoom(compileKernel()!, bars)!;
  const columns = madeColumns(room, Infinity);
  const read = (field: 'high' | 'low' | 'close') => prices(bars.bid, field, bars.scale);
  const plain = { high: read('high'), low: read('low'), close: read('close') };
  const place = (values: Float64Array) => placed(room, room.bringIn(values));
  const sources = { high: place(plain.high), low: place(plain.low), close: place(plain.close) };
  const ruled = ruleColumns(plain.close);
  const rival = compileColumns([plain.high, plain.low, plain.close, ...ruled]);
  const works = new Map<string, Work>();
  for (const one of measured) works.set(one.name, indicatorWork(room, columns, one, sources));
  works.set('rule', ruleWork(room, columns, sources.close, ruled.map(place)));
  const ours = new Map([...works.keys()].map((name) => [name, [] as number[]]));
  const c = new Map([...works.keys()].map((name) => [name, [] as CColumn[]]));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, work] of works) ours.get(name)!.push(medianMs(work, REPETITIONS));
      for (const [name, came] of Object.entries(rival?.run(REPETITIONS) ?? {})) {
        c.get(name)!.push(came);
      }
    }
  } finally {
    rival?.close();
  }
  for (const [name, work] of works) {
    const last = work()();
    assert.equal(last, c.get(name)![0]?.last ?? last, name);
  }
  const peers = peerRows(plain, ours);
  return [
    ...measured.map(({ name }) =>
      againstC(`${name} ÷ C, 1 M bars`, ours.get(name)!, c.get(name)!, mostTimesC),
    ),
    againstC('rule to bitset ÷ C, 1 M bars', ours.get('rule')!, c.get('rule')!, mostTimesCRules),
    ...peers,
  ];
}

/** A column of the kernel's memory, as if it came only once: nothing is kept of it. */
function placed(room: ColumnRoom, at: number): Series {
  const start = room.kernel.startOf(at, room.bars.length);
  const series = { kind: 'series', id: 0, at, shadow: 0, start, warmup: start } as const;
  return { ...series, lasts: false, used: 0 };
}

/** All outputs. */
function indicatorWork(
  room: ColumnRoom,
  columns: MadeColumns,
  { name, sources, parameters, checked }: Measured,
  placed: Readonly<Record<string, Series>>,
): Work {
  const indicators = openIndicators(room, columns);
  const given = sources.map((source) => placed[source]!);
  return () => {
    columns.begin();
    const { each } = indicators.compute(name, given, parameters, null);
    const last = each.map((one) => {
      if (one.kind === 'series') return one.at;
      const at = room.takeSeries();
      room.kernel.bandOf(at, one.middle.at, one.width.at, one.factor, room.words);
      room.give(at, room.seriesBytes);
      return at;
    })[checked]!;
    return () => room.view(last).at(-1)!;
  };
}

/** Two averages, a strength and a trend. */
function ruleColumns(close: Float64Array): readonly Float64Array[] {
  const of = (name: string, period: number) =>
    findIndicator(name)!.compute([close], [period])[0] as Float64Array;
  return [of('sma', 10), of('sma', 20), of('rsi', 14), of('ema', 200)].map((one) => one.slice());
}

/** crosses_above(a, b) and strength < 70 and close > trend; hands over how often it holds. */
function ruleWork(
  room: ColumnRoom,
  columns: MadeColumns,
  close: Series,
  [a, b, strength, trend]: readonly Series[],
): Work {
  const { kernel, words, bitsBytes } = room;
  const named = [a, b, strength, trend].map((one, k) => ({ ...one!, id: k + 1 }));
  const comparisons = openComparisons(room, columns, () => close);
  const [crosses, weak, rises] = [1, 2, 3].map(() => room.take(bitsBytes));
  return () => {
    comparisons.cross('above', named[0]!, named[1]!, crosses!);
    comparisons.compare('<', named[2]!, 70, weak!);
    comparisons.compare('>', close, named[3]!, rises!);
    kernel.bitsAnd(crosses!, crosses!, weak!, words);
    kernel.bitsAnd(crosses!, crosses!, rises!, words);
    return () => setBits(room, crosses!);
  };
}

function setBits(room: ColumnRoom, at: number): number {
  let count = 0;
  for (let word of new Uint32Array(room.bytes(at, room.words * 8).slice().buffer)) {
    for (; word !== 0; word &= word - 1) count++;
  }
  return count;
}

/** Kept in twice the digits by us, so that a million bars later they are as exact as at first. */
const drifts: ReadonlySet<string> = new Set(['sum', 'stdev', 'bollinger']);

/** The faster of the peers that have it; they are given plain arrays, which suits them best. */
function peerRows(
  plain: Readonly<Record<'high' | 'low' | 'close', Float64Array>>,
  ours: ReadonlyMap<string, readonly number[]>,
): Row[] {
  const arrays = { high: [...plain.high], low: [...plain.low], close: [...plain.close] };
  return measured.map(({ name, peers }) => {
    const fastest = Math.min(...peers.map((peer) => medianMs(() => peer(arrays), REPETITIONS)));
    const least = name === 'ema' ? leastTimesPeer.ema : leastTimesPeer.rest;
    const ms = median(ours.get(name)!);
    return {
      name: `${name} against the fastest from npm`,
      value: ms,
      unit: 'ms',
      rival: 'the fastest from npm',
      ratio: fastest / ms,
      target: `≥ ${least} × as fast`,
      pass: fastest / ms >= least,
      reason: drifts.has(name)
        ? 'its single sums drift, ours are kept in twice the digits'
        : 'so near C already that C would not reach it either',
    };
  });
}

function againstC(name: string, ours: readonly number[], c: readonly CColumn[], most: number): Row {
  const compared = c.length > 0;
  const ratio = compared ? median(ours.map((ms, round) => ms / c[round]!.medianMs)) : NaN;
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
