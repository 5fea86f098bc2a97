/**
 * Counts a whole batch of calls in one statement where every key has room for all of its calls,
 * as nearly always; where one has not, nothing is counted.
 *
 * Only windows under way are added to. Whoever begins one, or is to be refused, is left to the
 * transaction of `limiter.ts`, which decides call by call.
 */
import { sql } from 'drizzle-orm';
import type { CallLimit } from '#core/identity/limit-classes.ts';
import type { Queries } from '../database/queries.ts';
import { hourMs, minuteMs } from './windows.ts';

export interface Tally {
  readonly key: string;
  readonly limit: CallLimit;
  readonly calls: number;
}

/** Whether all were counted. `firstMs` and `lastMs` are the times of the earliest and latest call. */
export async function countAtOnce(
  queries: Queries,
  tallies: readonly Tally[],
  { firstMs, lastMs }: { readonly firstMs: number; readonly lastMs: number },
): Promise<boolean> {
  const column = <T>(of: (tally: Tally) => T) => sql.param(tallies.map(of));
  // The rows are held in the order of their keys, as everywhere, so that no two servers wait for
  // each other; what is added up is what was read once they were held.
  const counted = await queries.execute(sql`
    with asked as (
      select * from unnest(
        ${column(({ key }) => key)}::text[], ${column(({ calls }) => calls)}::integer[],
        ${column(({ limit }) => limit.minute)}::integer[],
        ${column(({ limit }) => limit.hour)}::integer[]
      ) as asked (key, calls, minute_most, hour_most)
    ), held as materialized (
      select r.key, r.minute_used + a.calls as minute_used, r.hour_used + a.calls as hour_used,
        r.minute_used + a.calls <= a.minute_most and r.hour_used + a.calls <= a.hour_most
          and abs(${firstMs}::bigint - r.minute_start_ms) < ${minuteMs}::bigint
          and abs(${lastMs}::bigint - r.minute_start_ms) < ${minuteMs}::bigint
          and abs(${firstMs}::bigint - r.hour_start_ms) < ${hourMs}::bigint
          and abs(${lastMs}::bigint - r.hour_start_ms) < ${hourMs}::bigint as fits
      from rate_limits r join asked a on a.key = r.key
      order by r.key collate "C" for update of r
    )
    update rate_limits r set minute_used = h.minute_used, hour_used = h.hour_used
    from held h
    where r.key = h.key
      and (select count(*) filter (where fits) from held) = ${tallies.length}::bigint
    returning 1`);
  return counted.length === tallies.length;
}
