/** The rows of an archive: how each is checked when it comes back, and how arrays become bytes. */
import { layouts, type ChartLayout } from '#core/collections/chart-layout.ts';
import { checklistItems, type ChecklistItem } from '#core/collections/checklist-item.ts';
import type { Collection, FieldRule } from '#core/collections/collection.ts';
import { drawings, type Drawing } from '#core/collections/drawing.ts';
import { goals, type Goal } from '#core/collections/goal.ts';
import { newsMonths, type NewsMonth } from '#core/collections/news-month.ts';
import { handTrips, type HandTrip } from '#core/collections/hand-trip.ts';
import { journalDays, type DayEntry } from '#core/collections/journal-day.ts';
import { journalViews, type SavedView } from '#core/collections/journal-view.ts';
import { notes, type Note } from '#core/collections/note.ts';
import { pictures, type Picture } from '#core/collections/picture.ts';
import { playbooks, type Playbook } from '#core/collections/playbook.ts';
import { priceFiles, type PriceFile } from '#core/collections/price-file.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { id, name } from '#core/collections/row-shapes.ts';
import {
  anything,
  finite,
  flag,
  list,
  matching,
  object,
  optional,
  orElse,
  record,
  text,
  whole,
  type Shape,
} from '#core/collections/shape.ts';
import { statements, type Statement } from '#core/collections/statement.ts';
import type { Setting } from '#core/collections/setting.ts';
import { tripEdits, type TripEdit } from '#core/collections/trip-edit.ts';
import { tripMarks, type TripMark } from '#core/collections/trip-mark.ts';
import { watchlist, type WatchlistItem } from '#core/collections/watchlist-item.ts';

export const settingShape: Shape<Setting> = object<Setting>({ key: id, value: anything });

/** Rows as the rules of their collection say. */
function rowShape<T extends object>({ key, fields }: Collection): Shape<T> {
  const shapes = Object.entries(fields).map(([field, rule]) => [field, fieldShape(rule)] as const);
  return object({ [key]: id, ...Object.fromEntries(shapes) }) as unknown as Shape<T>;
}

function fieldShape(rule: FieldRule): Shape<unknown> {
  switch (rule.merge) {
    case 'value':
      return rule.optional ? optional(rule.shape) : rule.shape;
    case 'struct':
      return object(rule.shapes);
    case 'map':
      return record(rule.shape);
    case 'set':
      // An older archive may lack one.
      return orElse(list(id, 10_000), []);
    case 'text':
      return list(text(50_000_000), 100_000);
    case 'binary':
      return optional(rule.shape);
  }
}

export const noteShape = rowShape<Note>(notes);
export const pictureShape = rowShape<Picture>(pictures);
export const statementShape = rowShape<Statement>(statements);
export const tripMarkShape = rowShape<TripMark>(tripMarks);
export const handTripShape = rowShape<HandTrip>(handTrips);
export const playbookShape = rowShape<Playbook>(playbooks);
export const journalDayShape = rowShape<DayEntry>(journalDays);
export const journalViewShape = rowShape<SavedView>(journalViews);
export const tripEditShape = rowShape<TripEdit>(tripEdits);
export const goalShape = rowShape<Goal>(goals);
export const newsMonthShape = rowShape<NewsMonth>(newsMonths);
export const checklistItemShape = rowShape<ChecklistItem>(checklistItems);
export const watchlistShape = rowShape<WatchlistItem>(watchlist);
export const layoutShape = rowShape<ChartLayout>(layouts);
export const drawingShape = rowShape<Drawing>(drawings);
export const priceFileShape = rowShape<PriceFile>(priceFiles);

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

/** Where the bytes of one picture or the deals of one statement lie in the archive's. */
export type BytesPlace<Key extends string> = Readonly<Record<Key, string>> & {
  readonly bytes: number;
};

/** With the id of the row under `key`. */
export function bytesPlaceShape<Key extends string>(key: Key): Shape<BytesPlace<Key>> {
  return object({ [key]: id, bytes: whole }) as unknown as Shape<BytesPlace<Key>>;
}

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
