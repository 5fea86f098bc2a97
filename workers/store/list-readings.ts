/** How the trader said that lists of trades are read, by the names of their columns; of this device. */
import type { Database } from './database.ts';

export interface ListReading {
  /** The names of the columns, as `headerKey` of the journal's statements joins them. */
  readonly header: string;
  /** What each column is, in their order; empty = left out. */
  readonly roles: readonly string[];
  /** Of lists that name none; missing where nobody told it. */
  readonly currency?: string;
  readonly savedMs: number;
}

const mostKept = 200;

/** The oldest give way. */
export function keepReading({ listReadings }: Database, reading: ListReading): Promise<void> {
  return listReadings.db.transaction('rw', listReadings, async () => {
    await listReadings.put(reading);
    const kept = await listReadings.toArray();
    const old = kept.toSorted((a, b) => b.savedMs - a.savedMs).slice(mostKept);
    await listReadings.bulkDelete(old.map(({ header }) => header));
  });
}

export async function forgetReading({ listReadings }: Database, header: string): Promise<void> {
  await listReadings.delete(header);
}
