import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedPlaces } from '#lib/ui/row-source.ts';
import { sortRows } from '#lib/ui/table.ts';
import { roundTripColumns } from '../../routes/backtest/round-trip-columns.ts';
import {
  csvSteps,
  filteredPlaces,
  roundTripAt,
  roundTripSource,
  type RoundTripColumns,
  type RoundTripFilter,
  type RoundTripRow,
} from './round-trips.ts';

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

function finish<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
const rowsOf = (of: RoundTripColumns) =>
  Array.from({ length: of.count }, (_, i) => roundTripAt(of, i));
function filtered(of: RoundTripColumns, filter: RoundTripFilter): readonly RoundTripRow[] {
  const source = roundTripSource(of, filteredPlaces(of, filter));
  return Array.from({ length: source.length }, (_, i) => source.at(i));
}
const sides = ['all', 'long', 'short'] as const;
const results = ['all', 'win', 'loss', 'doubtful'] as const;

it('filters split the rows: long and short, wins and losses, nothing twice', () => {
  fc.assert(
    fc.property(some, (pairs) => {
      const given = columns(pairs);
      const count = (side: 'all' | 'long' | 'short', result: 'all' | 'win' | 'loss') =>
        filtered(given, { side, result }).length;
      expect(count('long', 'all') + count('short', 'all')).toBe(given.count);
      expect(count('all', 'win') + count('all', 'loss')).toBe(given.count);
      expect(count('long', 'win') + count('long', 'loss')).toBe(count('long', 'all'));
    }),
  );
});

/** Ties, gaps, several markets and every kind of exit. */
const many = some.map((pairs) => {
  const at = (i: number, of: number) => (i * 7919 + Math.abs(pairs[i]![0])) % of;
  const numbers = (of: (i: number) => number) => Float64Array.from(pairs, (_, i) => of(i));
  return {
    ...columns(pairs),
    exitReason: Uint8Array.from(pairs, (_, i) => at(i, 11)),
    ambiguous: Uint8Array.from(pairs, (_, i) => at(i, 2)),
    market: Uint16Array.from(pairs, (_, i) => at(i, 3)),
    swap: numbers((i) => [0, -0, -1.5, 2][at(i, 4)]!),
    slippage: numbers((i) => at(i, 5) / 4),
    otherProfit: numbers((i) => (at(i, 2) === 1 ? pairs[i]![0] - 20 : NaN)),
  };
});

it('filters and orders by each column as a look at every row would', () => {
  const shown = roundTripColumns({
    digits: [2],
    intraday: true,
    times: 'utc',
    wholeUnits: true,
    symbols: ['B10', 'B9', 'A'],
    shows: { swap: true, slippage: true, doubt: true },
  });
  expect(shown.length).toBeGreaterThan(14);
  fc.assert(
    fc.property(
      many,
      fc.constantFrom(...sides),
      fc.constantFrom(...results),
      fc.boolean(),
      (given, side, result, descending) => {
        const rows = rowsOf(given).filter(
          (row) =>
            (side === 'all' || row.side === side) &&
            (result === 'all' ||
              (result === 'doubtful' ? row.ambiguous : row.profit > 0 === (result === 'win'))),
        );
        const source = roundTripSource(given, filteredPlaces(given, { side, result }));
        expect(filtered(given, { side, result })).toEqual(rows);
        rows.forEach((row, place) => expect(source.placeOf(row.number)).toBe(place));
        expect(source.placeOf(given.count + 1)).toBe(-1);
        for (const column of shown) {
          const places = finish(sortedPlaces(source, column, { descending }));
          const numbers = Array.from(places, (place) => source.at(place).number);
          const sorted = sortRows(rows, shown, { column: column.id, descending });
          expect(numbers).toEqual(sorted.map((row) => row.number));
        }
      },
    ),
  );
});

it('finds the round trips in doubt and what else they could have been', () => {
  const given = {
    ...columns([
      [5, 10],
      [-7, 10],
      [3, -10],
    ]),
    ambiguous: Uint8Array.of(0, 1, 0),
    otherProfit: Float64Array.of(NaN, 9, NaN),
  };
  const found = filtered(given, { side: 'all', result: 'doubtful' });
  expect(found.map((row) => [row.number, row.profit, row.otherProfit])).toEqual([[2, -7, 9]]);
  expect(roundTripAt(given, 0).otherProfit).toBe(null);
});

it('shows a short by its side and positive units, its return on the value at entry', () => {
  expect(roundTripAt(columns([[50, -10]]), 0)).toMatchObject({
    side: 'short',
    units: 10,
    returnPct: 5,
    bars: 1,
    exitReason: 'stop',
  });
});

it('writes one CSV line a round trip after the header, however many there are', () => {
  const few: readonly (readonly [number, number])[] = [
    [1, 10],
    [-2, -10],
  ];
  const written = (of: RoundTripColumns) => finish(csvSteps(of)).join('');
  const lines = written(columns(few)).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain('short');
  expect(lines[2]).toContain(',-2,');
  const long = written(columns(Array.from({ length: 1234 }, (_, i) => [i, 10] as const)));
  const numbers = long
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Number.parseInt(line, 10));
  expect(numbers).toEqual(Array.from({ length: 1234 }, (_, i) => i + 1));
});
