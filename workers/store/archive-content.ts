/** The entries of an archive → rows that may be stored: everything is checked, nothing is trusted. */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import type { ChartLayout } from '#core/collections/chart-layout.ts';
import type { ChecklistItem } from '#core/collections/checklist-item.ts';
import type { Drawing } from '#core/collections/drawing.ts';
import type { Goal } from '#core/collections/goal.ts';
import type { NewsMonth } from '#core/collections/news-month.ts';
import type { HandTrip } from '#core/collections/hand-trip.ts';
import type { DayEntry } from '#core/collections/journal-day.ts';
import type { SavedView } from '#core/collections/journal-view.ts';
import type { Note } from '#core/collections/note.ts';
import type { Picture } from '#core/collections/picture.ts';
import type { Playbook } from '#core/collections/playbook.ts';
import type { PriceFile } from '#core/collections/price-file.ts';
import { runShape, type Run } from '#core/collections/run.ts';
import { isOfThisDevice, type Setting } from '#core/collections/setting.ts';
import { strategyShape, type Strategy } from '#core/collections/strategy.ts';
import type { Statement } from '#core/collections/statement.ts';
import type { TripEdit } from '#core/collections/trip-edit.ts';
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';
import { invalid, readRows, type Entries } from './archive-file.ts';
import {
  bytesPlaceShape,
  checklistItemShape,
  drawingShape,
  goalShape,
  newsMonthShape,
  handTripShape,
  journalDayShape,
  journalViewShape,
  layoutShape,
  noteShape,
  pictureShape,
  playbookShape,
  priceFileShape,
  settingShape,
  statementShape,
  tripEditShape,
  tripMarkShape,
  watchlistShape,
} from './archive-rows.ts';
import { readSweeps, type ArchivedSweeps } from './archive-sweeps.ts';
import { arraysPlaceShape, readArrays, sizeOfArrays, type ArraysPlace } from './archive-arrays.ts';
import { readSeries, type ArchivedSeries } from './archive-series.ts';
import { readDeals } from './statement-content.ts';
import type { PictureBytes, RunArrays, StatementBytes } from './database.ts';

export interface ArchiveContent extends ArchivedSweeps {
  readonly series: readonly ArchivedSeries[];
  readonly strategies: readonly Strategy[];
  readonly runs: readonly Run[];
  readonly runArrays: readonly RunArrays[];
  readonly settings: readonly Setting[];
  readonly notes: readonly Note[];
  readonly pictures: readonly Picture[];
  readonly pictureBytes: readonly PictureBytes[];
  readonly statements: readonly Statement[];
  readonly statementBytes: readonly StatementBytes[];
  readonly tripMarks: readonly TripMark[];
  readonly handTrips: readonly HandTrip[];
  readonly playbooks: readonly Playbook[];
  readonly journalDays: readonly DayEntry[];
  readonly checklistItems: readonly ChecklistItem[];
  readonly journalViews: readonly SavedView[];
  readonly tripEdits: readonly TripEdit[];
  readonly goals: readonly Goal[];
  readonly newsMonths: readonly NewsMonth[];
  readonly watchlist: readonly WatchlistItem[];
  readonly priceFiles: readonly PriceFile[];
  readonly layouts: readonly ChartLayout[];
  readonly drawings: readonly Drawing[];
}

/** What `entries` hold. Error: `store.archive-invalid`, naming the first thing that is wrong. */
export function readContent(entries: Entries): Result<ArchiveContent, Failure> {
  const strategies = readRows(entries, 'strategies.json', strategyShape, (row) => row.id);
  if (!strategies.ok) return strategies;
  const runs = readRows(entries, 'runs.json', runShape, (row) => row.id);
  if (!runs.ok) return runs;
  const settings = readRows(entries, 'settings.json', settingShape, (row) => row.key);
  if (!settings.ok) return settings;
  const notes = readRows(entries, 'notes.json', noteShape, (row) => row.id);
  if (!notes.ok) return notes;
  const pictures = readRows(entries, 'pictures.json', pictureShape, (row) => row.id);
  if (!pictures.ok) return pictures;
  const pictureBytes = readPlainBytes(entries, 'picture', pictures.value);
  if (!pictureBytes.ok) return pictureBytes;
  const statements = readRows(entries, 'statements.json', statementShape, (row) => row.id);
  if (!statements.ok) return statements;
  const statementBytes = readStatementBytes(entries, statements.value);
  if (!statementBytes.ok) return statementBytes;
  const tripMarks = readRows(entries, 'trip-marks.json', tripMarkShape, (row) => row.id);
  if (!tripMarks.ok) return tripMarks;
  const handTrips = readRows(entries, 'hand-trips.json', handTripShape, (row) => row.id);
  if (!handTrips.ok) return handTrips;
  const playbooks = readRows(entries, 'playbooks.json', playbookShape, (row) => row.id);
  if (!playbooks.ok) return playbooks;
  const journalDays = readRows(entries, 'journal-days.json', journalDayShape, (row) => row.id);
  if (!journalDays.ok) return journalDays;
  const items = readRows(entries, 'checklist-items.json', checklistItemShape, (row) => row.id);
  if (!items.ok) return items;
  const views = readRows(entries, 'journal-views.json', journalViewShape, (row) => row.id);
  if (!views.ok) return views;
  const tripEdits = readRows(entries, 'trip-edits.json', tripEditShape, (row) => row.id);
  if (!tripEdits.ok) return tripEdits;
  const goals = readRows(entries, 'goals.json', goalShape, (row) => row.id);
  if (!goals.ok) return goals;
  const news = readRows(entries, 'news-months.json', newsMonthShape, (row) => row.id);
  if (!news.ok) return news;
  const watchlist = readRows(entries, 'watchlist.json', watchlistShape, (row) => row.id);
  if (!watchlist.ok) return watchlist;
  const priceFiles = readRows(entries, 'price-files.json', priceFileShape, (row) => row.id);
  if (!priceFiles.ok) return priceFiles;
  const layouts = readRows(entries, 'layouts.json', layoutShape, (row) => row.id);
  if (!layouts.ok) return layouts;
  const drawings = readRows(entries, 'drawings.json', drawingShape, (row) => row.id);
  if (!drawings.ok) return drawings;
  const series = readSeries(entries);
  if (!series.ok) return series;
  const runArrays = readRunArrays(entries, runs.value);
  if (!runArrays.ok) return runArrays;
  const sweeps = readSweeps(entries);
  if (!sweeps.ok) return sweeps;
  return ok({
    series: series.value,
    strategies: strategies.value,
    runs: runs.value,
    runArrays: runArrays.value,
    settings: settings.value.filter(({ key }) => !isOfThisDevice(key)),
    notes: notes.value,
    pictures: pictures.value,
    pictureBytes: pictureBytes.value.map(({ id, bytes }) => ({ pictureId: id, bytes })),
    statements: statements.value,
    statementBytes: statementBytes.value.map(({ id, bytes }) => ({ statementId: id, bytes })),
    tripMarks: tripMarks.value,
    handTrips: handTrips.value,
    playbooks: playbooks.value,
    journalDays: journalDays.value,
    checklistItems: items.value,
    journalViews: views.value,
    tripEdits: tripEdits.value,
    goals: goals.value,
    newsMonths: news.value,
    watchlist: watchlist.value,
    priceFiles: priceFiles.value,
    layouts: layouts.value,
    drawings: drawings.value,
    ...sweeps.value,
  });
}

function readRunArrays(
  entries: Entries,
  runs: readonly Run[],
): Result<readonly RunArrays[], Failure> {
  const keyOf = ({ runId }: ArraysPlace) => runId;
  const places = readRows(entries, 'run-arrays.json', arraysPlaceShape, keyOf);
  if (!places.ok) return places;
  const bytes = entries['run-arrays.bin'];
  const known = new Set(runs.map(({ id }) => id));
  const arrays: RunArrays[] = [];
  let at = 0;
  for (const place of places.value) {
    const end = at + sizeOfArrays(place);
    if (!known.has(place.runId)) return invalid('it has the trades of a run that it has not');
    if (end > bytes.length) return invalid('its runs are not as long as it says');
    arrays.push(readArrays(bytes.subarray(at, end), place));
    at = end;
  }
  return at === bytes.length ? ok(arrays) : invalid('its runs are not as long as it says');
}

function readStatementBytes(
  entries: Entries,
  statements: readonly Statement[],
): Result<readonly Part[], Failure> {
  const parts = readPlainBytes(entries, 'statement', statements);
  // What cannot be read would be missed only when the archive is long gone.
  const isDamaged = parts.ok && parts.value.some(({ bytes }) => readDeals(bytes) === null);
  return isDamaged ? invalid('the deals of a statement are damaged') : parts;
}

interface Part {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The bytes one after another, each as long as its row says. */
function readPlainBytes(
  entries: Entries,
  mark: 'picture' | 'statement',
  rows: readonly { readonly id: string; readonly bytes: number }[],
): Result<readonly Part[], Failure> {
  const key = `${mark}Id` as const;
  const shape = bytesPlaceShape(key);
  const places = readRows(entries, `${mark}-bytes.json`, shape, (place) => place[key]);
  if (!places.ok) return places;
  const all = entries[`${mark}-bytes.bin`];
  const lengths = new Map(rows.map((row) => [row.id, row.bytes]));
  const parts: Part[] = [];
  let at = 0;
  let isWhole = true;
  for (const { [key]: id, bytes } of places.value) {
    isWhole &&= lengths.get(id) === bytes;
    parts.push({ id, bytes: all.slice(at, at + bytes) as Uint8Array<ArrayBuffer> });
    at += bytes;
  }
  isWhole &&= at === all.length;
  return isWhole ? ok(parts) : invalid(`its ${mark}s are not as long as it says`);
}
