import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import type { Run } from '#core/collections/run.ts';
import { Database } from '#workers/store/database.ts';
import { pendingRuns } from './pending-runs.ts';

let database: Database;
let count = 0;

beforeEach(() => {
  database = new Database(`pending-runs-${count++}`);
});
afterEach(async () => {
  database.close();
  await database.delete();
});

const request = (runId: string) => ({
  runId,
  seriesId: 'GOOG.D1',
  strategyId: null,
  strategyName: 'Cross',
  source: '',
  inputs: {},
  settings: defaultSettings,
});
const open = () => pendingRuns(database, navigator.locks, () => 7);

it('a run that a tab works on is not interrupted, in that tab or another', async () => {
  const [mine, other] = [open(), open()];
  await mine.begin(request('run-a'));
  expect(await mine.interrupted()).toEqual([]);
  expect(await other.interrupted()).toEqual([]);
  await mine.finish('run-a');
  expect(await other.interrupted()).toEqual([]);
  expect(await database.settings.count()).toBe(0);
});

it('offers the request again once its tab is gone', async () => {
  await database.settings.put({
    key: 'pending-run.run-b',
    value: { request: request('run-b'), startedMs: 7 },
  });
  expect(await open().interrupted()).toEqual([{ request: request('run-b'), startedMs: 7 }]);
});

it('does not offer a run that was stored before its tab went', async () => {
  await database.settings.put({
    key: 'pending-run.run-c',
    value: { request: request('run-c'), startedMs: 7 },
  });
  await database.runs.put({ id: 'run-c', createdMs: 1, settings: defaultSettings } as Run);
  expect(await open().interrupted()).toEqual([]);
});
