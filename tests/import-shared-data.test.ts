/** Real files through the parser: the sample everywhere, the others where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sliceBars } from '#core/market/bars.ts';
import { barsOfTicks } from '#core/market/bars-of-ticks.ts';
import { faultOfTicks } from '#core/market/check-ticks.ts';
import { splitDays } from '#core/market/days.ts';
import { decodeTicks, encodeTicks } from '#core/market/tick-chunk.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { faultOfBars } from '#core/market/check-bars.ts';
import { canonicalBars } from '#core/market/canonical.ts';
import { encodeChunk } from '#core/market/chunk.ts';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { firstAtOrAfter, splitMonths } from '#core/market/months.ts';
import { parseBars, parseTicks } from '#workers/import/parse.ts';
import { sample } from '#workers/store/sample.ts';

const sharedData = '../shared/data/';

function parse(path: string) {
  const parsed = parseBars(readFileSync(path), path.split('/').at(-1)!);
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.detail}`);
  const { bars, ...rest } = parsed.value;
  expect(faultOfBars(bars)).toBeNull();
  const stored = decodeChunks(splitMonths(bars).map((month) => encodeChunk(month.bars)));
  expect(stored).toEqual({ ok: true, value: bars });
  expect(canonicalBars(bars)).toEqual(bars);
  return { bars, ...rest };
}

/** Every price of the file once more, by the plainest means there is. */
function expectPricesOf(
  text: string,
  firstColumn: number,
  columns: readonly ArrayLike<number>[],
  scale: number,
) {
  const lines = text.trimEnd().split('\n').slice(1);
  for (const [i, line] of lines.entries()) {
    const cells = line.split(',');
    for (const [k, column] of columns.entries()) {
      const expected = Number.parseFloat(cells[firstColumn + k]!);
      if (column[i]! / scale !== expected)
        expect([i, k, column[i]! / scale]).toEqual([i, k, expected]);
    }
  }
  return lines.length;
}

test('the sample is the S&P 500 by day, every price the double of its text', () => {
  const path = `node_modules/${sample.packagePath}`;
  const { bars, ...rest } = parse(path);
  const { symbol, timeframe, zone } = sample;
  expect(rest).toMatchObject({ symbol, timeframe, zone, format: 'yahoo', rows: 5105 });
  const { open, high, low, close } = bars.bid;
  const rows = expectPricesOf(readFileSync(path, 'utf8'), 1, [open, high, low, close], bars.scale);
  expect(bars.length).toBe(rows);
  expect(new Date(bars.timesMs[0]!).toISOString()).toBe('2000-01-03T00:00:00.000Z');
  expect(bars.digits).toBe(2);
});

for (const [file, symbol, timeframe, length] of [
  ['GOOG.csv', 'GOOG', 'D1', 2148],
  ['EURUSD.csv', 'EURUSD', 'H1', 5000],
] as const) {
  test.skipIf(!existsSync(sharedData + file))(`${file} is ${length} bars of ${timeframe}`, () => {
    const { bars, ...rest } = parse(sharedData + file);
    expect(rest).toMatchObject({ symbol, timeframe, rows: length });
    expect(bars.length).toBe(length);
    const { open, high, low, close } = bars.bid;
    const text = readFileSync(sharedData + file, 'utf8');
    expectPricesOf(text, 1, [open, high, low, close], bars.scale);
    expect(bars.volume?.length).toBe(length);
  });
}

for (const [file, timeframe, length] of [
  ['EURUSD-H1-2007-2018-bidask.csv.gz', 'H1', 74_439],
  ['EURUSD-M1-2014-05-bidask.csv.gz', 'M1', 18_184],
] as const) {
  test.skipIf(!existsSync(sharedData + file))(`${file} keeps bid and ask of ${length} bars`, () => {
    const { bars, ...rest } = parse(sharedData + file);
    expect(rest).toMatchObject({ symbol: 'EURUSD', timeframe, zone: 'UTC', rows: length });
    expect(rest.counts).toMatchObject({ unreadable: 0, duplicate: 0, 'out-of-order': 0 });
    expect(bars.length).toBe(length);
    expect(bars.ask).not.toBeNull();
    expect(bars.scale).toBe(100_000);
  });
}

const ticks = `${sharedData}EURUSD-ticks-2014-05-08.csv.gz`;
test.skipIf(!existsSync(ticks))('87,833 ticks of a day keep bid, ask and order', () => {
  const packed = readFileSync(ticks);
  const parsed = parseTicks(packed, 'EURUSD-ticks-2014-05-08.csv.gz');
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const { ticks: read, ...rest } = parsed.value;
  expect(rest).toMatchObject({ symbol: 'EURUSD', timeframe: 'ticks', zone: 'UTC', rows: 87_833 });
  expect(Object.values(rest.counts).every((count) => count === 0)).toBe(true);
  expect(faultOfTicks(read)).toBeNull();
  expect(read).toMatchObject({ length: 87_833, scale: 100_000, digits: 5, volume: null });
  const text = gunzipSync(packed).toString();
  expect(expectPricesOf(text, 1, [read.bid, read.ask!], read.scale)).toBe(87_833);
  const stored = decodeTicks(splitDays(read).map((day) => encodeTicks(day.ticks)));
  expect(stored).toEqual({ ok: true, value: read });
});

test.skipIf(!existsSync(ticks))('ticks and minute bars of one day tell of one market', () => {
  const name = 'EURUSD-ticks-2014-05-08.csv.gz';
  const parsed = parseTicks(readFileSync(ticks), name);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const { bars: month } = parse(`${sharedData}EURUSD-M1-2014-05-bidask.csv.gz`);
  const fromMs = Date.UTC(2014, 4, 8);
  const from = firstAtOrAfter(month.timesMs, fromMs);
  const minutes = sliceBars(month, from, firstAtOrAfter(month.timesMs, fromMs + DAY_MS));
  const made = barsOfTicks(parsed.value.ticks, 'M1');
  expect(made.length).toBe(1419);
  for (const column of ['timesMs', 'scale', 'bid', 'ask'] as const) {
    expect(made[column]).toEqual(minutes[column]);
  }
});

test.skipIf(!existsSync(ticks))('a file of ticks is no file of bars, and the other way', () => {
  const asBars = parseBars(readFileSync(ticks), 'EURUSD-ticks-2014-05-08.csv.gz');
  expect(asBars).toMatchObject({ ok: false, error: { code: 'import.tick-file' } });
  const asTicks = parseTicks(readFileSync(`${sharedData}GOOG.csv`), 'GOOG.csv');
  expect(asTicks).toMatchObject({ ok: false, error: { code: 'import.no-ticks' } });
});
