/** A finished backtest: everything needed to show it again and to prove it is the same run. */
import type { WarmupRow } from '../code/warm-up.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Language } from './strategy.ts';
import { statistics, type Statistics } from '../statistics/registry.ts';
import type { Collection } from './collection.ts';
import { id, inputs, language, name, settings, source } from './row-shapes.ts';
import {
  anything,
  finite,
  list,
  matching,
  object,
  optional,
  orNull,
  record,
  text,
  whole,
  type Shape,
} from './shape.ts';

export interface Run {
  readonly id: string;
  readonly strategyId: string | null;
  readonly strategyName: string;
  /** The text as it was run. */
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
  readonly seriesId: string;
  /** SHA-256, hex: the same bars, rules and settings give the same hash on every machine. */
  readonly hash: string;
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly warmupBars: number;
  readonly roundTrips: number;
  readonly ambiguousRoundTrips: number;
  readonly droppedEntries: number;
  readonly stats: Statistics;
  readonly createdMs: number;
  readonly tookMs: number;
  readonly note: string;
  /**
   * Ids of further series that the same rules traded on the same account, after the first;
   * missing = none. With them bars and times are those of the common timeline.
   */
  readonly portfolio?: readonly string[];
  /** What moved inside the bars; missing = only their own four prices were asked for. */
  readonly inner?: RunInner;
  /** Ids of series of other symbols that the rules read; missing = none. */
  readonly companions?: readonly string[];
  /** What the text is written in; missing = rules. */
  readonly language?: Language;
  /** What a strategy in code wrote, and which of its orders were refused; missing = nothing. */
  readonly log?: readonly string[];
  /** What history each column of a strategy in code needs; missing = not looked at. */
  readonly warmup?: readonly WarmupRow[];
  /** What the round trips in doubt could change; missing = none is, or the run is older. */
  readonly band?: RunBand;
}

/** See `core/execution/band.ts`; each trip's other profit is with the run's arrays. */
export interface RunBand {
  /** How many round trips left a bar that held both their stop and their target. */
  readonly trips: number;
  /** Final equity if each of them had gone the better way, and the worse. */
  readonly bestEquity: number;
  readonly worstEquity: number;
}

export interface RunInner {
  /** Ids of the series, one for each market of the run. */
  readonly seriesIds: readonly string[];
  /** Bars of all markets together. */
  readonly bars: number;
  /** How many of them had any price inside; the others were walked by their own four. */
  readonly covered: number;
}

/** A statistic that the archive's Offing did not know yet is undefined, as null says. */
const stats: Shape<Statistics> = (value, path) => {
  const known = record(orNull(finite))(value, path);
  const entries = statistics.map(({ key }) => [key, known[key] ?? null] as const);
  return Object.fromEntries(entries) as Statistics;
};

const warmupRow = object<WarmupRow>({
  name: text(1000),
  firstBar: orNull(whole),
  settledBars: orNull(whole),
});

const shapes: { readonly [K in keyof Required<Run>]: Shape<Run[K]> } = {
  id,
  strategyId: orNull(id),
  strategyName: name,
  source,
  inputs,
  settings,
  seriesId: id,
  hash: matching(/^[0-9a-f]{64}$/),
  bars: whole,
  firstMs: finite,
  lastMs: finite,
  warmupBars: whole,
  roundTrips: whole,
  ambiguousRoundTrips: whole,
  droppedEntries: whole,
  stats,
  createdMs: finite,
  tookMs: finite,
  note: text(100_000),
  portfolio: optional(list(id, 1000)),
  inner: optional(object<RunInner>({ seriesIds: list(id, 1000), bars: whole, covered: whole })),
  companions: optional(list(id, 1000)),
  language: optional(language),
  log: optional(list(text(2000), 100_000)),
  warmup: optional(list(warmupRow, 1000)),
  band: optional(object<RunBand>({ trips: whole, bestEquity: finite, worstEquity: finite })),
};
export const runShape: Shape<Run> = object<Run>(shapes);

const optionalFields: readonly string[] = [
  'portfolio',
  'inner',
  'companions',
  'language',
  'log',
  'warmup',
  'band',
];
const { id: _, ...fieldShapes } = shapes;

/** Written once, save for its note; its arrays travel as chunks. */
export const runs: Collection = {
  name: 'runs',
  schemaVersion: 1,
  key: 'id',
  fields: {
    ...Object.fromEntries(
      Object.entries(fieldShapes).map(([field, shape]) => [
        field,
        {
          merge: 'value' as const,
          shape: shape as Shape<unknown>,
          ...(optionalFields.includes(field) && { optional: true as const }),
        },
      ]),
    ),
    arrays: { merge: 'binary', shape: anything },
  },
};
