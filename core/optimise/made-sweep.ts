/** A search over synthetic prices, for tests and benchmarks. */
import { defaultSettings } from '../execution/settings.ts';
import type { Bars } from '../market/bars.ts';
import { figureKeys } from './figures.ts';
import { segmentsOf } from './segments.ts';
import { combinationCount } from './space.ts';
import { batchTrials, type Sweep } from './sweep.ts';

const source = `input fast = 10 from 2 to 20 step 2
input slow = 30 from 10 to 60 step 10
let a = sma(close, fast)
let b = sma(close, slow)
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)
stop 2%
`;

/** Sixty combinations of two moving averages, unless `change` says otherwise. */
export function makeSweep(bars: Bars, change: Partial<Sweep> = {}): Sweep {
  const prices = { firstMs: bars.timesMs[0]!, lastMs: bars.timesMs.at(-1)! };
  const axes = change.axes ?? [
    { name: 'fast', from: 2, to: 20, step: 2 },
    { name: 'slow', from: 10, to: 60, step: 10 },
  ];
  const validation = change.validation ?? { kind: 'none' };
  return {
    id: 'made',
    strategyId: null,
    strategyName: 'Made',
    source,
    seriesId: 'MADE.H1',
    bars: bars.length,
    ...prices,
    settings: { ...defaultSettings, exclusive: true },
    inputs: {},
    axes,
    method: 'grid',
    seed: 1,
    trials: combinationCount(axes),
    batchTrials,
    validation,
    segments: segmentsOf(validation, prices),
    figures: figureKeys,
    objective: 'sharpeGeometric',
    constraints: { minRoundTrips: 1, maxDrawdownPct: null },
    createdMs: 0,
    state: 'open',
    ...change,
  };
}
