/** A pane is fed what was asked for last, goes on at its end alone, and computes what was chosen. */
import { expect, test } from 'vitest';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { fail, ok } from '#core/result.ts';
import type { ChartTail } from '#workers/chart/api.ts';
import type { ChartSource, WantedWindow } from '../chart-source.ts';
import { PaneFeed, type FeedPorts } from './pane-feed.ts';

const bars = makeBars({ count: 6_000, seed: 2 });
const sma = { id: 's', name: 'sma', field: 'close', parameters: [5] };
const start = { untilMs: null, indicators: [], view: 'end' } as const;

/** Answers when it is told to, in any order. */
function made() {
  const asked: { window: WantedWindow; answer: (isThere: boolean) => Promise<void> }[] = [];
  const seen: string[] = [];
  const source: ChartSource = {
    ...{ key: 'k', timeframe: 'H1', barMs: 3_600_000, digits: 5, firstMs: 0 },
    load: (window) =>
      new Promise((resolve) => {
        const answer = async (isThere: boolean) => {
          const end = window.beforeMs === null ? 6_000 : bars.timesMs.indexOf(window.beforeMs);
          const shown = sliceBars(bars, Math.max(0, end - 5_000), end);
          const found = { bars: shown, lines: [], hasOlder: end > 5_000, hasNewer: false };
          resolve(isThere ? ok(found) : fail({ code: 'store.not-found', detail: '' }));
          await new Promise((done) => setTimeout(done));
        };
        asked.push({ window, answer });
      }),
  };
  const worker = {
    lines: async (_: string, wanted: readonly { id: string }[]) =>
      ok(wanted.map(({ id }) => ({ id, columns: [] }))),
    append: async (_: string, tail: Bars) => ok<ChartTail>({ bars: tail, lines: [], redrawn: [] }),
  };
  const ports: FeedPorts = {
    pane: 'a',
    engine: {
      ask: (question) => question(worker as unknown as Parameters<typeof question>[0]),
    },
    onWindow: (window, view) => seen.push(`${window.bars.timesMs[0]} ${view}`),
    onTail: (_, all) => seen.push(`tail ${all.length}`),
    onLines: (lines) => seen.push(`lines ${lines.map(({ id }) => id).join()}`),
    onFailure: (failure) => failure && seen.push(failure.code),
    onLoading: () => undefined,
  };
  return { feed: new PaneFeed(ports), asked, seen, source };
}

test('an answer that comes after a later question is not shown', async () => {
  const { feed, asked, seen, source } = made();
  void feed.open(source, start);
  void feed.open(source, { ...start, view: 'keep' });
  await asked[1]!.answer(true);
  await asked[0]!.answer(true);
  expect(seen).toEqual([`${bars.timesMs[1_000]} keep`]);
});

test('pages older and back, and says what went wrong', async () => {
  const { feed, asked, seen, source } = made();
  void feed.open(source, start);
  await asked[0]!.answer(true);
  void feed.page('older', 100);
  const { beforeMs } = asked[1]!.window;
  expect(beforeMs).toBeLessThan(bars.timesMs.at(-1)!);
  await asked[1]!.answer(true);
  expect(feed.isAtEnd).toBe(false);
  void feed.page('newer', 100);
  await asked[2]!.answer(false);
  expect(seen.at(-1)).toBe('store.not-found');
});

test('what follows is taken at the end alone', async () => {
  const { feed, asked, seen, source } = made();
  const next = makeBars({ count: 1, seed: 9, firstMs: bars.timesMs.at(-1)! + 3_600_000 });
  void feed.open(source, start);
  await feed.append(next);
  expect(seen).toEqual([]);
  await asked[0]!.answer(true);
  await feed.append(next);
  expect(seen.at(-1)).toBe('tail 5001');
  void feed.page('older', 100);
  await asked[1]!.answer(true);
  await feed.append(next);
  expect(seen.filter((each) => each.startsWith('tail'))).toHaveLength(1);
});

test('an indicator chosen while bars are loaded is computed once they are there', async () => {
  const { feed, asked, seen, source } = made();
  void feed.open(source, start);
  await feed.setIndicators([sma]);
  expect(seen).toEqual([]);
  await asked[0]!.answer(true);
  expect(seen.at(-1)).toBe('lines s');
});
