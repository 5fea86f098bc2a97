/** Studies through the pool: who computes which paths changes nothing. */
import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import type { StudyRequest } from '#core/optimise/studies/run-study.ts';
import { standardOptions } from '#core/optimise/studies/study.ts';
import { fail, ok } from '#core/result.ts';
import { openStudyPool } from '#lib/optimise/study-pool.ts';
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

function openEngine() {
  const studies = openStudies({ loadBars: async () => ok(bars), nowMs: () => 0 });
  return { ...studies, stop: () => undefined };
}

async function ask(workers: number, change: Partial<StudyRequest> = {}) {
  const options = { paths: 25, workers, openEngine, onProgress: () => undefined };
  return openStudyPool({ ...request, ...change }, options).ended;
}

test.each(['blocks', 'fills', 'entries'] as const)(
  'one worker and three find the same by %s',
  async (study) => {
    const alone = await ask(1, { study });
    expect(alone).toMatchObject({ ok: true, value: { paths: 25 } });
    expect(await ask(3, { study })).toEqual(alone);
  },
);

test('orders that only the broker knows are studied by the broker', async () => {
  const limits = `enter long limit at close - 0.0004 when close > sma(close, 9)
exit after 8 bars`;
  const few = await ask(1, { study: 'fills', source: limits });
  expect(few).toMatchObject({ ok: true, value: { paths: 25 } });
  const none = { ...standardOptions, skipShare: 1 };
  const gone = await ask(1, { study: 'fills', source: limits, options: none });
  expect(gone).toMatchObject({ ok: true, value: { returnBand: { low: 0, high: 0 } } });
});

test('a run without round trips has nothing to study', async () => {
  expect(await ask(2, { study: 'entries', source: 'enter long when close < 0' })).toEqual(ok(null));
});

test('prices that are gone are said to be gone', async () => {
  const gone = fail({ code: 'store.not-found', detail: 'gone' } as const);
  const { study } = openStudies({ loadBars: async () => gone, nowMs: () => 0 });
  expect(await study(request, { from: 0, to: 5 }, () => undefined)).toEqual(gone);
});

test('a check tells its progress and comes to both answers', async () => {
  let now = 0;
  const heard: number[] = [];
  const { check } = openStudies({ loadBars: async () => ok(bars), nowMs: () => (now += 60) });
  const checked = await check(request, (ratio) => heard.push(ratio));
  expect(checked).toMatchObject({ ok: true, value: { lookAhead: { leak: null } } });
  expect(heard.length).toBeGreaterThan(5);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
});
