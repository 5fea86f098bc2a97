import { expect, it, vi } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { fail, ok } from '#core/result.ts';
import { runQueue, type Job, type RunEngine, type RunResult } from './run-queue.ts';

const request = (runId: string) => ({
  runId,
  seriesId: 'EURUSD.H1',
  strategyId: null,
  strategyName: 'Cross',
  source: '',
  inputs: {},
  settings: defaultSettings,
});

interface OpenRun {
  readonly runId: string;
  readonly end: (result: RunResult) => void;
  readonly crash: () => void;
  stopped: boolean;
}

function bench() {
  const runs: OpenRun[] = [];
  const ended: Job[] = [];
  const pending = new Set<string>();
  const openEngine = (): RunEngine => {
    let current: OpenRun;
    return {
      run: ({ runId }, onProgress) =>
        new Promise((end, reject) => {
          onProgress({ stage: 'trading', ratio: 0.5 });
          current = { runId, end, crash: () => reject(new Error('gone')), stopped: false };
          runs.push(current);
        }),
      cancel: async () => current.end(fail({ code: 'work.cancelled', detail: '' })),
      stop: () => void (current.stopped = true),
    };
  };
  let jobs: readonly Job[] = [];
  const queue = runQueue({
    openEngine,
    pending: {
      begin: async ({ runId }) => void pending.add(runId),
      finish: async (runId) => void pending.delete(runId),
    },
    nowMs: () => 0,
    onChange: (next) => (jobs = next),
    onEnd: (job) => ended.push(job),
  });
  return { queue, runs, ended, pending, jobs: () => jobs };
}

const finished = (runId: string) => ok({ runId, hash: 'ab' });

it('runs one at a time, in the order asked for, each in an engine that is then stopped', async () => {
  const { queue, runs, ended, pending, jobs } = bench();
  for (const id of ['a', 'b', 'c']) queue.add(request(id));
  expect(runs.map((run) => run.runId)).toEqual(['a']);
  for (const [i, id] of ['a', 'b', 'c'].entries()) {
    await vi.waitFor(() => expect(runs).toHaveLength(i + 1));
    runs[i]!.end(finished(id));
  }
  await vi.waitFor(() => expect(ended.map((job) => job.id)).toEqual(['a', 'b', 'c']));
  expect(runs.every((run) => run.stopped)).toBe(true);
  expect(jobs()).toEqual([]);
  expect(pending.size).toBe(0);
});

it('a queued run that is cancelled never starts', async () => {
  const { queue, runs, ended } = bench();
  queue.add(request('a'));
  queue.add(request('b'));
  queue.cancel('b');
  runs[0]!.end(finished('a'));
  await vi.waitFor(() => expect(ended).toHaveLength(2));
  expect(runs).toHaveLength(1);
  expect(ended.map((job) => job.state)).toEqual(['cancelled', 'finished']);
});

it('a running one that is cancelled makes room for the next', async () => {
  const { queue, runs, ended } = bench();
  queue.add(request('a'));
  queue.add(request('b'));
  queue.cancel('a');
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  expect(ended.map((job) => job.state)).toEqual(['cancelled']);
  expect(runs[1]!.runId).toBe('b');
});

it('a failed or crashed run stays until dismissed, and the queue goes on', async () => {
  const { queue, runs, jobs } = bench();
  queue.add(request('a'));
  queue.add(request('b'));
  runs[0]!.end(fail({ code: 'run.too-few-bars', detail: '' }));
  await vi.waitFor(() => expect(runs).toHaveLength(2));
  runs[1]!.crash();
  await vi.waitFor(() =>
    expect(jobs().map((job) => job.failure?.code)).toEqual(['run.too-few-bars', 'work.crashed']),
  );
  queue.dismiss('a');
  expect(jobs().map((job) => job.id)).toEqual(['b']);
});
