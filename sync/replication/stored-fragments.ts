/** Fragments of one account as Postgres keeps them, found by their rows, by number, or all of them. */
import { sql, type SQL } from 'drizzle-orm';
import type { Cells } from '#core/sync/fragment.ts';
import type { Queries } from '../database/queries.ts';
import type { RowKey, StoredFragment } from './server-store.ts';

/** Parts the names in one text; no name of a cell holds it. */
export const separator = '\x1f';

interface Kept extends Record<string, unknown> {
  readonly collection: string;
  readonly row_id: string;
  readonly hlc: string;
  readonly part: number;
  readonly seq: string;
  readonly live: string;
  readonly cells: string;
  readonly schema_version: number;
  readonly group_id: string | null;
  readonly chunks: string | null;
  readonly covers: string | null;
  readonly purged: boolean;
  readonly bytes: number;
}

const columns = sql`collection, row_id, hlc, part, seq, array_to_string(live, chr(31)) as live,
  cells, schema_version, group_id, array_to_string(chunks, chr(31)) as chunks,
  array_to_string(covers, chr(31)) as covers, purged, bytes`;

function read(kept: Kept): StoredFragment {
  return { ...factsOf(kept), cells: JSON.parse(kept.cells) as Cells };
}

function factsOf(kept: Kept): Omit<StoredFragment, 'cells'> {
  return {
    collection: kept.collection,
    row: kept.row_id,
    hlc: kept.hlc,
    part: kept.part,
    seq: Number(kept.seq),
    live: kept.live.split(separator),
    bytes: kept.bytes,
    schemaVersion: kept.schema_version,
    ...(kept.group_id !== null && { groupId: kept.group_id }),
    ...(kept.chunks !== null && { chunks: kept.chunks.split(separator) }),
    ...(kept.covers !== null && { covers: kept.covers.split(separator) }),
    ...(kept.purged && { purged: true as const }),
  };
}

/**
 * All live fragments of these rows.
 *
 * `offset 0` keeps the planner from joining the table whole, as it does with `= any()` while it
 * has no figures of it.
 */
export async function fragmentsOf(
  queries: Queries,
  userId: string,
  rows: readonly RowKey[],
): Promise<readonly StoredFragment[]> {
  if (rows.length === 0) return [];
  const found = await queries.execute<Kept>(sql`
    select ${columns} from unnest(
      ${sql.param(rows.map(({ collection }) => collection))}::text[],
      ${sql.param(rows.map(({ row }) => row))}::text[]
    ) as asked (of_collection, of_row)
    cross join lateral (
      select * from "fragments" where ("fragments"."user_id" = ${userId} and
        "fragments"."collection" = asked.of_collection and "fragments"."row_id" = asked.of_row)
      offset 0
    ) as found`);
  return found.map(read);
}

/** What the live fragments of each of these rows take, in order, without their values. */
export async function bytesOf(
  queries: Queries,
  userId: string,
  rows: readonly RowKey[],
): Promise<readonly number[]> {
  if (rows.length === 0) return [];
  const found = await queries.execute<{ readonly bytes: string }>(sql`
    select found.bytes from unnest(
      ${sql.param(rows.map(({ collection }) => collection))}::text[],
      ${sql.param(rows.map(({ row }) => row))}::text[]
    ) with ordinality as asked (of_collection, of_row, place)
    cross join lateral (
      select coalesce(sum("fragments"."bytes"), 0) as bytes from "fragments"
      where ("fragments"."user_id" = ${userId} and
        "fragments"."collection" = asked.of_collection and "fragments"."row_id" = asked.of_row)
      offset 0
    ) as found
    order by asked.place`);
  return found.map(({ bytes }) => Number(bytes));
}

/** On one side of `seq`, at most `limit`: rising `after` it, falling `before` it. */
export async function fragmentsBeside(
  queries: Queries,
  userId: string,
  side: { readonly after: number } | { readonly before: number },
  limit: number,
): Promise<readonly StoredFragment[]> {
  const [bound, order] =
    'after' in side
      ? [sql`> ${side.after}::bigint`, sql`asc`]
      : [sql`< ${side.before}::bigint`, sql`desc`];
  return select(
    queries,
    userId,
    sql`"fragments"."seq" ${bound}`,
    sql`order by "fragments"."seq" ${order} limit ${limit}::int`,
  );
}

export async function select(
  queries: Queries,
  userId: string,
  condition: SQL,
  rest: SQL = sql``,
): Promise<readonly StoredFragment[]> {
  const found = await queries.execute<Kept>(sql`
    select ${columns} from "fragments"
    where ("fragments"."user_id" = ${userId} and ${condition}) ${rest}`);
  return found.map(read);
}

/** Fragments may be large: a page of the largest still fits into memory many times. */
const pageRows = 500;

/** All of a collection, a page at a time; values are not read unless `visit` looks at them. */
export async function eachFragment(
  queries: Queries,
  userId: string,
  collection: string,
  visit: (fragment: StoredFragment) => void,
): Promise<void> {
  for (let [row, hlc, part] = ['', '', -1] as [string, string, number]; ;) {
    const page = await queries.execute<Kept>(sql`
      select ${columns} from "fragments" where ("fragments"."user_id" = ${userId} and
        "fragments"."collection" = ${collection} and
        ("fragments"."row_id", "fragments"."hlc", "fragments"."part")
          > (${row}, ${hlc}, ${part}::smallint))
      order by "fragments"."row_id", "fragments"."hlc", "fragments"."part" limit ${pageRows}::int`);
    for (const kept of page) {
      visit({
        ...factsOf(kept),
        get cells() {
          return JSON.parse(kept.cells) as Cells;
        },
      });
    }
    const last = page.at(-1);
    if (!last || page.length < pageRows) return;
    [row, hlc, part] = [last.row_id, last.hlc, last.part];
  }
}

/** Each collection that has a fragment: one step along the index for each, however many they hold. */
export async function collectionsOf(queries: Queries, userId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let last = ''; ;) {
    const [next] = await queries.execute<{ readonly collection: string }>(sql`
      select collection from "fragments"
      where ("fragments"."user_id" = ${userId} and "fragments"."collection" > ${last})
      order by "fragments"."collection" limit 1`);
    if (!next) return found;
    found.push((last = next.collection));
  }
}
