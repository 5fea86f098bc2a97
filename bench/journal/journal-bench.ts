/** How soon the journal answers with a hundred thousand round trips, and how fast a report is read. */
import { strict as assert } from 'node:assert';
import { compareGroups } from '#core/journal/compare-groups.ts';
import { tripReport, type ReportAsk } from '#core/journal/trip-report.ts';
import { daysOf, summaries } from '#core/journal/trip-sums.ts';
import type { TripFilter } from '#workers/journal/api.ts';
import { readStatement } from '#workers/journal/statements/read-statement.ts';
import { plainTrip } from '#workers/journal/bare-trip.ts';
import { tripBook, type TripBook } from '#workers/journal/trip-book.ts';
import { filtered, windowOf } from '#workers/journal/trip-filter.ts';
import { readDeals, writeDeals } from '#workers/store/statement-content.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { madeReport, madeRoundTrips } from './made-journal.ts';

const TRIPS = 100_000;
const REPORT_DEALS = 100_000;
const ROUNDS = 7;
const LIST_ROWS = 200;
const LEAST_DEALS_PER_S = 50_000;
const zone = 'Europe/Berlin';

const every: TripFilter = {
  ...{ account: null, symbol: null, side: null, tag: null, outcome: null },
  ...{ fromMs: null, untilMs: null, text: '' },
};

const ask: ReportAsk = { unit: 'money', zone, startBalances: new Map() };

export function journalBench(): Row[] {
  const content = writeDeals(madeRoundTrips(TRIPS));
  const book = open(content);
  const narrowed: TripFilter = { ...every, symbol: 'EURUSD', side: 'buy', outcome: 'won' };
  const more = {
    r: '..9',
    held: '0..',
    weekday: '2',
    hour: '22..12',
    session: 'london',
    note: 'no',
  };
  const list = (filter: TripFilter) => firstRows(book, filter, 'closedMs');
  return [
    limit('first list', 300, () => firstRows(open(content), every, 'closedMs')),
    limit('a filter', 100, () => list(narrowed)),
    limit('filters of every kind', 100, () => list({ ...every, zone, more })),
    limit('another order', 100, () => firstRows(book, every, 'net')),
    limit('figures and calendar', 500, () => report(book, every)),
    limit('a report, every group and curve', 500, () => wholeReport(book)),
    limit('two groups compared', 1_000, () => comparison(book)),
    limit('a search', 100, () => list({ ...every, text: 'breakout 99' })),
    importRow(),
  ];
}

/** From the bytes of a statement as they are stored. */
function open(content: Uint8Array): TripBook {
  const deals = readDeals(content);
  assert(deals?.length === 2 * TRIPS);
  const book = tripBook();
  book.sources([{ id: 'a', account: '51234567@Example-Demo', currency: 'EUR', deals }]);
  return book;
}

function firstRows(book: TripBook, filter: TripFilter, order: 'closedMs' | 'net'): void {
  const window = { order, descending: true, offset: 0, limit: LIST_ROWS };
  assert(windowOf(filtered(book, filter), window).map(plainTrip).length > 0);
}

function report(book: TripBook, filter: TripFilter): void {
  const trips = filtered(book, filter);
  assert(summaries(trips)[0]?.trips === TRIPS);
  assert(daysOf(trips, zone).length > 1000);
}

function wholeReport(book: TripBook): void {
  const told = tripReport(filtered(book, every), ask);
  assert(told.whole.trips === TRIPS && told.groups.hour.length === 24);
}

function comparison(book: TripBook): void {
  const a = { kind: 'side', key: 'buy' } as const;
  const { chance } = compareGroups(filtered(book, every), { ...ask, a, b: null });
  assert(chance !== null && chance.draws >= 300);
}

/**
 * Of the thread itself, which has nothing to wait for: what it computes is what the trader waits
 * for. What the garbage collector does beside it on other threads nobody waits for.
 */
function cpuMs(work: () => void, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return median(times);
}

function limit(name: string, mostMs: number, work: () => void): Row {
  work();
  const value = cpuMs(work, ROUNDS);
  return {
    name: `Journal of 100,000 round trips: ${name}`,
    ...{ value, unit: 'ms of CPU', rival: `limit of ${mostMs} ms`, ratio: value / mostMs },
    ...{ target: `≤ ${mostMs} ms`, pass: value <= mostMs },
  };
}

function importRow(): Row {
  const bytes = madeReport(REPORT_DEALS);
  const work = () => {
    const read = readStatement({ name: 'report.html', bytes }, { zone: 'broker' });
    assert(read.ok && read.value.deals.length === REPORT_DEALS && read.value.balanceFault === null);
  };
  work();
  const value = (1000 * REPORT_DEALS) / cpuMs(work, 3);
  return {
    name: 'Report of MetaTrader 5 in HTML to deals, 100,000 of them',
    ...{ value, unit: 'deals/s of CPU', rival: `limit of ${LEAST_DEALS_PER_S}` },
    ...{ ratio: value / LEAST_DEALS_PER_S, target: `≥ ${LEAST_DEALS_PER_S} deals/s` },
    pass: value >= LEAST_DEALS_PER_S,
  };
}
