/** What a run means, one sentence a rule. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../tests/fuzz/run-case.ts';
import { sliceBars, type Bars, type PriceColumns } from '../market/bars.ts';
import { exitReasons, type Outcome } from './outcome.ts';
import { runReference } from './reference-broker.ts';
import { defaultSettings, type RunSettings } from './settings.ts';
import { EXIT_LONG, EXIT_SHORT, type Signals } from './signals.ts';

type Row = readonly [open: number, high: number, low: number, close: number];

const calm: Row = [100, 101, 99, 100];

function priceColumns(rows: readonly Row[]): PriceColumns {
  const column = (k: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[k]);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
}

function made(rows: readonly Row[], ask: readonly Row[] | null = null): Bars {
  return {
    length: rows.length,
    timesMs: Float64Array.from(rows, (_, i) => i * 86_400_000),
    scale: 1,
    digits: 2,
    bid: priceColumns(rows),
    ask: ask && priceColumns(ask),
    volume: null,
    spreadPoints: null,
  };
}

interface Wishes {
  readonly entries?: Readonly<Record<number, 1 | -1>>;
  readonly exits?: Readonly<Record<number, number>>;
  readonly stop?: number;
  readonly target?: number;
  readonly warmupBars?: number;
  readonly sizing?: Signals['sizing'];
}

/** Ten units at each entry, rules acting from bar 1. */
function wish(length: number, wishes: Wishes): Signals {
  const levels = (level: number | undefined) =>
    level === undefined
      ? null
      : { long: new Float64Array(length).fill(level), short: new Float64Array(length).fill(level) };
  return {
    length,
    warmupBars: wishes.warmupBars ?? 0,
    entry: Int8Array.from({ length }, (_, i) => wishes.entries?.[i] ?? 0),
    exit: Uint8Array.from({ length }, (_, i) => wishes.exits?.[i] ?? 0),
    stop: levels(wishes.stop),
    target: levels(wishes.target),
    sizing: wishes.sizing ?? { kind: 'units', units: 10 },
  };
}

function run(
  rows: readonly Row[],
  wishes: Wishes,
  settings: Partial<RunSettings> = {},
  ask: readonly Row[] | null = null,
): Outcome {
  const signals = wish(rows.length, wishes);
  return runReference(made(rows, ask), signals, { ...defaultSettings, ...settings });
}

/** The k-th round trip as an object, with its reason in words. */
function trip({ roundTrips: trips }: Outcome, k = 0) {
  return {
    entryBar: trips.entryBar[k],
    exitBar: trips.exitBar[k],
    entryPrice: trips.entryPrice[k],
    exitPrice: trips.exitPrice[k],
    units: trips.units[k],
    profit: trips.profit[k],
    reason: exitReasons[trips.exitReason[k]!],
    ambiguous: trips.ambiguous[k],
  };
}

describe('an entry', () => {
  test('fills at the open after its signal', () => {
    const rows: Row[] = [calm, calm, [102, 103, 101, 102], calm];
    expect(run(rows, { entries: { 1: 1 } }).open).toEqual({
      entryBar: 2,
      entryPrice: 102,
      units: 10,
    });
  });

  test('fills at the close of its signal when asked to, and its stop waits for the next bar', () => {
    const rows: Row[] = [calm, [100, 101, 50, 100], calm, [100, 101, 80, 90]];
    const outcome = run(rows, { entries: { 1: 1 }, stop: 90 }, { fill: 'close' });
    expect(trip(outcome)).toMatchObject({
      entryBar: 1,
      entryPrice: 100,
      exitBar: 3,
      exitPrice: 90,
    });
  });

  test('pays the spread, a sale as well as a purchase', () => {
    const rows = [calm, calm, calm];
    const settings = { spread: { ...defaultSettings.spread, rate: 0.01 } };
    expect(run(rows, { entries: { 1: 1 } }, settings).open?.entryPrice).toBe(101);
    expect(run(rows, { entries: { 1: -1 } }, settings).open?.entryPrice).toBe(99);
  });

  test('is not made before the bar after warm-up', () => {
    const rows = [calm, calm, calm, calm, calm];
    const outcome = run(rows, { entries: { 2: 1, 3: -1 }, warmupBars: 2 });
    expect(outcome.open).toMatchObject({ entryBar: 4, units: -10 });
  });

  test('that cannot be paid for is dropped and counted', () => {
    const outcome = run([calm, calm, calm], { entries: { 1: 1 } }, { cash: 900 });
    expect(outcome).toMatchObject({ open: null, droppedEntries: 1 });
  });

  test('on the last bar is never made', () => {
    const outcome = run([calm, calm, calm], { entries: { 2: 1 } });
    expect(outcome).toMatchObject({ open: null, droppedEntries: 0 });
  });
});

describe('an entry while a position is open', () => {
  const rows = Array.from({ length: 8 }, () => calm);

  test('is ignored on the same side', () => {
    const outcome = run(rows, { entries: { 1: 1, 4: 1 } });
    expect(outcome.open).toMatchObject({ entryBar: 2 });
    expect(outcome.roundTrips.count).toBe(0);
  });

  test('replaces the position on the same side under exclusive', () => {
    const outcome = run(rows, { entries: { 1: 1, 4: 1 } }, { exclusive: true });
    expect(trip(outcome)).toMatchObject({ entryBar: 2, exitBar: 5, reason: 'reverse' });
    expect(outcome.open).toMatchObject({ entryBar: 5, units: 10 });
  });

  test.each([true, false])(
    'turns the position round on the other side, exclusive %s',
    (exclusive) => {
      const outcome = run(rows, { entries: { 1: 1, 4: -1 } }, { exclusive });
      expect(trip(outcome)).toMatchObject({ entryBar: 2, exitBar: 5, reason: 'reverse' });
      expect(outcome.open).toMatchObject({ entryBar: 5, units: -10 });
    },
  );

  test('enters anew when an exit rule closes the same side on that bar', () => {
    const outcome = run(rows, { entries: { 1: 1, 4: 1 }, exits: { 4: EXIT_LONG } });
    expect(trip(outcome)).toMatchObject({ exitBar: 5, reason: 'rule' });
    expect(outcome.open).toMatchObject({ entryBar: 5, units: 10 });
  });
});

describe('an exit', () => {
  test('by rule fills at the next open without spread', () => {
    const rows: Row[] = [calm, calm, calm, [95, 96, 94, 95]];
    const wishes: Wishes = { entries: { 1: 1 }, exits: { 2: EXIT_LONG } };
    const outcome = run(rows, wishes, { spread: { ...defaultSettings.spread, rate: 0.01 } });
    expect(trip(outcome)).toMatchObject({ exitBar: 3, exitPrice: 95, reason: 'rule' });
  });

  test('rule for shorts leaves a long alone', () => {
    const outcome = run([calm, calm, calm, calm], {
      entries: { 1: 1 },
      exits: { 2: EXIT_SHORT },
    });
    expect(outcome.open).not.toBeNull();
  });

  test('at the stop comes before the target when the bar holds both, and says so', () => {
    const rows: Row[] = [calm, calm, calm, [100, 120, 80, 100]];
    const outcome = run(rows, { entries: { 1: 1 }, stop: 90, target: 110 });
    expect(trip(outcome)).toMatchObject({ exitPrice: 90, reason: 'stop', ambiguous: 1 });
  });

  test('at a stop that the bar opened beyond fills at the open, and is not ambiguous', () => {
    const rows: Row[] = [calm, calm, calm, [85, 120, 80, 100]];
    const outcome = run(rows, { entries: { 1: 1 }, stop: 90, target: 110 });
    expect(trip(outcome)).toMatchObject({ exitPrice: 85, reason: 'stop', ambiguous: 0 });
  });

  test('at a target that the bar opened beyond fills at the better open', () => {
    const rows: Row[] = [calm, calm, calm, [115, 120, 112, 115]];
    const outcome = run(rows, { entries: { 1: 1 }, target: 110 });
    expect(trip(outcome)).toMatchObject({ exitPrice: 115, reason: 'target' });
  });

  test('of a short is mirrored', () => {
    const rows: Row[] = [calm, calm, calm, [100, 112, 99, 100]];
    const stopped = run(rows, { entries: { 1: -1 }, stop: 110, target: 90 });
    expect(trip(stopped)).toMatchObject({ exitPrice: 110, units: -10, profit: -100 });
  });

  test('at the stop can come on the very bar of the entry', () => {
    const rows: Row[] = [calm, calm, [100, 101, 80, 95], calm];
    const outcome = run(rows, { entries: { 1: 1 }, stop: 90 });
    expect(trip(outcome)).toMatchObject({ entryBar: 2, exitBar: 2, exitPrice: 90 });
  });

  test('at the end is at the open of the last bar, whose equity is rewritten', () => {
    const rows: Row[] = [calm, calm, calm, [104, 150, 100, 140]];
    const outcome = run(rows, { entries: { 1: 1 } }, { closeAtEnd: true });
    expect(trip(outcome)).toMatchObject({ exitBar: 3, exitPrice: 104, reason: 'end' });
    expect(outcome.equity.at(-1)).toBe(10_040);
    expect(outcome.open).toBeNull();
  });

  test('at the end leaves no room for an entry on the last bar', () => {
    const outcome = run([calm, calm, calm], { entries: { 1: 1 } }, { closeAtEnd: true });
    expect(outcome).toMatchObject({ open: null, droppedEntries: 0 });
    expect(outcome.roundTrips.count).toBe(0);
  });
});

describe('money', { timeout: 60_000 }, () => {
  test('pays both commissions and counts them in the profit', () => {
    const commission = { ...defaultSettings.commission, fixed: 2, rate: 0.001 };
    const wishes: Wishes = { entries: { 1: 1 }, exits: { 2: EXIT_LONG } };
    const outcome = run([calm, calm, calm, [110, 111, 109, 110]], wishes, { commission });
    expect(trip(outcome).profit).toBeCloseTo(100 - 3 - 3.1, 9);
    expect(outcome.commissions).toBeCloseTo(6.1, 9);
    expect(outcome.equity.at(-1)).toBeCloseTo(10_093.9, 9);
  });

  test('below zero closes everything at the close and stays zero', () => {
    const rows: Row[] = [calm, calm, calm, [100, 101, 10, 40], calm, calm];
    const wishes: Wishes = { entries: { 1: 1, 4: 1 }, sizing: { kind: 'equity', fraction: 1 } };
    const outcome = run(rows, wishes, { margin: 0.1 });
    expect(trip(outcome)).toMatchObject({ exitBar: 3, exitPrice: 40, reason: 'ruin' });
    expect([...outcome.equity]).toEqual([10_000, 10_000, 10_000, 0, 0, 0]);
  });

  test('lies on the minor unit after every deal when the account rounds', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, { ...settings, rounding: 'account' });
        for (const profit of outcome.roundTrips.profit) {
          expect(Math.round(profit * 100) / 100).toBe(profit);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('changes by the sum of round trips and by nothing else', () => {
    fc.assert(
      fc.property(runCase, ({ bars, signals, settings }) => {
        const outcome = runReference(bars, signals, settings);
        const end = outcome.equity.at(-1)!;
        fc.pre(outcome.open === null && end > 0);
        const sum = outcome.roundTrips.profit.reduce((total, profit) => total + profit, 0);
        // Doubles round by size: the error grows with the largest sum passed on the way.
        const largest = outcome.equity.reduce((most, each) => Math.max(most, each), settings.cash);
        expect(Math.abs(end - settings.cash - sum)).toBeLessThanOrEqual(largest * 1e-12);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('ask prices', () => {
  const bid: Row[] = [calm, calm, calm, calm, calm];
  const ask: Row[] = bid.map(([o, h, l, c]) => [o + 3, h + 3, l + 3, c + 3]);

  test('are what a purchase fills at, while its exit is at the bid', () => {
    const outcome = run(bid, { entries: { 1: 1 }, exits: { 2: EXIT_LONG } }, {}, ask);
    expect(trip(outcome)).toMatchObject({ entryPrice: 103, exitPrice: 100, profit: -30 });
  });

  test('close, stop and value a short that was sold at the bid', () => {
    const byRule = run(bid, { entries: { 1: -1 }, exits: { 2: EXIT_SHORT } }, {}, ask);
    expect(trip(byRule)).toMatchObject({ entryPrice: 100, exitPrice: 103, profit: -30 });
    expect(byRule.equity[2]).toBe(9970);
    const stopped = run(bid, { entries: { 1: -1 }, stop: 104 }, {}, ask);
    expect(trip(stopped)).toMatchObject({ exitBar: 2, exitPrice: 104, reason: 'stop' });
  });
});

test('truncating the future changes nothing before', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(runCase, fc.nat(100), ({ bars, signals, settings }, cut) => {
      const open = { ...settings, closeAtEnd: false };
      const length = 1 + (cut % bars.length);
      const whole = runReference(bars, signals, open);
      const part = runReference(sliceBars(bars, 0, length), truncated(signals, length), open);
      expect(part.equity).toStrictEqual(whole.equity.slice(0, length));
      const count = part.roundTrips.count;
      for (const name of ['entryBar', 'exitBar', 'units', 'exitPrice', 'profit'] as const) {
        expect(part.roundTrips[name]).toStrictEqual(whole.roundTrips[name].slice(0, count));
      }
      // An exit at a close is booked with the bar that follows it.
      const settled = open.fill === 'close' ? length - 1 : length;
      const due = whole.roundTrips.exitBar.filter((bar) => bar < settled).length;
      expect(count).toBeGreaterThanOrEqual(due);
    }),
    { numRuns: 2000 },
  );
});

function truncated(signals: Signals, length: number): Signals {
  const levels = (side: Signals['stop']) =>
    side && { long: side.long.slice(0, length), short: side.short.slice(0, length) };
  return {
    ...signals,
    length,
    entry: signals.entry.slice(0, length),
    exit: signals.exit.slice(0, length),
    stop: levels(signals.stop),
    target: levels(signals.target),
  };
}
