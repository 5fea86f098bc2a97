/** The fingerprint of a run: steady, and moved by all that it covers. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defaultSettings } from './execution/settings.ts';
import { canonicalSettings } from './execution/settings.ts';
import { runReference } from './execution/reference-broker.ts';
import type { Signals } from './execution/signals.ts';
import { hashedBytes, hashRun, type HashedRun } from './hash.ts';
import { makeBars } from './market/made-bars.ts';
import { makeTicks } from './market/made-ticks.ts';

const length = 300;
const bars = makeBars({ count: length, seed: 1 });
const signals: Signals = {
  length,
  warmupBars: 0,
  entry: Int8Array.from({ length }, (_, i) => (i % 20 === 5 ? 1 : i % 20 === 15 ? -1 : 0)),
  exit: new Uint8Array(length),
  stop: null,
  target: null,
  sizing: { kind: 'equity', fraction: 1 },
};
const run: HashedRun = {
  bars,
  source: 'enter long when close > open',
  canonicalSettings: canonicalSettings(defaultSettings, {}),
  outcome: runReference(bars, signals, defaultSettings),
};

function hashOf(hashed: HashedRun): string {
  const steps = hashRun(hashed);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const touched = <T extends Int32Array | Float64Array>(column: T): T => {
  const copy = column.slice() as T;
  copy[copy.length - 1]! += 1;
  return copy;
};

describe('the hash of a run', () => {
  test('names what moved inside the bars, further markets and symbols after all else', () => {
    const lower = makeBars({ count: 20, seed: 2 });
    const ticks = makeTicks({ count: 30, seed: 3 });
    const inner = { kind: 'ticks', ticks, firstOf: new Int32Array(length + 1) } as const;
    const market = new Uint16Array(run.outcome.roundTrips.count);
    const roundTrips = { ...run.outcome.roundTrips, market };
    const others = [
      { bars: lower, inner: { kind: 'bars', bars: lower, firstOf: new Int32Array(21) } as const },
    ];
    const companions = new Map([['GBPUSD', lower]]);
    const outcome = { ...run.outcome, roundTrips };
    const whole: HashedRun = { ...run, outcome, inner, others, companions };
    const names = hashedBytes(whole)
      .map(
        (bytes) => /^([\w.]+) (?:utf8|i32|f64) \d+\n$/.exec(new TextDecoder().decode(bytes))?.[1],
      )
      .filter((name) => name !== undefined);
    const ofBars = (prefix: string) =>
      ['scale', 'times', 'bid.open', 'bid.high', 'bid.low', 'bid.close'].map((it) => prefix + it);
    expect(names.slice(names.indexOf('equity') + 1)).toEqual([
      'trips.market',
      ...['inner.scale', 'inner.times', 'inner.bid', 'inner.ask'],
      ...ofBars('market.1.'),
      ...ofBars('market.1.inner.'),
      ...ofBars('symbol.GBPUSD.'),
    ]);
    const none: HashedRun = { ...run, inner: null, others: [], companions: new Map() };
    expect(hashOf(none)).toBe(hashOf(run));
  });

  test('is the SHA-256 of the sections as the header of the file describes them', () => {
    const hash = createHash('sha256').update('offing.run.1\n');
    const text = (name: string, value: string) =>
      hash.update(`${name} utf8 ${Buffer.byteLength(value)}\n${value}`);
    const column = (name: string, values: Int32Array | Float64Array) => {
      const width = values instanceof Int32Array ? 4 : 8;
      const bytes = Buffer.alloc(values.length * width);
      values.forEach((value, i) =>
        width === 4 ? bytes.writeInt32LE(value, i * 4) : bytes.writeDoubleLE(value, i * 8),
      );
      hash.update(`${name} ${width === 4 ? 'i32' : 'f64'} ${values.length}\n`).update(bytes);
    };
    text('rules', run.source);
    text('settings', run.canonicalSettings);
    column('scale', Float64Array.of(bars.scale));
    column('times', bars.timesMs);
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      column(`bid.${field}`, bars.bid[field]);
    }
    const { roundTrips: trips, equity } = run.outcome;
    expect(trips.count).toBeGreaterThan(10);
    column('trips.entryBar', Float64Array.from(trips.entryBar));
    column('trips.exitBar', Float64Array.from(trips.exitBar));
    column('trips.entryPrice', trips.entryPrice);
    column('trips.exitPrice', trips.exitPrice);
    column('trips.units', trips.units);
    column('trips.profit', trips.profit);
    column('equity', equity);
    expect(hashOf(run)).toBe(hash.digest('hex'));
  });

  test('moves with every part of the run', () => {
    const { outcome } = run;
    const trips = outcome.roundTrips;
    const variants: HashedRun[] = [
      run,
      { ...run, source: `${run.source} ` },
      { ...run, canonicalSettings: canonicalSettings(defaultSettings, { fast: 1 }) },
      { ...run, bars: { ...bars, scale: 10_000 } },
      { ...run, bars: { ...bars, timesMs: touched(bars.timesMs) } },
      { ...run, bars: { ...bars, bid: { ...bars.bid, low: bars.bid.low.map((p) => p - 1) } } },
      { ...run, bars: { ...bars, ask: bars.bid } },
      { ...run, bars: { ...bars, volume: new Float64Array(length) } },
      { ...run, bars: { ...bars, spreadPoints: new Int32Array(length) } },
      { ...run, outcome: { ...outcome, equity: touched(outcome.equity) } },
      ...(['entryBar', 'exitBar', 'entryPrice', 'exitPrice', 'units', 'profit'] as const).map(
        (name) => {
          const roundTrips = { ...trips, [name]: touched(trips[name]) };
          return { ...run, outcome: { ...outcome, roundTrips } };
        },
      ),
    ];
    expect(new Set(variants.map(hashOf)).size).toBe(variants.length);
  });

  test('does not care where in memory a column lies', () => {
    const shifted = new Float64Array(length + 3).subarray(3);
    shifted.set(run.outcome.equity);
    expect(hashOf({ ...run, outcome: { ...run.outcome, equity: shifted } })).toBe(hashOf(run));
  });
});
