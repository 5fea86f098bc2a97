/** Studies through the pool: who computes which paths changes nothing. */
import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { nothingBeside } from '#core/optimise/beside.ts';
import { makeSweep } from '#core/optimise/made-sweep.ts';
import type { StudyRequest } from '#core/optimise/studies/run-study.ts';
import { realityOf } from '#core/optimise/studies/reality-check.ts';
import { standardOptions } from '#core/optimise/studies/study.ts';
import { summarise } from '#core/optimise/studies/summary.ts';
import { fail, ok } from '#core/result.ts';
import { shareOut } from '#lib/optimise/share-out.ts';
import { openStudies } from './study-run.ts';

const bars = makeBars({ count: 700, seed: 31 });
const request: StudyRequest = {
  seriesId: 'MADE.H1',
  fromMs: bars.timesMs[0]!,
  toMs: bars.timesMs.at(-1)! + 1,
  source: `enter long when crosses_above(close, sma(close, 9))
exit long when crosses_below(close, sma(close, 9))`,
  inputs: {},
  settings: { ...defaultSettings, units: 'fractional' },
  study: 'blocks',
  options: standardOptions,
  seed: 2,
};

const takePrices = async () => ok({ bars, beside: nothingBeside, marks: [] });

function openEngine() {
  const studies = openStudies({ takePrices, nowMs: () => 0 });
  return { ...studies, stop: () => undefined };
}

async function ask(workers: number, change: Partial<StudyRequest> = {}) {
  const asked = { ...request, ...change };
  const { ended } = shareOut({
    items: 25,
    workers,
    openEngine,
    ask: (engine, range, heard) => engine.study(asked, range, heard),
    onProgress: () => undefined,
  });
  const parts = await ended;
  if (!parts.ok) throw new Error(parts.error.detail);
  const found = parts.value.flatMap((part) => part ?? []);
  return found.length === 0 ? null : summarise(found);
}

test.each(['blocks', 'fills', 'entries'] as const)(
  'one worker and three find the same by %s',
  async (study) => {
    const alone = await ask(1, { study });
    expect(alone).toMatchObject({ paths: 25 });
    expect(await ask(3, { study })).toEqual(alone);
  },
);

test('orders that only the broker knows are studied by the broker', async () => {
  const limits = `enter long limit at close - 0.0004 when close > sma(close, 9)
exit after 8 bars`;
  const few = await ask(1, { study: 'fills', source: limits });
  expect(few).toMatchObject({ paths: 25 });
  const none = { ...standardOptions, skipShare: 1 };
  const gone = await ask(1, { study: 'fills', source: limits, options: none });
  expect(gone).toMatchObject({ returnBand: { low: 0, high: 0 } });
});

test('a run without round trips has nothing to study', async () => {
  expect(await ask(2, { study: 'entries', source: 'enter long when close < 0' })).toBeNull();
});

test('a reality check over the trials of a search is answered in shares', async () => {
  const sweep = makeSweep(bars);
  const asked = { sweep, segment: 0, draws: 40, blockDays: 5, seed: 1 };
  const check = async (workers: number) => {
    const { ended } = shareOut({
      items: sweep.trials,
      workers,
      openEngine,
      ask: (engine, range, heard) => engine.reality(asked, range, heard),
      onProgress: () => undefined,
    });
    const parts = await ended;
    return parts.ok ? realityOf(parts.value) : null;
  };
  const alone = await check(1);
  expect(alone!.draws).toBe(40);
  expect(alone!.tries).toBeGreaterThan(40);
  expect(await check(4)).toEqual(alone);
});

test('a failure of one share ends all', async () => {
  let stopped = 0;
  const { ended } = shareOut({
    items: 10,
    workers: 3,
    openEngine: () => ({ stop: () => void stopped++ }),
    ask: async (_, { from }) =>
      from === 0 ? ok(1) : fail({ code: 'work.crashed', detail: 'broken' } as const),
    onProgress: () => undefined,
  });
  expect(await ended).toMatchObject({ ok: false, error: { code: 'work.crashed' } });
  expect(stopped).toBe(3);
});

test('prices that are gone are said to be gone', async () => {
  const gone = fail({ code: 'store.not-found', detail: 'gone' } as const);
  const { study } = openStudies({ takePrices: async () => gone, nowMs: () => 0 });
  expect(await study(request, { from: 0, to: 5 }, () => undefined)).toEqual(gone);
});

test('a check tells its progress and comes to both answers', async () => {
  let now = 0;
  const heard: number[] = [];
  const { check } = openStudies({ takePrices, nowMs: () => (now += 60) });
  const checked = await check(request, (ratio) => heard.push(ratio));
  expect(checked).toMatchObject({ ok: true, value: { lookAhead: { leak: null } } });
  expect(heard.length).toBeGreaterThan(5);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
});
