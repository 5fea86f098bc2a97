/** Real files through the parser: the sample everywhere, the others where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultOfBars } from '#core/market/check-bars.ts';
import { canonicalBars } from '#core/market/canonical.ts';
import { encodeChunk } from '#core/market/chunk.ts';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { splitMonths } from '#core/market/months.ts';
import { parseBars } from '#workers/import/parse.ts';
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
test.skipIf(!existsSync(ticks))('a file of ticks is refused as such', () => {
  const parsed = parseBars(readFileSync(ticks), 'EURUSD-ticks-2014-05-08.csv.gz');
  expect(parsed).toMatchObject({ ok: false, error: { code: 'import.tick-file' } });
});
