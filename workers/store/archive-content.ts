/** The entries of an archive → rows that may be stored: everything is checked, nothing is trusted. */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { runShape, type Run } from '#core/collections/run.ts';
import { isOfThisDevice, type Setting } from '#core/collections/setting.ts';
import { strategyShape, type Strategy } from '#core/collections/strategy.ts';
import { invalid, readRows, type Entries } from './archive-file.ts';
import { settingShape } from './archive-rows.ts';
import { readSweeps, type ArchivedSweeps } from './archive-sweeps.ts';
import { arraysPlaceShape, readArrays, sizeOfArrays, type ArraysPlace } from './archive-arrays.ts';
import { readSeries, type ArchivedSeries } from './archive-series.ts';
import type { RunArrays } from './database.ts';

export interface ArchiveContent extends ArchivedSweeps {
  readonly series: readonly ArchivedSeries[];
  readonly strategies: readonly Strategy[];
  readonly runs: readonly Run[];
  readonly runArrays: readonly RunArrays[];
  readonly settings: readonly Setting[];
}

/** What `entries` hold. Error: `store.archive-invalid`, naming the first thing that is wrong. */
export function readContent(entries: Entries): Result<ArchiveContent, Failure> {
  const strategies = readRows(entries, 'strategies.json', strategyShape, (row) => row.id);
  if (!strategies.ok) return strategies;
  const runs = readRows(entries, 'runs.json', runShape, (row) => row.id);
  if (!runs.ok) return runs;
  const settings = readRows(entries, 'settings.json', settingShape, (row) => row.key);
  if (!settings.ok) return settings;
  const series = readSeries(entries);
  if (!series.ok) return series;
  const runArrays = readRunArrays(entries, runs.value);
  if (!runArrays.ok) return runArrays;
  const sweeps = readSweeps(entries);
  if (!sweeps.ok) return sweeps;
  return ok({
    series: series.value,
    strategies: strategies.value,
    runs: runs.value,
    runArrays: runArrays.value,
    settings: settings.value.filter(({ key }) => !isOfThisDevice(key)),
    ...sweeps.value,
  });
}

function readRunArrays(
  entries: Entries,
  runs: readonly Run[],
): Result<readonly RunArrays[], Failure> {
  const keyOf = ({ runId }: ArraysPlace) => runId;
  const places = readRows(entries, 'run-arrays.json', arraysPlaceShape, keyOf);
  if (!places.ok) return places;
  const bytes = entries['run-arrays.bin'];
  const known = new Set(runs.map(({ id }) => id));
  const arrays: RunArrays[] = [];
  let at = 0;
  for (const place of places.value) {
    const end = at + sizeOfArrays(place);
    if (!known.has(place.runId)) return invalid('it has the trades of a run that it has not');
    if (end > bytes.length) return invalid('its runs are not as long as it says');
    arrays.push(readArrays(bytes.subarray(at, end), place));
    at = end;
  }
  return at === bytes.length ? ok(arrays) : invalid('its runs are not as long as it says');
}
