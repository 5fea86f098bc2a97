import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filterRows, roundTripRows, safeCell, toCsv } from './round-trips.ts';

const DAY = 86_400_000;

function columns(pairs: readonly (readonly [profit: number, units: number])[]) {
  const count = pairs.length;
  const profits = pairs.map(([profit]) => profit);
  const units = pairs.map(([, each]) => each);
  return {
    count,
    entryBar: Int32Array.from(profits, (_, i) => 2 * i),
    exitBar: Int32Array.from(profits, (_, i) => 2 * i + 1),
    entryMs: Float64Array.from(profits, (_, i) => 2 * i * DAY),
    exitMs: Float64Array.from(profits, (_, i) => (2 * i + 1) * DAY),
    entryPrice: new Float64Array(count).fill(100),
    exitPrice: new Float64Array(count).fill(101),
    units: Float64Array.from(units),
    profit: Float64Array.from(profits),
    commission: new Float64Array(count),
    exitReason: new Uint8Array(count).fill(2),
    ambiguous: new Uint8Array(count),
  };
}

const some = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.constantFrom(-10, 10)), {
  maxLength: 40,
});

it('filters split the rows: long and short, wins and losses, nothing twice', () => {
  fc.assert(
    fc.property(some, (pairs) => {
      const rows = roundTripRows(columns(pairs));
      const count = (side: 'all' | 'long' | 'short', result: 'all' | 'win' | 'loss') =>
        filterRows(rows, { side, result }).length;
      expect(count('long', 'all') + count('short', 'all')).toBe(rows.length);
      expect(count('all', 'win') + count('all', 'loss')).toBe(rows.length);
      expect(count('long', 'win') + count('long', 'loss')).toBe(count('long', 'all'));
    }),
  );
});

it('finds the round trips in doubt and what else they could have been', () => {
  const given = columns([
    [5, 10],
    [-7, 10],
    [3, -10],
  ]);
  const doubtful = Uint8Array.of(0, 1, 0);
  const otherProfit = Float64Array.of(NaN, 9, NaN);
  const rows = roundTripRows({ ...given, ambiguous: doubtful, otherProfit });
  const found = filterRows(rows, { side: 'all', result: 'doubtful' });
  expect(found.map((row) => [row.number, row.profit, row.otherProfit])).toEqual([[2, -7, 9]]);
  expect(rows[0]!.otherProfit).toBe(null);
});

it('shows a short by its side and positive units, its return on the value at entry', () => {
  const [row] = roundTripRows(columns([[50, -10]]));
  expect(row).toMatchObject({
    side: 'short',
    units: 10,
    returnPct: 5,
    bars: 1,
    exitReason: 'stop',
  });
});

it('disarms text that a spreadsheet would run as a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    expect(safeCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  }
  expect(safeCell('stop')).toBe('stop');
  expect(safeCell('a "b", c')).toBe('"a ""b"", c"');
});

it('writes one CSV line a round trip after the header', () => {
  const csv = toCsv(
    roundTripRows(
      columns([
        [1, 10],
        [-2, -10],
      ]),
    ),
  );
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain('short');
  expect(lines[2]).toContain(',-2,');
});
