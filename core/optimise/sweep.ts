/** A search over the inputs of a strategy: what is varied, on which prices, judged how. */
import { assert } from '../assert.ts';
import type { PriceSeries } from '../collections/price-series.ts';
import type { Failure } from '../errors.ts';
import { onBarsAlone } from '../execution/asked-prices.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Axis } from './axis.ts';
import { permuted } from './permutation.ts';
import type { Constraints } from './rank.ts';
import type { ObjectiveKey } from './figures.ts';
import type { Segment, Validation } from './segments.ts';
import { combinationCount, valuesOf } from './space.ts';

/** `grid` tries everything, `random` a part; `genetic` and `bayesian` learn from what they tried. */
export const searchMethods = ['grid', 'random', 'genetic', 'bayesian'] as const;

export type SearchMethod = (typeof searchMethods)[number];

/** A stored series as it was when a search began. */
export type PricesMark = Pick<PriceSeries, 'id' | 'bars' | 'firstMs' | 'lastMs'>;

export interface Sweep {
  readonly id: string;
  readonly strategyId: string | null;
  readonly strategyName: string;
  /** The rule text as it is searched. */
  readonly source: string;
  readonly seriesId: string;
  /** The prices when the search began: a search goes on over the same ones or not at all. */
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /**
   * What is read beside the bars, in the order of `sourcesBeside`; held to like them. Missing =
   * nothing: searches were once made on the bars alone, see `asWalked`.
   */
  readonly beside?: readonly PricesMark[] | undefined;
  readonly settings: RunSettings;
  /** Values of the inputs that are not varied; missing = the text's own default. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly axes: readonly Axis[];
  readonly method: SearchMethod;
  readonly seed: number;
  /** How many combinations are tried. */
  readonly trials: number;
  /** Trials computed and stored at one go. */
  readonly batchTrials: number;
  readonly validation: Validation;
  /** The stretches of time that each trial is measured over; see `segments.ts`. */
  readonly segments: readonly Segment[];
  /** The figures of a trial in stored order. */
  readonly figures: readonly string[];
  readonly objective: ObjectiveKey;
  readonly constraints: Constraints;
  readonly createdMs: number;
  readonly state: 'open' | 'finished' | 'stopped';
  /**
   * Of a guided search alone: the combination of each trial, −1 where it is not chosen yet. Worked
   * out from what earlier trials came to and never stored; see `guided.ts`.
   */
  readonly drawn?: Float64Array | undefined;
}

/** Trials a worker takes at a time: small enough to report often, large enough to be cheap. */
export const batchTrials = 125;

/** More would neither fit on a page nor in the reader's head. */
export const mostTrials = 200_000;

/** Trials × segments at most: each is about a hundred bytes, held whole by the page. */
export const mostMeasures = 500_000;

export function batchCount(sweep: Pick<Sweep, 'trials' | 'batchTrials'>): number {
  return Math.ceil(sweep.trials / sweep.batchTrials);
}

/** The number of the combination that a trial tries. */
export function trialCombination(
  sweep: Pick<Sweep, 'axes' | 'method' | 'seed' | 'drawn'>,
  trial: number,
): number {
  switch (sweep.method) {
    case 'grid':
      return trial;
    case 'random':
      return permuted(combinationCount(sweep.axes), sweep.seed, trial);
    case 'genetic':
    case 'bayesian': {
      const combination = sweep.drawn?.[trial] ?? -1;
      assert(combination >= 0, 'the combination of the trial is chosen');
      return combination;
    }
  }
}

/** Every input that a trial sets, varied or not, by name. */
export function trialInputs(
  sweep: Pick<Sweep, 'axes' | 'method' | 'seed' | 'inputs' | 'drawn'>,
  trial: number,
): Readonly<Record<string, number>> {
  return { ...sweep.inputs, ...valuesOf(sweep.axes, trialCombination(sweep, trial)) };
}

/** Which trial tries a combination; undefined where none does. */
export function trialFinder(
  sweep: Pick<Sweep, 'axes' | 'method' | 'seed' | 'trials' | 'drawn'>,
): (combination: number) => number | undefined {
  if (sweep.method === 'grid') return (combination) => combination;
  const trials = new Map<number, number>();
  for (let trial = 0; trial < sweep.trials; trial++) {
    if (sweep.drawn && sweep.drawn[trial]! < 0) continue;
    trials.set(trialCombination(sweep, trial), trial);
  }
  return (combination) => trials.get(combination);
}

export function markOf({ id, bars, firstMs, lastMs }: PriceSeries): PricesMark {
  return { id, bars, firstMs, lastMs };
}

/** The search with the settings it was really walked with, where an earlier version made it. */
export function asWalked(stored: Sweep): Sweep {
  return stored.beside ? stored : { ...stored, settings: onBarsAlone(stored.settings) };
}

/**
 * What was beside the bars when the search began and is no longer, or is now and was not; null
 * where all is as it was.
 */
export function changedBeside(
  { beside = [] }: Pick<Sweep, 'beside'>,
  now: readonly PricesMark[],
): PricesMark | null {
  const keys = ['id', 'bars', 'firstMs', 'lastMs'] as const;
  const at = now.findIndex((one, k) => keys.some((key) => one[key] !== beside[k]?.[key]));
  return at < 0 ? null : (beside[at] ?? now[at]!);
}

export function pricesChanged({ id, bars }: Pick<PricesMark, 'id' | 'bars'>): Failure {
  const detail = `${id} is no longer the series of ${bars} bars that the search began with.`;
  return { code: 'optimise.prices-changed', detail, figures: { series: id, bars } };
}
