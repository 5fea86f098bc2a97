/** Past prices through the Expert Advisor: loaded beside, in pages that hang together. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BarsQuestion } from '#core/broker/messages.ts';
import { compileLimitMs, hasCompiler, makeTerminal } from './compiled-terminal.ts';
import { makeScene, placeIn, type Scene } from './scene.ts';
import type { ScriptedSession } from './scripted-server.ts';

beforeAll(() => makeTerminal(), compileLimitMs);

let scene: Scene | null = null;
afterEach(() => scene?.end());

async function opened(): Promise<ScriptedSession> {
  scene = await makeScene();
  scene.launch();
  const session = await scene.server.session();
  await session.next('snapshot');
  return session;
}

let last = 0;
const asked = (session: ScriptedSession, question: Partial<BarsQuestion>) => {
  const usual = { symbol: 'EURUSD', timeframe: 'M1', beforeServerMs: null, limit: 100 };
  const request = ++last;
  session.send({ t: 'bars', request, ...usual, ...question });
  return session.next('bars', (answer) => answer.request === request);
};

/** Asked until it is loaded, as the server does. */
async function page(session: ScriptedSession, question: Partial<BarsQuestion>) {
  for (;;) {
    const answer = await asked(session, question);
    if (answer.isWhole) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe.runIf(hasCompiler())('the past in a terminal', () => {
  test('is said to be not loaded yet, then comes in pages that hang together to its beginning', async () => {
    const session = await opened();
    expect(session.auth.caps).toEqual(['bars']);
    expect(await asked(session, {})).toMatchObject({ isWhole: false, bars: [] });
    const newest = await page(session, {});
    expect(newest).toMatchObject({ hasMore: true, digits: 5, lacks: null });
    expect(newest.bars).toHaveLength(100);
    const all = newest.bars.slice();
    for (let hasMore = true; hasMore;) {
      const beforeServerMs = all[0]![0] * 1_000;
      const older = await page(session, { beforeServerMs });
      expect(older.bars.at(-1)?.[4]).toBe(all[0]![1]);
      all.unshift(...older.bars);
      hasMore = older.hasMore;
    }
    expect(all).toHaveLength(300);
    for (const [i, [openS, open, high, low, close]] of all.entries()) {
      if (i > 0) expect(openS).toBeGreaterThan(all[i - 1]![0]);
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
    }
    const before = { beforeServerMs: all[0]![0] * 1_000 };
    expect(await page(session, before)).toMatchObject({ bars: [], hasMore: false });
  });

  test('has longer bars, and says what it does not have', async () => {
    const session = await opened();
    const days = await page(session, { timeframe: 'D1', limit: 20 });
    expect(days.bars).toHaveLength(20);
    for (const [openS] of days.bars) expect(openS % 86_400).toBe(0);
    expect(await asked(session, { symbol: 'NOWHERE' })).toMatchObject({ lacks: 'symbol' });
    expect(await asked(session, { timeframe: 'M7' })).toMatchObject({ lacks: 'timeframe' });
  });

  test('waits for orders, never they for it', async () => {
    const session = await opened();
    await page(session, {});
    const command = await placeIn(session);
    const first = last + 1;
    const question = { symbol: 'EURUSD', timeframe: 'M1', beforeServerMs: null, limit: 300 };
    // In one packet: ten pages are asked for before the order is heard of.
    const frames = Array.from({ length: 10 }, () =>
      session.frame({ t: 'bars', request: ++last, ...question }),
    );
    for (const frame of [...frames, session.frame(command)]) session.sendRaw(frame);
    await session.next('result');
    await session.next('bars', ({ request }) => request === last);
    const order = session.heard.map((message) =>
      message.t === 'bars' ? message.request : message.t,
    );
    const pagesBefore = order
      .slice(0, order.indexOf('result'))
      .filter((each) => Number(each) >= first);
    expect(pagesBefore.length).toBeLessThanOrEqual(1);
  });
});
