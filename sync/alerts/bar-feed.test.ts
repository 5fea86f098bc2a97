import { expect, test } from 'vitest';
import type { SaidBar } from '#core/broker/messages.ts';
import { ok } from '#core/result.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import { barFeed } from './bar-feed.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 5, 3, 10);

/** A terminal of UTC that knows each minute, the one that is not over as well, as MetaTrader does. */
function terminal() {
  const state = { nowMs: startMs + 59_000, asks: 0, onAsk: () => {} };
  const bar = (openMs: number): SaidBar => [openMs / 1_000, 100, 300, 50, 200, 9];
  const history: LiveSession['history'] = {
    async ask({ beforeServerMs }) {
      state.asks += 1;
      const bars = [3, 2, 1, 0].map((back) =>
        bar(Math.floor(state.nowMs / minuteMs - back) * minuteMs),
      );
      state.onAsk();
      const told = bars.filter(([openS]) => openS * 1_000 < (beforeServerMs ?? Infinity));
      return ok({ bars: told, digits: 2, hasMore: false, isWhole: true, lacks: null });
    },
  };
  const live = { health: { serverOffsetMs: 0 }, history } as unknown as LiveSession;
  const feed = barFeed({ live, symbol: 'EURUSD', timeframe: 'M1', now: () => state.nowMs });
  return { state, feed };
}

test.each([
  ['while its past was fetched', false],
  ['before its past was asked for', true],
])('a bar that began %s is taken as the terminal knows it', async (_, isBefore) => {
  const { state, feed } = terminal();
  const pass = () => (state.nowMs = startMs + minuteMs + 30_000);
  if (isBefore) pass();
  else {
    state.onAsk = () => {
      pass();
      state.onAsk = () => {};
    };
  }
  await feed.begin();
  feed.put(1.5, state.nowMs);
  state.nowMs = startMs + 2 * minuteMs;
  const bar = feed.pass(state.nowMs);
  expect(bar).toMatchObject({ openMs: startMs + minuteMs, high: 1.5, low: 1.5 });
  await feed.close(bar!);
  expect(feed.rows.at(-1)).toMatchObject({ openMs: startMs + minuteMs, high: 3, low: 0.5 });
});
