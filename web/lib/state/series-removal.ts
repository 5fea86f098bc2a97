/** Takes a price series out of the store in a way that can be undone until the page is left. */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { deleteSeries, restoreSeries } from '#workers/store/series.ts';
import { database } from './database.ts';

/** Deletes the series; the answer puts it back as it was. */
export async function removeSeries(
  seriesId: string,
): Promise<Result<() => Promise<Result<null, Failure>>, Failure>> {
  const deleted = await deleteSeries(database, seriesId);
  return deleted.ok ? ok(() => restoreSeries(database, deleted.value)) : deleted;
}
