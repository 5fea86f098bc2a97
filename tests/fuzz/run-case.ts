/** Random bars, signals and settings for property tests: small prices on a coarse grid, many ties. */
import fc from 'fast-check';
import type { Bars, PriceColumn, PriceColumns } from '#core/market/bars.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import type { Signals, Sizing } from '#core/execution/signals.ts';

export interface RunCase {
  readonly bars: Bars;
  readonly signals: Signals;
  readonly settings: RunSettings;
}

const DAY_MS = 86_400_000;

/** A coarse grid makes opens on levels, levels on extremes and gaps over both common. */
const bar = fc.tuple(
  fc.integer({ min: 10, max: 35 }),
  fc.integer({ min: 10, max: 35 }),
  fc.integer({ min: 0, max: 6 }),
  fc.integer({ min: 0, max: 4 }),
);

/** Mostly around and outside the range of prices, so that a position can live for a while. */
const below = level({ min: 1, max: 18 });
const above = level({ min: 27, max: 46 });

function level(range: { min: number; max: number }): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer(range) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 46 }) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  );
}

const sizing: fc.Arbitrary<Sizing> = fc.oneof(
  fc.record({ kind: fc.constant('equity' as const), fraction: fc.constantFrom(1, 0.5, 0.03, 2) }),
  fc.record({ kind: fc.constant('units' as const), units: fc.constantFrom(1, 7.5, 60) }),
  fc.record({ kind: fc.constant('lots' as const), lots: fc.constantFrom(0.01, 0.5, 3) }),
  fc.record({ kind: fc.constant('risk' as const), fraction: fc.constantFrom(0.01, 0.4, 1) }),
);

/** What kernels know of; all else is at its default. */
const kernelSettings = {
  cash: fc.constantFrom(60, 1000, 99_999.99),
  commission: fc
    .record({ fixed: fc.constantFrom(0, 0.015, 5), rate: fc.constantFrom(0, 0.003) })
    .map((known) => ({ ...defaultSettings.commission, ...known })),
  spread: fc
    .record({ rate: fc.constantFrom(0, 0.0007, 0.05) })
    .map((known) => ({ ...defaultSettings.spread, ...known })),
  margin: fc.constantFrom(1, 0.3, 0.02),
  fill: fc.constantFrom('nextOpen', 'close'),
  units: fc.constantFrom('whole', 'fractional'),
  exclusive: fc.boolean(),
  closeAtEnd: fc.boolean(),
  rounding: fc.constantFrom('none', 'account'),
  contractSize: fc.constantFrom(1, 10),
} as const;

/** Settings of a run that kernels can do. */
export const settingsArbitrary: fc.Arbitrary<RunSettings> = fc
  .record(kernelSettings)
  .map((known) => ({ ...defaultSettings, ...known }));

/** Settings that only the broker knows how to follow, those of the kernels included. */
export const wholeSettingsArbitrary: fc.Arbitrary<RunSettings> = fc.record({
  ...kernelSettings,
  commission: fc.record({
    fixed: fc.constantFrom(0, 0.015, 5),
    rate: fc.constantFrom(0, 0.003),
    perLot: fc.constantFrom(0, 0.7),
    minimum: fc.constantFrom(0, 0.5),
  }),
  spread: fc.record({
    rate: fc.constantFrom(0, 0.0007),
    points: fc.constantFrom(0, 3),
    column: fc.boolean(),
  }),
  slippage: fc.record({
    kind: fc.constantFrom('none', 'fixed', 'random', 'volume'),
    points: fc.constantFrom(0, 2),
    seed: fc.constantFrom(1, 7),
  }),
  swap: fc.record({
    longPerLot: fc.constantFrom(0, -0.5),
    shortPerLot: fc.constantFrom(0, 0.25),
    tripleWeekday: fc.constantFrom(3, 5),
    rolloverHour: fc.constantFrom(17, 0),
    zone: fc.constantFrom('America/New_York', 'UTC'),
  }),
  path: fc.constantFrom('pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks'),
  volume: fc.record({
    step: fc.constantFrom(0, 0.5, 2),
    min: fc.constantFrom(0, 2),
    max: fc.constantFrom(0, 50),
  }),
  positions: fc.constantFrom('single', 'netting', 'hedging'),
  sides: fc.constantFrom('both', 'long', 'short'),
  stopOut: fc.constantFrom(null, 0.5, 1),
});

export const runCase: fc.Arbitrary<RunCase> = fc
  .record({
    rows: fc.array(
      fc.record({
        bar,
        ask: bar,
        entry: fc.constantFrom(0, 0, 0, 1, -1),
        exit: fc.constantFrom(0, 0, 0, 1, 2, 3),
        stops: fc.tuple(below, above),
        targets: fc.tuple(above, below),
      }),
      { minLength: 1, maxLength: 80, size: 'max' },
    ),
    scale: fc.constantFrom(1, 10, 100),
    asFloats: fc.boolean(),
    hasAsk: fc.boolean(),
    hasStop: fc.boolean(),
    hasTarget: fc.boolean(),
    warmupBars: fc.integer({ min: 0, max: 8 }),
    sizing,
    settings: settingsArbitrary,
  })
  .map(({ rows, scale, asFloats, settings, ...drawn }) => {
    const columns = (key: 'bar' | 'ask') =>
      priceColumns(
        rows.map((row) => row[key]),
        (points) =>
          asFloats ? Float64Array.from(points, (p) => p / scale) : Int32Array.from(points),
      );
    const levels = (key: 'stops' | 'targets') => ({
      long: Float64Array.from(rows, (row) => row[key][0] / scale),
      short: Float64Array.from(rows, (row) => row[key][1] / scale),
    });
    const bars: Bars = {
      length: rows.length,
      timesMs: Float64Array.from(rows, (_, i) => i * DAY_MS),
      scale: asFloats ? 1 : scale,
      digits: 2,
      bid: columns('bar'),
      ask: drawn.hasAsk ? columns('ask') : null,
      volume: null,
      spreadPoints: null,
    };
    const signals: Signals = {
      length: rows.length,
      warmupBars: drawn.warmupBars,
      entry: Int8Array.from(rows, (row) => row.entry),
      exit: Uint8Array.from(rows, (row) => row.exit),
      stop: drawn.hasStop ? levels('stops') : null,
      target: drawn.hasTarget ? levels('targets') : null,
      sizing: drawn.sizing,
    };
    return { bars, signals, settings };
  });

type BarDraw = readonly [open: number, close: number, above: number, below: number];

function priceColumns(
  rows: readonly BarDraw[],
  toColumn: (points: readonly number[]) => PriceColumn,
): PriceColumns {
  const high = rows.map(([open, close, above]) => Math.max(open, close) + above);
  const low = rows.map(([open, close, , below]) => Math.max(1, Math.min(open, close) - below));
  return {
    open: toColumn(rows.map(([open]) => open)),
    high: toColumn(high),
    low: toColumn(low),
    close: toColumn(rows.map(([, close]) => close)),
  };
}
