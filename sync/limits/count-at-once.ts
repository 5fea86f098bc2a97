/**
 * Counts a whole batch of calls in one statement where every key has room for all of its calls,
 * as nearly always; where one has not, nothing is counted.
 *
 * Only windows under way are added to. Whoever begins one, or is to be refused, is left to the
 * transaction of `limiter.ts`, which decides call by call.
 */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { CallLimit } from '#core/identity/limit-classes.ts';
import { ask } from '../database/ask.ts';
import { hourMs, minuteMs } from './windows.ts';

export interface Tally {
  readonly key: string;
  readonly limit: CallLimit;
  readonly calls: number;
}

// The rows are held in the order of their keys, as everywhere, so that no two servers wait for
// each other; what is added up is what was read once they were held.
const text = `
  with asked as (
    select * from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[])
      as asked (key, calls, minute_most, hour_most)
  ), held as materialized (
    select r.key, r.minute_used + a.calls as minute_used, r.hour_used + a.calls as hour_used,
      r.minute_used + a.calls <= a.minute_most and r.hour_used + a.calls <= a.hour_most
        and abs($5::bigint - r.minute_start_ms) < ${minuteMs}
        and abs($6::bigint - r.minute_start_ms) < ${minuteMs}
        and abs($5::bigint - r.hour_start_ms) < ${hourMs}
        and abs($6::bigint - r.hour_start_ms) < ${hourMs} as fits
    from rate_limits r join asked a on a.key = r.key
    order by r.key collate "C" for update of r
  )
  update rate_limits r set minute_used = h.minute_used, hour_used = h.hour_used
  from held h
  where r.key = h.key and (select count(*) filter (where fits) from held) = $7::bigint
  returning 1`;

/** Whether all were counted. `firstMs` and `lastMs` are the times of the earliest and latest call. */
export async function countAtOnce(
  database: PostgresJsDatabase,
  tallies: readonly Tally[],
  { firstMs, lastMs }: { readonly firstMs: number; readonly lastMs: number },
): Promise<boolean> {
  const values = [
    tallies.map(({ key }) => key),
    tallies.map(({ calls }) => calls),
    tallies.map(({ limit }) => limit.minute),
    tallies.map(({ limit }) => limit.hour),
    ...[firstMs, lastMs, tallies.length],
  ];
  return (await ask(database, { text, values })).length === tallies.length;
}
