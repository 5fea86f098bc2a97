/** Where a paper account's prices come from: made up from a seed, or played again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { encodeChunk } from '#core/market/chunk.ts';
import {
  generate,
  marketTime,
  newGenerator,
  type GeneratorState,
} from '../../sync/terminals/paper/price-generator.ts';
import {
  generatorFeed,
  replayFeed,
  type PriceState,
} from '../../sync/terminals/paper/price-feed.ts';
import { openReplay, type Series } from '../../sync/terminals/paper/price-replay.ts';
import { symbolsFor, termsOf } from '../../sync/terminals/paper/paper-terms.ts';
import { madeBroker, noonMs, request } from './paper-play.ts';

const symbols = symbolsFor('realistic', null);
const terms = termsOf({ profile: 'realistic', mode: 'hedging', currency: 'USD', leverage: 100 });
const dayMs = 86_400_000;

function walk(state: GeneratorState, steps: number, passedMs: number) {
  const quotes = [];
  let now = state;
  for (let k = 0; k < steps; k++) {
    const next = generate(now, symbols, { passedMs, volatility: 1, terms });
    now = next.state;
    quotes.push(next);
  }
  return quotes;
}

describe('made-up prices', () => {
  test('are the same for the same seed, others for another, and go on from where they stood', () => {
    const whole = walk(newGenerator(7, noonMs), 40, 250);
    expect(walk(newGenerator(7, noonMs), 40, 250)).toEqual(whole);
    expect(walk(newGenerator(8, noonMs), 40, 250)).not.toEqual(whole);
    const half = JSON.parse(JSON.stringify(whole[19]!.state)) as GeneratorState;
    expect(walk(half, 20, 250)).toEqual(whole.slice(20));
  });

  test('stay prices, the ask above the bid, near where they began', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 600_000 }), (seed, passedMs) => {
        for (const { quotes } of walk(newGenerator(seed, noonMs), 60, passedMs)) {
          for (const { symbol, bid, ask } of quotes) {
            const { firstPrice } = symbols.find((each) => each.symbol === symbol)!;
            expect(ask).toBeGreaterThan(bid);
            expect(bid / firstPrice).toBeGreaterThan(0.8);
            expect(bid / firstPrice).toBeLessThan(1.25);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('have five days in a week, are silent around its end, and jump over the gap', () => {
    const friday = Date.UTC(2026, 10, 27, 23);
    const seen = walk(newGenerator(1, friday), 70, 60_000);
    const silent = seen.filter(({ quotes }) => quotes.length === 0);
    // From 23:55 to 00:05 of the day after, which is a Monday.
    expect(silent).toHaveLength(10);
    expect(new Date(seen.at(-1)!.marketMs).getUTCDay()).toBe(1);
    const saturday = newGenerator(1, Date.UTC(2026, 10, 28, 12));
    expect(new Date(marketTime(saturday)).getUTCDay()).toBe(1);
  });

  test('begin at an hour at which one can trade, for half an hour at least', () => {
    const minute = fc.integer({ min: 0, max: 7 * 1440 - 1 });
    fc.assert(
      fc.property(minute, (minutes) => {
        const begun = newGenerator(1, Date.UTC(2026, 10, 27) + minutes * 60_000);
        expect(walk(begun, 30, 60_000).filter(({ quotes }) => quotes.length === 0)).toEqual([]);
      }),
      { numRuns: 500, examples: [[23 * 60 + 58], [24 * 60], [2 * 1440 - 1], [3 * 1440 + 4]] },
    );
  });

  test('have four times the spread around midnight', () => {
    const [wide] = walk(newGenerator(1, Date.UTC(2026, 10, 25, 0, 5)), 1, 1_000);
    const [usual] = walk(newGenerator(1, noonMs), 1, 1_000);
    const spread = ({ quotes }: typeof wide & object) => quotes[0]!.ask - quotes[0]!.bid;
    expect(spread(wide!) / spread(usual!)).toBeCloseTo(4, 0);
  });

  test('charge no swap for the leap of an account to the time of its prices', () => {
    const broker = madeBroker();
    broker.trade(request());
    generatorFeed(broker, { seed: 1, volatility: 1 }, { state: null, serverMs: noonMs });
    replayFeed(broker, replayed([hourly(3)]), null);
    expect(broker.positions()[0]?.swap).toBe(0);
  });
});

function hourly(length: number, fromMs = noonMs, stepMs = 3_600_000): Series {
  const points = (above: number) => Int32Array.from({ length }, (_, i) => 110_000 + i * 10 + above);
  const bars: Bars = {
    length,
    timesMs: Float64Array.from({ length }, (_, i) => fromMs + i * stepMs),
    scale: 100_000,
    digits: 5,
    bid: { open: points(0), high: points(20), low: points(-20), close: points(5) },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
  const read = decodeChunks([encodeChunk(bars)]);
  if (!read.ok) throw new Error(read.error.detail);
  return { symbol: 'EURUSD', kind: 'bars', bars: read.value };
}

const replayed = (series: readonly Series[]) => ({ source: 'x', series, spreadOf: () => 2 });

describe('prices played again', () => {
  test('open, go to one extreme, to the other and close, with the spread they are given', () => {
    const replay = openReplay([hourly(1)], 0, () => 2);
    const steps = Array.from({ length: 4 }, () => replay.take(() => true));
    expect(steps.map(({ bid }) => bid)).toEqual([1.1, 1.0998, 1.1002, 1.10005]);
    expect(steps.map(({ way }) => way)).toEqual(['jump', 'walk', 'walk', 'walk']);
    expect(steps[0]!.ask).toBe(1.10002);
    expect(replay.nextMs()).toBeNull();
  });

  test('of several symbols come in the order of time', () => {
    const other = { ...hourly(3, noonMs + 60_000), symbol: 'GBPUSD' };
    const replay = openReplay([hourly(3), other], 0, () => 0);
    let before = 0;
    for (let atMs = replay.nextMs(); atMs !== null; atMs = replay.nextMs()) {
      expect(atMs).toBeGreaterThanOrEqual(before);
      before = atMs;
      replay.take(() => true);
    }
    expect(before).toBe(noonMs + 60_000 + 2.75 * 3_600_000);
  });

  test('run as fast as is asked, stand still where paused, and go on from where they stood', () => {
    const broker = madeBroker();
    const feed = replayFeed(broker, replayed([hourly(48)]), null);
    feed.pass(1, noonMs);
    expect(broker.quote('EURUSD')?.bid).toBe(1.1);
    feed.pass(0, noonMs + 250);
    expect(broker.quote('EURUSD')?.bid).toBe(1.1);
    // A second at ×1000, eleven times.
    for (let k = 0; k < 11; k++) feed.pass(1_000_000, noonMs + k * 1_000);
    const bid = broker.quote('EURUSD')?.bid;
    const kept = JSON.parse(JSON.stringify(feed.state)) as PriceState;
    const again = madeBroker();
    const next = replayFeed(again, replayed([hourly(48)]), kept);
    expect(next.state).toEqual(feed.state);
    next.pass(3_600_000, noonMs);
    expect(again.quote('EURUSD')!.bid).not.toBe(bid);
    expect(marketHours(kept)).toBeCloseTo(3.06, 1);
  });

  test('skip the hours of a weekend', () => {
    const broker = madeBroker();
    const before = hourly(4);
    const after = hourly(4, noonMs + 2 * dayMs);
    if (before.kind !== 'bars' || after.kind !== 'bars') throw new Error('bars');
    const joined = decodeChunks([encodeChunk(before.bars), encodeChunk(after.bars)]);
    if (!joined.ok) throw new Error(joined.error.detail);
    const series: Series = { symbol: 'EURUSD', kind: 'bars', bars: joined.value };
    const feed = replayFeed(broker, replayed([series]), null);
    for (let k = 0; k < 4; k++) feed.pass(3_600_000, noonMs);
    feed.pass(1_800_000, noonMs);
    expect(broker.marketMs).toBeGreaterThanOrEqual(noonMs + 2 * dayMs);
  });
});

function marketHours(state: PriceState): number {
  return state.kind === 'replay' ? (state.replayMs - noonMs) / 3_600_000 : NaN;
}

test('events can come in any order, and none is lost', () => {
  const told = [false, true].map((shufflesEvents) => {
    const broker = madeBroker({ terms: { shufflesEvents } });
    for (let k = 0; k < 6; k++) broker.trade(request());
    return broker.takeEvents();
  });
  const sorted = told.map((events) => events.map((each) => JSON.stringify(each)).sort());
  expect(sorted[1]).toEqual(sorted[0]);
  expect(told[1]).not.toEqual(told[0]);
});
