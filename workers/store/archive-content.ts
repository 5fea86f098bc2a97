/** The entries of an archive → rows that may be stored: everything is checked, nothing is trusted. */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Run } from '#core/collections/run.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import type { Bars } from '#core/market/bars.ts';
import { faultOfBars } from '#core/market/check-bars.ts';
import { parseTimeframe } from '#core/market/timeframe.ts';
import { invalid, readRows, type Entries } from './archive-file.ts';
import {
  arraysPlaceShape,
  chunkPlaceShape,
  readArrays,
  runShape,
  seriesShape,
  settingShape,
  sizeOfArrays,
  strategyShape,
  type ArraysPlace,
  type ChunkPlace,
} from './archive-rows.ts';
import { readSweeps, type ArchivedSweeps } from './archive-sweeps.ts';
import { isOfThisDevice, type BarChunk, type RunArrays, type Setting } from './database.ts';
import { isSymbol, seriesIdOf } from './merge-series.ts';
import { decode } from './series.ts';

export interface ArchivedSeries {
  readonly row: PriceSeries;
  readonly bars: Bars;
}

export interface ArchiveContent extends ArchivedSweeps {
  readonly series: readonly ArchivedSeries[];
  readonly strategies: readonly Strategy[];
  readonly runs: readonly Run[];
  readonly runArrays: readonly RunArrays[];
  readonly settings: readonly Setting[];
}

/** What `entries` hold. Error: `store.archive-invalid`, naming the first thing that is wrong. */
export function readContent(entries: Entries): Result<ArchiveContent, Failure> {
  const strategies = readRows(entries, 'strategies.json', strategyShape, (row) => row.id);
  if (!strategies.ok) return strategies;
  const runs = readRows(entries, 'runs.json', runShape, (row) => row.id);
  if (!runs.ok) return runs;
  const settings = readRows(entries, 'settings.json', settingShape, (row) => row.key);
  if (!settings.ok) return settings;
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
    ...sweeps.value,
  });
}

function readSeries(entries: Entries): Result<readonly ArchivedSeries[], Failure> {
  const rows = readRows(entries, 'series.json', seriesShape, (row) => row.id);
  if (!rows.ok) return rows;
  const keyOf = ({ seriesId, month }: ChunkPlace) => `${seriesId} ${month}`;
  const places = readRows(entries, 'chunks.json', chunkPlaceShape, keyOf);
  if (!places.ok) return places;
  const chunks = cutChunks(entries['chunks.bin'], places.value);
  if (chunks === null) return invalid('its bars are not as long as it says');
  const archived: ArchivedSeries[] = [];
  for (const row of rows.value) {
    const own = chunks.get(row.id) ?? [];
    chunks.delete(row.id);
    const bars = readBars(row, own);
    if (!bars.ok) return bars;
    archived.push({ row, bars: bars.value });
  }
  return chunks.size === 0 ? ok(archived) : invalid('it has bars of a series that it has not');
}

/** Chunks by series, months rising; null when places and bytes disagree. */
function cutChunks(
  bytes: Uint8Array,
  places: readonly ChunkPlace[],
): Map<string, BarChunk[]> | null {
  const chunks = new Map<string, BarChunk[]>();
  let at = 0;
  for (const place of places) {
    const end = at + place.bytes;
    if (end > bytes.length) return null;
    const own = chunks.get(place.seriesId) ?? [];
    own.push({ ...place, bytes: bytes.slice(at, end) });
    chunks.set(place.seriesId, own);
    at = end;
  }
  for (const own of chunks.values()) own.sort((a, b) => (a.month < b.month ? -1 : 1));
  return at === bytes.length ? chunks : null;
}

function readBars(row: PriceSeries, chunks: readonly BarChunk[]): Result<Bars, Failure> {
  const { id, symbol, timeframe } = row;
  if (!isSymbol(symbol) || parseTimeframe(timeframe) !== timeframe) {
    return invalid('a series has a name that it cannot have');
  }
  if (id !== seriesIdOf(symbol, timeframe)) return invalid('a series is not called as it is');
  const bars = decode(id, chunks);
  if (!bars.ok) return invalid(bars.error.detail);
  const counted = chunks.reduce((sum, chunk) => sum + chunk.bars, 0);
  if (counted !== bars.value.length) return invalid(`${id} has not the bars that it says`);
  const fault = faultOfBars(bars.value);
  return fault === null ? bars : invalid(`${id}: ${fault}`);
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
