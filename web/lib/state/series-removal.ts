/** Takes a price series out of the store in a way that can be undone until the page is left. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { allMonths, deleteSeries } from '#workers/store/series.ts';
import { database } from './database.ts';

/** Deletes the series; the answer puts it back as it was. */
export async function removeSeries(
  seriesId: string,
): Promise<Result<() => Promise<Result<null, Failure>>, Failure>> {
  try {
    const { series, chunks, tickChunks } = database;
    const row = await series.get(seriesId);
    const all = allMonths(seriesId);
    const months = await chunks
      .where(':id')
      .between(...all)
      .toArray();
    const days = await tickChunks
      .where(':id')
      .between(...all)
      .toArray();
    const deleted = await deleteSeries(database, seriesId);
    if (!deleted.ok) return deleted;
    return ok(async () => {
      try {
        await database.transaction('rw', series, chunks, tickChunks, async () => {
          await chunks.bulkPut(months);
          await tickChunks.bulkPut(days);
          if (row) await series.put(row);
        });
        return ok(null);
      } catch (error) {
        return fail(storeFailure(error));
      }
    });
  } catch (error) {
    return fail(storeFailure(error));
  }
}
