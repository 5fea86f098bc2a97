/** The rows of an archive: how each is checked when it comes back, and how arrays become bytes. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import { id, name } from '#core/collections/row-shapes.ts';
import {
  anything,
  finite,
  flag,
  list,
  matching,
  object,
  whole,
  type Shape,
} from '#core/collections/shape.ts';
import type { Setting } from '#core/collections/setting.ts';

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
