/** The past of a paper account: what was seen, what leads up to it, and what was played again. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BarsQuestion, SaidBar } from '#core/broker/messages.ts';
import type { Bars } from '#core/market/bars.ts';
import { spanAt } from '#core/rules/spans.ts';
import { minuteKeep, type MinuteStore } from '#sync/terminals/paper/minute-keep.ts';
import { playedBars, seenBars, type SeenPrices } from '#sync/terminals/paper/paper-bars.ts';
import { minuteRecorder, type HourOfMinutes } from '#sync/terminals/paper/paper-minutes.ts';
import { paperSymbols } from '#sync/terminals/paper/paper-symbols.ts';

const symbol = paperSymbols[0]!;
const offsetMs = 7_200_000;
const minuteMs = 60_000;
/** A Wednesday at noon, UTC. */
const beganMs = Date.UTC(2026, 3, 15, 12, 7);

function seenFrom(bids: readonly number[], tickMs = 20_000): SeenPrices {
  const recorder = minuteRecorder();
  bids.forEach((bid, i) => {
    const utcMs = beganMs + i * tickMs;
    recorder.note({ symbol: symbol.symbol, bid, serverMs: utcMs + offsetMs }, utcMs);
  });
  const hours = recorder.unkept(symbol.symbol).toReversed();
  return {
    ...{ symbol, seed: 7, offsetMs },
    hours: async (beforeMs, limit) =>
      hours.filter(({ hourMs }) => hourMs < beforeMs).slice(0, limit),
  };
}

const bid = fc.integer({ min: 108_000, max: 109_000 }).map((points) => points / 1e5);
const bids = fc.array(bid, { minLength: 1, maxLength: 400 });
const timeframes = ['M1', 'M5', 'M15', 'H1', 'H4', 'D1', 'W1', 'MN1'] as const;
const question = (change: Partial<BarsQuestion>): BarsQuestion => ({
  ...{ symbol: symbol.symbol, timeframe: 'M1', beforeServerMs: null, limit: 300 },
  ...change,
});

describe('made-up prices', () => {
  test('that were seen are told tick for tick, and the past before ends in the first of them', async () => {
    await fc.assert(
      fc.asyncProperty(bids, async (made) => {
        const { bars, hasMore } = await seenBars(seenFrom(made), question({ limit: 1_000 }));
        expect(hasMore).toBe(true);
        const seenFromS = (Math.floor(beganMs / minuteMs) * minuteMs + offsetMs) / 1_000;
        const seen = bars.filter(([openS]) => openS >= seenFromS);
        const points = made.map((each) => Math.round(each * 1e5));
        expect(seen.reduce((sum, [, , , , , ticks]) => sum + ticks, 0)).toBe(points.length);
        expect(Math.max(...seen.map(([, , high]) => high))).toBe(Math.max(...points));
        expect(Math.min(...seen.map(([, , , low]) => low))).toBe(Math.min(...points));
        expect(seen.at(-1)![4]).toBe(points.at(-1));
        const before = bars[bars.indexOf(seen[0]!) - 1]!;
        expect(before[0]).toBe(seenFromS - 60);
        expect(before[4]).toBe(points[0]);
        expect(seen[0]![1]).toBe(points[0]);
      }),
      { numRuns: 30 },
    );
  });

  test('of any timeframe are those of a shorter one put together, in whole bars of the broker’s days', async () => {
    const seen = seenFrom([1.085, 1.086, 1.0855, 1.0845]);
    const minutes = await everything(seen, 'M15');
    for (const timeframe of timeframes.slice(2)) {
      const bars = await everything(seen, timeframe);
      const groups = new Map<number, SaidBar[]>();
      for (const bar of minutes) {
        const { fromMs } = spanAt(timeframe, bar[0] * 1_000);
        groups.set(fromMs, [...(groups.get(fromMs) ?? []), bar]);
      }
      expect(bars).toEqual(
        [...groups].map(([fromMs, group]) => [
          fromMs / 1_000,
          group[0]![1],
          Math.max(...group.map(([, , high]) => high)),
          Math.min(...group.map(([, , , low]) => low)),
          group.at(-1)![4],
          group.reduce((sum, [, , , , , ticks]) => sum + ticks, 0),
        ]),
      );
    }
  });

  test('are the same in pages of any size', async () => {
    const seen = seenFrom([1.085, 1.086]);
    const whole = (await seenBars(seen, question({ timeframe: 'H1', limit: 1_000 }))).bars;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (limit) => {
        const pages = [];
        let beforeServerMs: number | null = null;
        while (pages.length < whole.length) {
          const ask = question({ timeframe: 'H1', limit, beforeServerMs });
          const { bars } = await seenBars(seen, ask);
          pages.unshift(...bars);
          beforeServerMs = bars[0]![0] * 1_000;
        }
        expect(pages.slice(-whole.length)).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  test('have no weekend in the past, and move as such prices do', async () => {
    const days = await everything(seenFrom([1.085]), 'D1');
    expect(days.length).toBeGreaterThan(255);
    for (const [openS, open, high, low] of days.slice(0, -1)) {
      expect([0, 6]).not.toContain(new Date(openS * 1_000).getUTCDay());
      expect((high - low) / open).toBeGreaterThan(0.002);
      expect((high - low) / open).toBeLessThan(0.04);
      expect(Math.abs(open / 108_500 - 1)).toBeLessThan(0.08);
    }
  });
});

/** All of it, however many pages. */
async function everything(seen: SeenPrices, timeframe: string) {
  const all: SaidBar[] = [];
  let beforeServerMs: number | null = null;
  for (let hasMore = true; hasMore;) {
    const page = await seenBars(seen, question({ timeframe, beforeServerMs, limit: 1_000 }));
    all.unshift(...page.bars);
    hasMore = page.hasMore;
    beforeServerMs = all[0]![0] * 1_000;
  }
  return all;
}

test('minutes that were kept in parts, across a restart, are the same as those that were not', async () => {
  await fc.assert(
    fc.asyncProperty(bids, fc.array(fc.nat(400), { maxLength: 4 }), async (made, cuts) => {
      const rows: HourOfMinutes[] = [];
      let isAway = false;
      const store: MinuteStore = {
        async add(hours) {
          if (isAway) throw new Error('away');
          for (const hour of hours) {
            const at = rows.findIndex(({ hourMs }) => hourMs === hour.hourMs);
            if (at < 0) rows.push(hour);
            else rows[at] = { ...hour, minutes: [...rows[at]!.minutes, ...hour.minutes] };
          }
        },
        read: async ({ hourMs, limit }) =>
          rows
            .filter((row) => row.hourMs < hourMs)
            .sort((a, b) => b.hourMs - a.hourMs)
            .slice(0, limit),
      };
      let keep = minuteKeep(minuteRecorder(), store, () => undefined);
      for (const [i, each] of made.entries()) {
        const utcMs = beganMs + i * 20_000;
        keep.note({ symbol: symbol.symbol, bid: each, serverMs: utcMs + offsetMs }, utcMs);
        isAway = i % 3 === 0;
        keep.tick(utcMs);
        await Promise.resolve();
        isAway = false;
        if (!cuts.includes(i)) continue;
        await keep.close();
        keep = minuteKeep(minuteRecorder(), store, () => undefined);
      }
      const hours = (beforeMs: number, limit: number) => keep.hours(symbol.symbol, beforeMs, limit);
      const whole = seenFrom(made);
      const ask = question({ limit: 1_000 });
      expect(await seenBars({ ...whole, hours }, ask)).toEqual(await seenBars(whole, ask));
    }),
    { numRuns: 40 },
  );
});

describe('prices that are played again', () => {
  const column = (values: readonly number[]) => Int32Array.from(values);
  const length = 200;
  const index = Array.from({ length }, (_, i) => i);
  const fromMs = Date.UTC(2020, 0, 6);
  const bars: Bars = {
    ...{ length, scale: 1e5, digits: 5, ask: null, volume: null, spreadPoints: null },
    timesMs: Float64Array.from(index, (i) => fromMs + i * 5 * minuteMs),
    bid: {
      open: column(index.map((i) => 110_000 + i)),
      high: column(index.map((i) => 110_010 + i)),
      low: column(index.map((i) => 109_990 + i)),
      close: column(index.map((i) => 110_001 + i)),
    },
  };
  const series = { symbol: 'EURUSD', kind: 'bars', bars } as const;

  test('are told up to what was played, never beyond', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -10, max: 1_100 }), async (minutes) => {
        const replayMs = fromMs + minutes * minuteMs;
        const ask = question({ timeframe: 'M5', limit: 1_000 });
        const told = await playedBars(series, { replayMs, offsetMs }, ask);
        const over = index.filter((i) => bars.timesMs[i]! + 3.75 * minuteMs <= replayMs);
        expect(told.bars.map(([, , , , close]) => close)).toEqual(over.map((i) => 110_001 + i));
        expect(told.bars.map(([openS]) => openS * 1_000 - offsetMs)).toEqual(
          over.map((i) => bars.timesMs[i]),
        );
      }),
    );
  });

  test('are put together to longer bars and not taken apart to shorter ones', async () => {
    const played = { replayMs: Infinity, offsetMs };
    const hours = await playedBars(series, played, question({ timeframe: 'H1' }));
    expect(hours.bars[0]).toEqual([
      (fromMs + offsetMs) / 1_000,
      110_000,
      110_021,
      109_990,
      110_012,
      0,
    ]);
    const minutes = await playedBars(series, played, question({ timeframe: 'M1' }));
    expect(minutes).toMatchObject({ lacks: 'timeframe', bars: [] });
  });
});
