/** The rows of an archive: how each is checked when it comes back, and how arrays become bytes. */
import type { WarmupRow } from '#core/code/warm-up.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Run, RunBand, RunInner } from '#core/collections/run.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { statistics, type Statistics } from '#core/statistics/registry.ts';
import type { Setting } from './database.ts';
import {
  anything,
  finite,
  flag,
  list,
  matching,
  object,
  oneOf,
  orElse,
  optional,
  orNull,
  record,
  text,
  whole,
  type Shape,
} from './shape.ts';

export const id = text(200);
export const name = text(1000);
export const source = text(1_000_000);
export const inputs = record(finite);
/** Missing in what was kept before there was a second one. */
const language = oneOf(['rules', 'code']);

const standard = defaultSettings;

/** What an older archive leaves out is at its default, as it was then. */
export const settings: Shape<RunSettings> = object<RunSettings>({
  cash: finite,
  commission: object({
    fixed: finite,
    rate: finite,
    perLot: orElse(finite, 0),
    minimum: orElse(finite, 0),
  }),
  spread: object({ rate: finite, points: orElse(finite, 0), column: orElse(flag, false) }),
  slippage: orElse(
    object({
      kind: oneOf(['none', 'fixed', 'random', 'volume']),
      points: finite,
      seed: finite,
    }),
    standard.slippage,
  ),
  swap: orElse(
    object({
      longPerLot: finite,
      shortPerLot: finite,
      tripleWeekday: whole,
      rolloverHour: whole,
      zone: id,
    }),
    standard.swap,
  ),
  margin: finite,
  fill: oneOf(['nextOpen', 'close']),
  path: orElse(
    oneOf(['pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks']),
    standard.path,
  ),
  units: oneOf(['whole', 'fractional']),
  volume: orElse(object({ step: finite, min: finite, max: finite }), standard.volume),
  positions: orElse(oneOf(['single', 'netting', 'hedging']), standard.positions),
  sides: orElse(oneOf(['both', 'long', 'short']), standard.sides),
  exclusive: flag,
  stopOut: orElse(orNull(finite), null),
  closeAtEnd: flag,
  rounding: oneOf(['none', 'account']),
  contractSize: finite,
});

export const strategyShape: Shape<Strategy> = object<Strategy>({
  id,
  name,
  source,
  language: optional(language),
  inputs,
  settings,
  createdMs: finite,
  updatedMs: finite,
  deletedMs: orNull(finite),
});

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

export const runShape: Shape<Run> = object<Run>({
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
});

export const settingShape: Shape<Setting> = object<Setting>({ key: id, value: anything });

export const seriesShape: Shape<PriceSeries> = object<PriceSeries>({
  id,
  symbol: id,
  timeframe: id,
  bars: whole,
  firstMs: finite,
  lastMs: finite,
  digits: whole,
  scale: finite,
  hasAsk: flag,
  hasVolume: flag,
  storedBytes: whole,
  importedMs: finite,
  sources: list(
    object({
      fileName: name,
      format: id,
      zone: id,
      importedMs: finite,
      added: whole,
      problems: whole,
    }),
    100_000,
  ),
});

/** Where one month of bars lies in the archive's bytes. */
export interface ChunkPlace {
  readonly seriesId: string;
  readonly month: string;
  readonly bars: number;
  readonly bytes: number;
}

export const chunkPlaceShape: Shape<ChunkPlace> = object<ChunkPlace>({
  seriesId: id,
  month: matching(/^\d{4}-(0[1-9]|1[0-2])$/),
  bars: whole,
  bytes: whole,
});

/** Where one day of ticks lies in the archive's bytes. */
export interface TickPlace {
  readonly seriesId: string;
  readonly day: string;
  readonly ticks: number;
  readonly bytes: number;
}

export const tickPlaceShape: Shape<TickPlace> = object<TickPlace>({
  seriesId: id,
  day: matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  ticks: whole,
  bytes: whole,
});
