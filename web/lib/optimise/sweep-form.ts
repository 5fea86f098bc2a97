/** What a trader types to set up a search, and the search it stands for or what is wrong. */
import { axisCount, axisFault, type Axis } from '#core/optimise/axis.ts';
import { figureKeys, type ObjectiveKey } from '#core/optimise/figures.ts';
import { guides } from '#core/optimise/guided.ts';
import { segmentsOf, type Validation } from '#core/optimise/segments.ts';
import { combinationCount, mostCombinations } from '#core/optimise/space.ts';
import {
  batchTrials,
  mostMeasures,
  mostTrials,
  type SearchMethod,
  type Sweep,
} from '#core/optimise/sweep.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ProgramInput } from '#core/rules/compile.ts';
import { readNumber } from '#lib/ui/typed-number.ts';
import { say } from '../words/language.ts';

export interface AxisForm {
  readonly varied: boolean;
  readonly from: string;
  readonly to: string;
  readonly step: string;
}

export interface SweepForm {
  method: SearchMethod;
  trials: string;
  seed: string;
  objective: ObjectiveKey;
  minRoundTrips: string;
  /** Empty = any. */
  maxDrawdownPct: string;
  validation: Validation['kind'];
  /** Percent of the time that a held-out search looks at. */
  searchPercent: string;
  windows: string;
  /** How many tests long a walk-forward search looks back. */
  ratio: string;
  folds: string;
  embargoBars: string;
}

export const firstForm: SweepForm = {
  method: 'grid',
  trials: '500',
  seed: '1',
  objective: 'sharpeGeometric',
  minRoundTrips: '10',
  maxDrawdownPct: '',
  validation: 'holdout',
  searchPercent: '70',
  windows: '5',
  ratio: '3',
  folds: '5',
  embargoBars: '10',
};

type WholeNumber = 'seed' | 'minRoundTrips' | 'trials' | 'windows' | 'folds' | 'embargoBars';

/** The range the rules state, varied; an input without one stands still. */
export function axisForm(input: ProgramInput): AxisForm {
  const { min, max, step } = input;
  if (min === undefined || max === undefined) {
    const still = String(input.default);
    return { varied: false, from: still, to: still, step: '1' };
  }
  return {
    varied: true,
    from: String(min),
    to: String(max),
    step: String(step ?? (input.integer ? 1 : Number(((max - min) / 10).toPrecision(6)))),
  };
}

export function readAxis(input: ProgramInput, form: AxisForm): Axis {
  const number = (text: string) => readNumber(text) ?? NaN;
  return {
    name: input.name,
    from: number(form.from),
    to: number(form.to),
    step: number(form.step),
  };
}

/** Why the values cannot be used, else null. */
export function inputAxisFault(input: ProgramInput, axis: Axis): string | null {
  const fault = axisFault(axis);
  if (fault) return fault;
  if (input.min !== undefined && axis.from < input.min)
    return say`The rules allow ${input.min} up.`;
  if (input.max !== undefined && axis.to > input.max)
    return say`The rules allow up to ${input.max}.`;
  const whole = Number.isInteger(axis.from) && Number.isInteger(axis.step);
  return input.integer && !whole ? say`Whole numbers: it counts bars.` : null;
}

/** Combinations of the axes and how many of them the search would try. */
export function trialsOf(
  axes: readonly Axis[],
  form: SweepForm,
): { readonly combinations: number; readonly trials: number } {
  const combinations = axes.every((axis) => axisCount(axis) > 0) ? combinationCount(axes) : 0;
  const wanted = form.method === 'grid' ? combinations : (readNumber(form.trials) ?? 0);
  return { combinations, trials: Math.min(combinations, Math.floor(wanted)) };
}

export type SweepFaults = Partial<Record<keyof SweepForm | 'axes', string>>;

type Found = Pick<
  Sweep,
  | 'axes'
  | 'method'
  | 'seed'
  | 'trials'
  | 'batchTrials'
  | 'validation'
  | 'segments'
  | 'figures'
  | 'objective'
  | 'constraints'
>;

/** The part of a search that the form states. */
export function readForm(
  form: SweepForm,
  axes: readonly Axis[],
  prices: { readonly firstMs: number; readonly lastMs: number },
): Result<Found, SweepFaults> {
  const faults: SweepFaults = {};
  const whole = (key: WholeNumber, most: number, least = 0) => {
    const value = readNumber(form[key]);
    const right = value !== null && Number.isInteger(value) && value >= least && value <= most;
    if (!right) faults[key] = say`A whole number from ${least} to ${most}.`;
    return right ? value : least;
  };
  const { combinations, trials } = trialsOf(axes, form);
  const guide = guides[form.method];
  if (form.method !== 'grid') whole('trials', guide?.mostTrials ?? mostTrials, 1);
  const seed = whole('seed', 2 ** 31 - 1);
  const minRoundTrips = whole('minRoundTrips', 1_000_000);
  const drawdown = form.maxDrawdownPct.trim() === '' ? null : readNumber(form.maxDrawdownPct);
  const badLimit = drawdown === null ? form.maxDrawdownPct.trim() !== '' : drawdown <= 0;
  if (badLimit) faults.maxDrawdownPct = say`More than 0, or empty for any.`;
  const validation = readValidation(form, faults, whole, prices);
  if (guide && pairs.has(validation.kind)) faults.validation = guideSeesTests;
  if (axes.length === 0) faults.axes = say`Choose an input to vary.`;
  else if (combinations < 2) faults.axes = say`At least two combinations are needed.`;
  else if (combinations > mostCombinations) faults.axes = say`Fewer steps, please.`;
  else if (trials > mostTrials) {
    faults.axes = say`At most ${mostTrials.toLocaleString('en')} can be tried: larger steps, or a random search.`;
  }
  const segments = segmentsOf(validation, prices);
  if (!faults.axes && trials * segments.length > mostMeasures) {
    faults.axes = say`Too much to keep: fewer combinations or fewer windows.`;
  }
  if (Object.keys(faults).length > 0) return fail(faults);
  return ok({
    axes,
    method: form.method,
    seed,
    trials,
    batchTrials: guide?.batchTrials ?? batchTrials,
    validation,
    segments,
    figures: figureKeys,
    objective: form.objective,
    constraints: { minRoundTrips, maxDrawdownPct: drawdown },
  });
}

/** Tests that the search of another window or fold sees. */
const pairs: ReadonlySet<Validation['kind']> = new Set(['rolling', 'anchored', 'purged']);

const guideSeesTests = say`A search that learns would learn from the tests of other windows. Hold out the end, or try every combination or a random part.`;

function readValidation(
  form: SweepForm,
  faults: SweepFaults,
  whole: (key: 'windows' | 'folds' | 'embargoBars', most: number, least: number) => number,
  { firstMs, lastMs }: { readonly firstMs: number; readonly lastMs: number },
): Validation {
  switch (form.validation) {
    case 'none':
      return { kind: 'none' };
    case 'holdout': {
      const percent = readNumber(form.searchPercent);
      const right = percent !== null && percent >= 10 && percent <= 95;
      if (!right) faults.searchPercent = say`Between 10 and 95.`;
      const splitMs = firstMs + ((right ? percent : 70) / 100) * (lastMs - firstMs);
      return { kind: 'holdout', splitMs: Math.floor(splitMs / 86_400_000) * 86_400_000 };
    }
    case 'purged':
      return {
        kind: 'purged',
        folds: whole('folds', 20, 2),
        embargoBars: whole('embargoBars', 100_000, 0),
      };
    case 'rolling':
    case 'anchored': {
      const ratio = readNumber(form.ratio);
      const right = ratio !== null && ratio >= 0.5 && ratio <= 20;
      if (!right) faults.ratio = say`Between 0.5 and 20.`;
      const windows = whole('windows', 50, 2);
      return { kind: form.validation, windows, ratio: right ? ratio : 3 };
    }
  }
}
