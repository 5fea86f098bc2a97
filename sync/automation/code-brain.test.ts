/** A bot in code is asked in time or not at all, and what it remembers has an end. */
import { expect, test } from 'vitest';
import { barsOf } from '#core/automation/bar-builder.ts';
import { ok } from '#core/result.ts';
import { madeTerms } from '../../tests/automation/made-bot.ts';
import type { WatchedBar } from './bot-rows.ts';
import { codeBrain, type CodeBrainPorts } from './code-brain.ts';

const prices = { open: 1.1, high: 1.1, low: 1.1, close: 1.1, volume: 1 };
const rowsOf = (count: number, view: string | null = null): WatchedBar[] =>
  Array.from({ length: count }, (_, k) => ({ openMs: k * 60_000, ...prices, view }));

/** Asks at the last of the rows; answers what it said and what was kept. */
async function thought(rows: WatchedBar[], change: Partial<CodeBrainPorts> = {}) {
  const kept: number[] = [];
  const brain = codeBrain(
    { source: '', inputs: {} },
    {
      owner: 'one',
      threads: { step: async () => ok({ commands: new Float64Array(0), lines: [] }) },
      isLate: () => false,
      async keep({ openMs }) {
        kept.push(openMs);
        return true;
      },
      ...change,
    },
  );
  const book = { positions: [], orders: [], trips: [] };
  const quote = { bid: 1.1, ask: 1.1001 };
  const moment = { rows, bars: barsOf(rows, 5), book, quote, terms: madeTerms, capital: 10_000 };
  return { answer: await brain.think(moment), kept };
}

test('what it is shown is kept, and what it asks is the answer', async () => {
  const rows = rowsOf(3);
  const { answer, kept } = await thought(rows);
  expect(answer).toMatchObject({ ok: true, value: { asks: [] } });
  expect(kept).toEqual([120_000]);
  expect(rows.map(({ view }) => view !== null)).toEqual([false, false, true]);
});

test('an answer that comes too late for its bar is none, and was never shown', async () => {
  const rows = rowsOf(3);
  let isLate = false;
  const { answer, kept } = await thought(rows, {
    isLate: (openMs) => isLate && openMs === 120_000,
    threads: {
      async step() {
        isLate = true;
        return ok({ commands: new Float64Array(0), lines: [] });
      },
    },
  });
  expect(answer).toEqual({ ok: true, value: null });
  expect(kept).toEqual([]);
  expect(rows[2]!.view).toBeNull();
});

test('of a bar that somebody else has decided on nothing is asked', async () => {
  const { answer } = await thought(rowsOf(3), { keep: async () => false });
  expect(answer).toEqual({ ok: true, value: null });
});

test('it fails where what it was shown outgrows its room', async () => {
  const long = 'x'.repeat(2 ** 20);
  expect((await thought(rowsOf(20, long))).answer.ok).toBe(true);
  const { answer, kept } = await thought(rowsOf(40, long));
  expect(answer).toMatchObject({ ok: false, error: { code: 'code.memory' } });
  expect(kept).toEqual([]);
});
