/** The searches of an archive: how they are checked, and how their batches become bytes. */
import type { Failure } from '#core/errors.ts';
import { axisFault, type Axis } from '#core/optimise/axis.ts';
import { objectives } from '#core/optimise/figures.ts';
import { guides } from '#core/optimise/guided.ts';
import { trialStates } from '#core/optimise/measures.ts';
import type { Constraints } from '#core/optimise/rank.ts';
import type { Hole, Segment, Validation } from '#core/optimise/segments.ts';
import { combinationCount, mostCombinations } from '#core/optimise/space.ts';
import {
  batchCount,
  mostMeasures,
  mostTrials,
  searchMethods,
  type PricesMark,
  type Sweep,
} from '#core/optimise/sweep.ts';
import { ok, type Result } from '#core/result.ts';
import { invalid, readRows, type Entries } from './archive-file.ts';
import { id, inputs, name, settings, source } from '#core/collections/row-shapes.ts';
import type { SweepBatch } from './database.ts';
import {
  finite,
  list,
  object,
  oneOf,
  optional,
  orElse,
  orNull,
  whole,
  type Shape,
} from '#core/collections/shape.ts';

export interface ArchivedSweeps {
  readonly sweeps: readonly Sweep[];
  readonly sweepBatches: readonly SweepBatch[];
}

const kinds = ['none', 'holdout', 'rolling', 'anchored', 'purged'] as const;
const mostWindows = 1000;
/** A search that says it keeps more would take the page's memory with it. */
const mostFigures = 50;

const validation: Shape<Validation> = (value, path) => {
  const { kind } = object<{ kind: Validation['kind'] }>({ kind: oneOf(kinds) })(value, path);
  if (kind === 'none') return { kind };
  if (kind === 'holdout') {
    return { kind, ...object<{ splitMs: number }>({ splitMs: finite })(value, path) };
  }
  if (kind === 'purged') {
    const folds = object<{ folds: number; embargoBars: number }>({
      folds: whole,
      embargoBars: whole,
    });
    return { kind, ...folds(value, path) };
  }
  const shape = object<{ windows: number; ratio: number }>({ windows: whole, ratio: finite });
  return { kind, ...shape(value, path) };
};

const segment: Shape<Segment> = (value, path) => {
  const plain = object<Omit<Segment, 'without'>>({
    role: oneOf(['search', 'test']),
    fromMs: finite,
    toMs: finite,
  })(value, path);
  const { without } = object<{ without: Hole | null }>({
    without: orElse(
      orNull(object<Hole>({ fromMs: finite, toMs: finite, embargoBars: whole })),
      null,
    ),
  })(value, path);
  return without ? { ...plain, without } : plain;
};

const mark: Shape<PricesMark> = object<PricesMark>({
  id,
  bars: whole,
  firstMs: finite,
  lastMs: finite,
});
const mostBeside = 100;

const sweepShape: Shape<Sweep> = object<Omit<Sweep, 'drawn'>>({
  id,
  strategyId: orNull(id),
  strategyName: name,
  source,
  seriesId: id,
  bars: whole,
  firstMs: finite,
  lastMs: finite,
  beside: optional(list(mark, mostBeside)),
  settings,
  inputs,
  axes: list(object<Axis>({ name, from: finite, to: finite, step: finite }), 100),
  method: oneOf(searchMethods),
  seed: finite,
  trials: whole,
  batchTrials: whole,
  validation,
  segments: list(segment, 2 * mostWindows),
  figures: list(id, mostFigures),
  objective: oneOf(objectives.map(({ key }) => key)),
  constraints: object<Constraints>({ minRoundTrips: finite, maxDrawdownPct: orNull(finite) }),
  createdMs: finite,
  state: oneOf(['open', 'finished', 'stopped']),
});

/** Why no search can be as the row says, or null where it can. */
function faultOfSweep(sweep: Sweep): string | null {
  const { axes, trials, batchTrials, segments, figures } = sweep;
  if (axes.length === 0) return 'It varies nothing.';
  for (const axis of axes) {
    const fault = axisFault(axis);
    if (fault !== null) return fault;
  }
  if (new Set(axes.map((axis) => axis.name)).size < axes.length) return 'An input is varied twice.';
  const combinations = combinationCount(axes);
  if (combinations > mostCombinations) return 'It has too many combinations.';
  if (trials < 1 || trials > Math.min(combinations, mostTrials)) return 'It has no such trials.';
  if (sweep.method === 'grid' && trials !== combinations) return 'It leaves combinations out.';
  if (batchTrials < 1 || batchTrials > mostTrials) return 'Its batches have no such size.';
  const guide = guides[sweep.method];
  if (guide && (batchTrials !== guide.batchTrials || trials > guide.mostTrials)) {
    return 'Its generations have no such size.';
  }
  if (new Set(figures).size < figures.length) return 'It keeps a figure twice.';
  if (segments.length * trials > mostMeasures) return 'It measures too much.';
  const roles = segments.map(({ role }) => role).join(' ');
  return roles === rolesOf(sweep.validation) ? null : 'Its stretches are not of its kind.';
}

function rolesOf(validation: Validation): string {
  if (validation.kind === 'none') return 'search';
  const pairs =
    validation.kind === 'holdout'
      ? 1
      : Math.min('folds' in validation ? validation.folds : validation.windows, mostWindows);
  return new Array<string>(pairs).fill('search test').join(' ');
}

/** Which batch lies next in the archive's bytes, and how many trials and values it has. */
export interface BatchPlace {
  readonly sweepId: string;
  readonly batch: number;
  readonly trials: number;
  readonly values: number;
}

const batchPlaceShape: Shape<BatchPlace> = object<BatchPlace>({
  sweepId: id,
  batch: whole,
  trials: whole,
  values: whole,
});

export function placeOfBatch({ sweepId, batch, states, values }: SweepBatch): BatchPlace {
  return { sweepId, batch, trials: states.length, values: values.length };
}

/** A multiple of eight, so that the values of each batch start where they may. */
function sizeOfBatch({ trials, values }: BatchPlace): number {
  return 8 * (values + Math.ceil(trials / 8));
}

/** The values of a batch as they lie in memory, its states after them. */
export function writeBatch(row: SweepBatch): Uint8Array {
  const { values, states } = row;
  const out = new Uint8Array(sizeOfBatch(placeOfBatch(row)));
  out.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  out.set(states, values.byteLength);
  return out;
}

function readBatch(from: Uint8Array, { sweepId, batch, trials, values }: BatchPlace): SweepBatch {
  const end = 8 * values;
  return {
    sweepId,
    batch,
    states: from.slice(end, end + trials),
    values: new Float64Array(from.slice(0, end).buffer),
  };
}

/** The searches of `entries` and what they found. Error: `store.archive-invalid`. */
export function readSweeps(entries: Entries): Result<ArchivedSweeps, Failure> {
  const sweeps = readRows(entries, 'sweeps.json', sweepShape, (row) => row.id);
  if (!sweeps.ok) return sweeps;
  for (const sweep of sweeps.value) {
    const fault = faultOfSweep(sweep);
    if (fault !== null) return invalid(`a search cannot be as it says: ${fault.slice(0, -1)}`);
  }
  const keyOf = ({ sweepId, batch }: BatchPlace) => `${sweepId} ${batch}`;
  const places = readRows(entries, 'sweep-batches.json', batchPlaceShape, keyOf);
  if (!places.ok) return places;
  const bytes = entries['sweep-batches.bin'];
  const known = new Map(sweeps.value.map((sweep) => [sweep.id, sweep]));
  const sweepBatches: SweepBatch[] = [];
  let at = 0;
  for (const place of places.value) {
    const sweep = known.get(place.sweepId);
    if (!sweep || !isBatchOf(sweep, place)) return invalid('it has trials of no search of its own');
    const end = at + sizeOfBatch(place);
    if (end > bytes.length) return invalid('its searches are not as long as it says');
    const batch = readBatch(bytes.subarray(at, end), place);
    if (batch.states.some((state) => state >= trialStates.length)) {
      return invalid('a trial of it has come to nothing known');
    }
    sweepBatches.push(batch);
    at = end;
  }
  if (at !== bytes.length) return invalid('its searches are not as long as it says');
  return ok({ sweeps: sweeps.value, sweepBatches });
}

function isBatchOf(sweep: Sweep, { batch, trials, values }: BatchPlace): boolean {
  const { batchTrials, segments, figures } = sweep;
  return (
    batch < batchCount(sweep) &&
    trials === Math.min(batchTrials, sweep.trials - batch * batchTrials) &&
    values === trials * segments.length * figures.length
  );
}
