/** What a pane shows in pieces is what it shows in one, and never what is not known yet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { fail, ok } from '#core/result.ts';
import type { AskedIndicator, ChartTail, ChartWindow, StoredWindow } from './api.ts';
import { withTail } from '#core/market/joined-bars.ts';
import { openPanes } from './panes.ts';

const HOUR_MS = 3_600_000;
const all = makeBars({ count: 1_500, seed: 8, volume: true });
const firstMs = all.timesMs[0]!;
const lastMs = all.timesMs.at(-1)!;

/** A store that has only bars which open before `endMs`. */
function panesOver(endMs = Infinity, from = all) {
  return openPanes({
    reader: async (id) => {
      const series = { id, timeframe: 'H1', firstMs, lastMs };
      return ok({
        series,
        last: async (count, beforeMs) => {
          const to = firstAtOrAfter(from.timesMs, Math.min(beforeMs, endMs));
          if (to === 0) return fail({ code: 'store.not-found', detail: '' });
          return ok(sliceBars(from, Math.max(0, to - count), to));
        },
      });
    },
  });
}

const sma: AskedIndicator = { id: 'sma', name: 'sma', field: 'close', parameters: [5] };
const rsi: AskedIndicator = { id: 'rsi', name: 'rsi', field: 'close', parameters: [7] };
const zigzag: AskedIndicator = { id: 'zz', name: 'zigzag', field: 'close', parameters: [0.1] };
const indicators = [sma, rsi];
const window: StoredWindow = {
  ...{ seriesId: 'EURUSD.H1', timeframe: 'H1', beforeMs: null, untilMs: null },
  ...{ mostBars: 400, indicators },
};

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const plain = ({ timesMs, bid, volume }: Bars) =>
  [timesMs, bid.open, bid.high, bid.low, bid.close, volume ?? []].map((each) => [...each]);

/** What the page holds after a tail, as it puts it there. */
function afterTail(shown: ChartWindow, tail: ChartTail | null): ChartWindow {
  if (!tail) return shown;
  const at = firstAtOrAfter(shown.bars.timesMs, tail.bars.timesMs[0]!);
  const lines = shown.lines.map(({ id, columns }) => {
    const anew = tail.redrawn.find((each) => each.id === id);
    const next = tail.lines.find((each) => each.id === id);
    if (anew) return anew;
    return {
      id,
      columns: columns.map((column, k) =>
        Float64Array.from([...column.subarray(0, at), ...next!.columns[k]!]),
      ),
    };
  });
  return { ...shown, bars: withTail(shown.bars, tail.bars), lines };
}

const timeframes = fc.constantFrom('H1', 'H4', 'D1', 'W1');

test('a replay that goes on shows what one that begins there shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      timeframes,
      fc.integer({ min: 800, max: 1_000 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
      async (timeframe, begin, steps) => {
        const panes = panesOver();
        let untilMs = firstMs + begin * HOUR_MS;
        let shown = valueOf(await panes.show('a', { ...window, timeframe, untilMs }));
        for (const step of steps) {
          untilMs += step * HOUR_MS;
          shown = afterTail(shown, valueOf(await panes.advance('a', untilMs)));
        }
        const whole = valueOf(
          await panes.show('b', { ...window, timeframe, untilMs, mostBars: 450 }),
        );
        const more = whole.bars.length - shown.bars.length;
        const kept = Math.max(0, more);
        expect(plain(sliceBars(shown.bars, Math.max(0, -more), shown.bars.length))).toEqual(
          plain(sliceBars(whole.bars, kept, whole.bars.length)),
        );
        // Where the history begins differs by the bars since: smoothed values are near alike.
        for (const [k, tolerance] of [1e-9, 0.01].entries()) {
          const [a, b] = [shown, whole].map(({ lines }) => lines[k]!.columns[0]!.at(-1)!);
          if (Number.isNaN(b)) expect(a).toBeNaN();
          else expect(Math.abs(a! - b!)).toBeLessThan(tolerance);
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('a replay shows the same when nothing later is stored, indicators and all', async () => {
  await fc.assert(
    fc.asyncProperty(timeframes, fc.integer({ min: 700, max: 1_400 }), async (timeframe, at) => {
      const untilMs = firstMs + at * HOUR_MS;
      const asked = { ...window, timeframe, untilMs, indicators: [...indicators, zigzag] };
      const full = valueOf(await panesOver().show('a', asked));
      const cut = valueOf(await panesOver(untilMs - HOUR_MS + 1).show('a', asked));
      expect(plain(full.bars)).toEqual(plain(cut.bars));
      expect(full.lines).toEqual(cut.lines);
      expect(full.hasNewer).toBe(false);
    }),
    { numRuns: 25 },
  );
});

test('a replay steps to the close of each bar in turn and ends after the last', async () => {
  const panes = panesOver();
  const start = lastMs - 10 * HOUR_MS;
  await panes.show('a', { ...window, untilMs: start });
  const closes: number[] = [];
  for (;;) {
    const next = valueOf(await panes.nextMs('a'));
    if (next === null) break;
    closes.push(next);
    await panes.advance('a', next);
  }
  const after = firstAtOrAfter(all.timesMs, start - HOUR_MS + 1);
  expect(closes).toEqual([...all.timesMs.subarray(after)].map((ms) => ms + HOUR_MS));
});

test('bars that are appended one by one, and tried again, come to what all of them do', async () => {
  const asked = [...indicators, zigzag];
  const panes = panesOver();
  const begin = 500;
  const given = { warmUp: 100, indicators: asked };
  let shown = valueOf(await panes.give('a', { ...given, bars: sliceBars(all, 0, begin) }));
  for (let i = begin; i < begin + 30; i++) {
    // First as if it had not moved far yet, then as it was.
    const still = sliceBars(all, i, i + 1);
    const early = { ...still, bid: { ...still.bid, close: still.bid.open, high: still.bid.open } };
    shown = afterTail(shown, valueOf(await panes.append('a', early)));
    if (i % 2 === 0) shown = afterTail(shown, valueOf(await panes.append('a', still)));
    else {
      const both = sliceBars(all, i, i + 2);
      shown = afterTail(shown, valueOf(await panes.append('a', both)));
    }
  }
  const { length } = shown.bars;
  const whole = valueOf(await panes.give('b', { ...given, bars: sliceBars(all, 0, 100 + length) }));
  expect(plain(shown.bars)).toEqual(plain(whole.bars));
  expect(shown.lines).toEqual(whole.lines);
});

test('warm-up is computed and not shown, and an indicator out of its range is left out', async () => {
  const panes = panesOver();
  const shown = valueOf(await panes.show('a', { ...window, mostBars: 100 }));
  expect(shown.bars.length).toBe(100);
  expect(shown.hasOlder).toBe(true);
  expect(Number.isNaN(shown.lines[0]!.columns[0]![0])).toBe(false);
  const wrong = [sma, { ...sma, id: 'x', parameters: [0] }, { ...sma, id: 'y', name: 'none' }];
  expect(valueOf(await panes.lines('a', wrong)).map(({ id }) => id)).toEqual(['sma']);
});
