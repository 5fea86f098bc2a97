/** Which stored series hold a spread beside their prices: told by the first month of each. */
import { readHeader } from '#core/market/chunk.ts';
import type { Database } from '#workers/store/database.ts';
import { allMonths } from '#workers/store/series.ts';

/** The ids among `seriesIds` whose bars hold a spread; all months of a series hold the same. */
export async function seriesWithSpreads(
  database: Database,
  seriesIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    seriesIds.map(async (id) => {
      const months = database.chunks.where('[seriesId+month]').between(...allMonths(id));
      const first = await months.first();
      const header = first && readHeader(first.bytes);
      return header?.ok && header.value.hasSpread ? [id] : [];
    }),
  );
  return new Set(found.flat());
}
