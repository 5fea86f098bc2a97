/** The price series of an archive: their bars and ticks cut out of its bytes, each one checked. */
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import type { Bars } from '#core/market/bars.ts';
import { faultOfBars } from '#core/market/check-bars.ts';
import { faultOfTicks } from '#core/market/check-ticks.ts';
import { parseTimeframe } from '#core/market/timeframe.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { ok, type Result } from '#core/result.ts';
import { invalid, readRows, type Entries } from './archive-file.ts';
import { chunkPlaceShape, seriesShape, tickPlaceShape } from './archive-rows.ts';
import { isSymbol, seriesIdOf } from './merge-series.ts';
import { decode } from './series.ts';
import { decodeDays } from './tick-series.ts';

export type ArchivedSeries =
  | { readonly kind: 'bars'; readonly row: PriceSeries; readonly bars: Bars }
  | { readonly kind: 'ticks'; readonly row: PriceSeries; readonly ticks: Ticks };

/** All series of an archive. Error: `store.archive-invalid`, naming the first thing wrong. */
export function readSeries(entries: Entries): Result<readonly ArchivedSeries[], Failure> {
  const rows = readRows(entries, 'series.json', seriesShape, (row) => row.id);
  if (!rows.ok) return rows;
  const months = readRows(
    entries,
    'chunks.json',
    chunkPlaceShape,
    (p) => `${p.seriesId} ${p.month}`,
  );
  if (!months.ok) return months;
  const days = readRows(
    entries,
    'tick-chunks.json',
    tickPlaceShape,
    (p) => `${p.seriesId} ${p.day}`,
  );
  if (!days.ok) return days;
  const chunks = cut(entries['chunks.bin'], months.value, ({ month }) => month);
  if (chunks === null) return invalid('its bars are not as long as it says');
  const tickChunks = cut(entries['tick-chunks.bin'], days.value, ({ day }) => day);
  if (tickChunks === null) return invalid('its ticks are not as long as it says');
  const archived: ArchivedSeries[] = [];
  for (const row of rows.value) {
    const fault = faultOfName(row);
    if (fault !== null) return invalid(fault);
    const one = isTickSeries(row) ? readTicks(row, tickChunks) : readBars(row, chunks);
    if (!one.ok) return one;
    archived.push(one.value);
  }
  if (chunks.size + tickChunks.size === 0) return ok(archived);
  return invalid('it has prices of a series that it has not');
}

type Cut<P> = Omit<P, 'bytes'> & { readonly bytes: Uint8Array };
type CutSeries<P> = Map<string, Cut<P>[]>;

/** Chunks by series, their time rising; null when places and bytes disagree. */
function cut<P extends { readonly seriesId: string; readonly bytes: number }>(
  bytes: Uint8Array,
  places: readonly P[],
  timeOf: (place: Cut<P>) => string,
): CutSeries<P> | null {
  const chunks: CutSeries<P> = new Map();
  let at = 0;
  for (const place of places) {
    const end = at + place.bytes;
    if (end > bytes.length) return null;
    const own = chunks.get(place.seriesId) ?? [];
    own.push({ ...place, bytes: bytes.slice(at, end) });
    chunks.set(place.seriesId, own);
    at = end;
  }
  for (const own of chunks.values()) own.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  return at === bytes.length ? chunks : null;
}

function faultOfName(row: PriceSeries): string | null {
  const { id, symbol, timeframe } = row;
  const isNamed = isTickSeries(row) || parseTimeframe(timeframe) === timeframe;
  if (!isSymbol(symbol) || !isNamed) return 'a series has a name that it cannot have';
  return id === seriesIdOf(symbol, timeframe) ? null : 'a series is not called as it is';
}

/** The series' own chunks, which are then taken. */
function take<P>(chunks: CutSeries<P>, id: string): readonly Cut<P>[] {
  const own = chunks.get(id) ?? [];
  chunks.delete(id);
  return own;
}

function readBars(
  row: PriceSeries,
  all: CutSeries<{ seriesId: string; month: string; bars: number; bytes: number }>,
): Result<ArchivedSeries, Failure> {
  const chunks = take(all, row.id);
  const bars = decode(row.id, chunks);
  if (!bars.ok) return invalid(bars.error.detail);
  const counted = chunks.reduce((sum, chunk) => sum + chunk.bars, 0);
  if (counted !== bars.value.length) return invalid(`${row.id} has not the bars that it says`);
  const fault = faultOfBars(bars.value);
  return fault === null
    ? ok({ kind: 'bars', row, bars: bars.value })
    : invalid(`${row.id}: ${fault}`);
}

function readTicks(
  row: PriceSeries,
  all: CutSeries<{ seriesId: string; day: string; ticks: number; bytes: number }>,
): Result<ArchivedSeries, Failure> {
  const ticks = decodeDays(row.id, take(all, row.id));
  if (!ticks.ok) return invalid(ticks.error.detail);
  const fault = faultOfTicks(ticks.value);
  return fault === null
    ? ok({ kind: 'ticks', row, ticks: ticks.value })
    : invalid(`${row.id}: ${fault}`);
}
