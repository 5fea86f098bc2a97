/** Rows and bytes of every kind that an archive holds, made for tests. */
import { strToU8 } from 'fflate';
import { encodeChunk } from '#core/market/chunk.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { encodeTicks } from '#core/market/tick-chunk.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import { entryNames, type Entries } from './archive-file.ts';
import { placeOfBatch, writeBatch } from './archive-sweeps.ts';
import { writeDeals } from './statement-content.ts';
import { type SweepBatch } from './database.ts';

export const bars = makeBars({ count: 50, seed: 1 });
const chunk = encodeChunk(bars);
export const place = { seriesId: 'EURUSD.H1', month: '2020-01', bars: 50, bytes: chunk.length };
export const series = {
  id: 'EURUSD.H1',
  symbol: 'EURUSD',
  timeframe: 'H1',
  bars: 50,
  firstMs: bars.timesMs[0],
  lastMs: bars.timesMs[49],
  digits: 5,
  scale: 100_000,
  ...{ hasAsk: false, hasVolume: false, storedBytes: chunk.length },
  ...{ importedMs: 1, sources: [] },
};

export const ticks = makeTicks({ count: 40, seed: 2 });
export const tickChunk = encodeTicks(ticks);
export const tickPlace = {
  ...{ seriesId: 'EURUSD.ticks', day: '2020-01-01', ticks: 40 },
  bytes: tickChunk.length,
};
export const tickSeries = {
  ...series,
  id: 'EURUSD.ticks',
  timeframe: 'ticks',
  bars: 40,
  hasAsk: true,
};

const beside = [{ id: 'EURUSD.M1', bars: 90, firstMs: 1, lastMs: 2 }];
export const sweep = makeSweep(bars, { batchTrials: 50, strategyId: 'a', beside });
export const batch: SweepBatch = {
  sweepId: 'made',
  batch: 1,
  states: Uint8Array.from({ length: 10 }, (_, trial) => trial % 4),
  values: Float64Array.from({ length: 10 * sweep.figures.length }, (_, i) => (i % 3 ? i / 7 : NaN)),
};
export const batchPlace = placeOfBatch(batch);
export const batchBytes = writeBatch(batch);
export const wrongState = batchBytes.slice();
wrongState[8 * batch.values.length] = 9;

export const picture = {
  ...{ id: 'p', noteId: 'n', name: 'EURUSD H1', type: 'image/webp', width: 2, height: 1, bytes: 3 },
  createdMs: 5,
};

export const dealBytes = writeDeals([
  madeDeal({}),
  madeDeal({ deal: '2', comment: 'Ä', sl: 1.05 }),
]);
const statement = {
  ...{ id: 's', fileName: 'a.html', format: 'mt5-html', account: '1@Demo', currency: 'USD' },
  ...{ zone: 'UTC', importedMs: 1, deals: 2, firstMs: 0, lastMs: 0 },
  ...{ startBalance: 0, endBalance: null, bytes: dealBytes.length },
};
/** As an archive from before there were playbooks has it. */
export const mark = { id: '1@Demo #1', tags: ['late'], rating: 3, updatedMs: 1 };

export function entriesOf(more: Partial<Record<string, unknown>> = {}): Entries {
  const rows: Record<string, unknown> = {
    'series.json': [series],
    'chunks.json': [place],
    'chunks.bin': chunk,
    'tick-chunks.json': [],
    'tick-chunks.bin': new Uint8Array(0),
    ...{ 'strategies.json': [], 'runs.json': [], 'run-arrays.json': [] },
    'run-arrays.bin': new Uint8Array(0),
    'settings.json': [{ key: 'theme', value: 'dark' }],
    'sweeps.json': [sweep],
    'sweep-batches.json': [batchPlace],
    'sweep-batches.bin': batchBytes,
    ...{ 'notes.json': [], 'watchlist.json': [], 'price-files.json': [], 'layouts.json': [] },
    ...{ 'drawings.json': [], 'pictures.json': [picture] },
    'picture-bytes.json': [{ pictureId: 'p', bytes: 3 }],
    'picture-bytes.bin': Uint8Array.of(1, 2, 3),
    'statements.json': [statement],
    'statement-bytes.json': [{ statementId: 's', bytes: dealBytes.length }],
    'statement-bytes.bin': dealBytes,
    ...{ 'trip-marks.json': [mark], 'hand-trips.json': [] },
    ...{ 'playbooks.json': [], 'journal-days.json': [], 'checklist-items.json': [] },
    ...{ 'journal-views.json': [], 'trip-edits.json': [], 'goals.json': [] },
    ...{ 'news-months.json': [] },
    ...more,
  };
  return Object.fromEntries(
    entryNames.map((name) => {
      const value = rows[name];
      return [name, value instanceof Uint8Array ? value : strToU8(JSON.stringify(value))];
    }),
  ) as Entries;
}
