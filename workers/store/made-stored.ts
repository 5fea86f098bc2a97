/** Rows of every kind that a device stores, made for tests. */
import type { ChartLayout } from '#core/collections/chart-layout.ts';
import type { Drawing } from '#core/collections/drawing.ts';
import type { Statement } from '#core/collections/statement.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { writeDeals } from './statement-content.ts';
import type { Picture } from '#core/collections/picture.ts';
import type { Note } from '#core/collections/note.ts';
import type { Run } from '#core/collections/run.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import { defaultSettings } from '#core/execution/settings.ts';
import { statistics, type Statistics } from '#core/statistics/registry.ts';
import type { Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { makeTicks } from '#core/market/made-ticks.ts';
import { emptyColumns } from '#core/optimise/measures.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { Database, RunArrays, SweepBatch } from './database.ts';
import { saveBars } from './save-bars.ts';
import { saveTicks } from './save-ticks.ts';

export const save = (database: Database, bars: Bars, symbol = 'EURUSD') =>
  saveBars(database, {
    symbol,
    timeframe: 'H1',
    bars,
    source: { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 7 },
    onConflict: 'keep',
    nowMs: 1_000,
  });

export const strategy = (id: string, updatedMs: number): Strategy => ({
  id,
  name: `Strategy ${id} of ${updatedMs}`,
  source: 'let a = sma(close, 10)',
  inputs: { fast: 10 },
  settings: defaultSettings,
  createdMs: 1,
  updatedMs,
  deletedMs: null,
});

export const run = (id: string): Run => ({
  id,
  strategyId: null,
  strategyName: 'S',
  source: '',
  inputs: {},
  settings: defaultSettings,
  seriesId: 'EURUSD.H1',
  hash: 'ab'.repeat(32),
  bars: 3,
  firstMs: 1,
  lastMs: 2,
  warmupBars: 0,
  roundTrips: 1,
  ambiguousRoundTrips: 0,
  droppedEntries: 0,
  stats: {
    ...(Object.fromEntries(statistics.map(({ key }) => [key, null])) as Statistics),
    cagrPct: 1.5,
  },
  createdMs: 5,
  tookMs: 6,
  note: '',
});

const broadRun = (id: string): Run => ({
  ...run(id),
  portfolio: ['GBPUSD.H1'],
  inner: { seriesIds: ['EURUSD.ticks', 'GBPUSD.ticks'], bars: 3, covered: 2 },
  companions: ['USDCHF.H1'],
  band: { trips: 1, bestEquity: 4.5, worstEquity: 3 },
});

const arrays = (runId: string): RunArrays => ({
  runId,
  equity: Float64Array.of(1, 2.5, 3),
  roundTrips: {
    count: 1,
    entryBar: Int32Array.of(1),
    exitBar: Int32Array.of(2),
    entryMs: Float64Array.of(10),
    exitMs: Float64Array.of(20),
    entryPrice: Float64Array.of(1.1),
    exitPrice: Float64Array.of(1.2),
    units: Float64Array.of(-3),
    profit: Float64Array.of(0.1),
    commission: Float64Array.of(0),
    exitReason: Uint8Array.of(3),
    ambiguous: Uint8Array.of(1),
  },
});

/** Those of a run on two markets, with everything that only some runs have. */
const broadArrays = (runId: string): RunArrays => {
  const { roundTrips, ...rest } = arrays(runId);
  return {
    ...rest,
    timelineMs: Float64Array.of(10, 15, 20),
    roundTrips: {
      ...roundTrips,
      market: Uint16Array.of(1),
      swap: Float64Array.of(-0.5),
      slippage: Float64Array.of(0.25),
      otherProfit: Float64Array.of(NaN),
    },
  };
};

export const sweep = makeSweep(makeBars({ count: 100, seed: 2 }), { id: 's1', batchTrials: 25 });

/** A batch of the search, whose values tell which batch it is and who computed it. */
export const batchOf = (batch: number, mark = 0): SweepBatch => {
  const trials = batch === 2 ? 10 : 25;
  const columns = emptyColumns(trials, { segments: 1, figures: sweep.figures });
  columns.values[1] = batch + mark;
  return { sweepId: 's1', batch, states: columns.states.fill(0), values: columns.values };
};

export const note = (text: readonly string[]): Note => ({
  ...{ id: 'n1', title: 'Plan', text, excerpt: 'one two', tags: ['fx'] },
  ...{ subject: null, createdMs: 1, updatedMs: text.length },
});

const symbol = {
  ...{ id: 'Watchlist EURUSD', list: 'Watchlist', symbol: 'EURUSD', order: 'a0' },
  ...{ note: '', addedMs: 1 },
};

const layout: ChartLayout = {
  ...{ id: 'main', name: 'My charts', grid: 'columns', createdMs: 1, updatedMs: 2 },
  ...{ linksSymbol: true, linksTimeframe: false, hidesDrawings: false },
  panes: {
    a: {
      symbol: { symbol: 'EURUSD', accountId: null },
      ...{ timeframe: 'H1', style: 'candles', indicators: [], hasSessions: true },
    },
  },
};
const drawing: Drawing = {
  ...{ id: 'd1', symbol: 'EURUSD', timeframe: null, tool: 'horizontal', ink: 'blue' },
  ...{ points: [{ ms: 5, price: 1.1 }], text: '', isLocked: false, createdMs: 1 },
};

const picture: Picture = {
  ...{ id: 'p1', noteId: 'n1', name: 'EURUSD H1', type: 'image/webp' },
  ...{ width: 2, height: 1, bytes: 3, createdMs: 5 },
};

const dealBytes = writeDeals([madeDeal({}), madeDeal({ deal: '2', comment: 'Ä' })]);
const statement: Statement = {
  ...{ id: 's1', fileName: 'a.html', format: 'mt5-html', account: '100@Demo', currency: 'USD' },
  ...{ zone: 'UTC', importedMs: 7, deals: 2, firstMs: 0, lastMs: 0 },
  ...{ startBalance: 0, endBalance: 10.5, bytes: dealBytes.length },
};

export async function fill(database: Database): Promise<void> {
  await save(database, makeBars({ count: 3000, seed: 1, ask: true, volume: true }));
  await save(database, makeBars({ count: 100, seed: 2 }), 'GBPUSD');
  await saveTicks(database, {
    symbol: 'EURUSD',
    ticks: makeTicks({ count: 50, seed: 3 }),
    source: { fileName: 't.csv', format: 'quotes', zone: 'UTC', problems: 0 },
    nowMs: 1_000,
  });
  await database.strategies.bulkPut([strategy('a', 1), strategy('b', 5)]);
  await database.runs.bulkPut([run('r1'), broadRun('r2')]);
  await database.runArrays.bulkPut([arrays('r1'), broadArrays('r2')]);
  await database.settings.put({ key: 'theme', value: { dark: true } });
  await database.sweeps.bulkPut([sweep, { ...sweep, id: 's2', state: 'stopped' }]);
  await database.sweepBatches.bulkPut([batchOf(0), batchOf(2)]);
  await database.notes.put(note(['one', 'two']));
  await database.watchlist.put(symbol);
  await database.layouts.put(layout);
  await database.drawings.put(drawing);
  await database.pictures.put(picture);
  await database.pictureBytes.put({ pictureId: 'p1', bytes: Uint8Array.of(1, 2, 3) });
  await database.statements.put(statement);
  await database.statementBytes.put({ statementId: 's1', bytes: dealBytes });
  await database.tripMarks.put({
    ...{ id: '1@Demo 1', tags: ['late'], rating: 4, playbook: 'p', met: ['c'] },
    ...{ plannedSl: 1.0987, plannedTp: 1.1042, mistakes: ['chased'], updatedMs: 3 },
  });
  await database.playbooks.put({
    ...{ id: 'p', name: 'Breakout', description: '', criteria: { c: 'Above the range' } },
    ...{ createdMs: 1, updatedMs: 2 },
  });
  await database.journalDays.put({
    ...{ id: '2026-11-27', mood: 4, goals: 'Two at most', items: { i: 'News read' } },
    ...{ ticked: ['i'], updatedMs: 3 },
  });
  await database.checklistItems.put({ id: 'i', label: 'News read', order: 1, updatedMs: 3 });
  await database.journalViews.put({
    ...{ id: 'v', name: 'Lost on gold', updatedMs: 3 },
    look: { filter: { symbol: 'XAUUSD' }, sort: null, hidden: ['r'] },
  });
  await database.tripEdits.put({
    ...{ id: 'e', kind: 'merge', at: null, updatedMs: 3 },
    trips: ['1@Demo 1', '1@Demo 3'].map((deal) => ({ deal, cut: null })),
  });
  await database.newsMonths.put({
    ...{ id: '2026-11', updatedMs: 3 },
    lines: '29903850\tUSD\th\tCPI m/m',
  });
  await database.goals.put({
    ...{ id: 'g', measure: 'trips', period: 'week', target: 10, currency: null },
    ...{ fromDay: '2026-11-23', createdMs: 1, updatedMs: 2 },
  });
  await database.handTrips.put({
    ...{ id: 'h1', account: 'Mine', currency: null, symbol: 'DAX', side: 'buy', volumeLots: 1 },
    ...{ openedMs: 1, closedMs: 2, entryPrice: 10, exitPrice: 11, sl: null, profit: 1, costs: 0 },
    ...{ tp: 12, updatedMs: 3 },
  });
}
