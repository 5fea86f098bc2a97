/** What a run draws: the series its text names, as it saw them. */
import { expect, test } from 'vitest';
import type { Run } from '#core/collections/run.ts';
import { sma } from '#core/indicators/sma.ts';
import { prices, sliceBars, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { fail, ok } from '#core/result.ts';
import { openLines } from './run-lines.ts';

const bars = makeBars({ count: 300, seed: 5, ask: false, volume: false });
const closes = (of: Bars) => prices(of.bid, 'close', of.scale);

function linesOf(run: Partial<Run>, stored: Readonly<Record<string, Bars>> = { 'A.D1': bars }) {
  const kept = { seriesId: 'A.D1', inputs: {}, firstMs: bars.timesMs[0]!, ...run };
  return openLines({
    loadRun: async (id) => ok(id === 'one' ? ({ run: kept, arrays: null } as never) : null),
    loadBars: async (id) =>
      stored[id] ? ok(stored[id]) : fail({ code: 'store.not-found', detail: id }),
  });
}

const source = `input length = 5
let calm = sma(close, length)
plot close - calm as "distance" on own pane
enter long when close > calm`;

test('names and plots come with the inputs of the run, from where its history began', async () => {
  const { lines } = linesOf({ source, inputs: { length: 9 }, firstMs: bars.timesMs[40]! });
  const answer = await lines('one', 0);
  if (!answer.ok) return expect.unreachable();
  const seen = sliceBars(bars, 40, 300);
  const expected = sma(closes(seen), 9);
  expect(answer.value.timesMs).toEqual(seen.timesMs.slice());
  expect(answer.value.lines.map(({ name, pane }) => [name, pane])).toEqual([
    ['calm', 'price'],
    ['distance', 'own'],
  ]);
  expect(answer.value.lines[0]!.values).toEqual(expected);
});

test('each market of a portfolio has its own, and other symbols are read', async () => {
  const made = makeBars({ count: 300, seed: 6, ask: false, volume: false });
  const other = { ...made, timesMs: bars.timesMs };
  const { lines } = linesOf(
    {
      source: 'let far = close on "B"\nenter long when close > far',
      portfolio: ['C.D1'],
      companions: ['B.D1'],
    },
    { 'A.D1': bars, 'B.D1': other, 'C.D1': bars },
  );
  const answer = await lines('one', 1);
  const values = answer.ok ? answer.value.lines[0]!.values : [];
  // How long a bar lasts is seen from the third on; until then nothing of another symbol is known.
  expect(values.slice(2)).toEqual(closes(other).slice(2));
  expect(await lines('one', 2)).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
});

test('code, rules that name nothing and runs that are gone draw nothing', async () => {
  const none = { ok: true, value: { lines: [] } };
  expect(await linesOf({ source, language: 'code' }).lines('one', 0)).toMatchObject(none);
  const plain = linesOf({ source: 'enter long when close > open' });
  expect(await plain.lines('one', 0)).toMatchObject(none);
  expect(await plain.lines('two', 0)).toMatchObject({ ok: false });
  const deleted = await linesOf({ source }, {}).lines('one', 0);
  expect(deleted).toMatchObject({ ok: false, error: { code: 'store.not-found' } });
});
