/** Writes what became of the fragments of an account, in two statements however many there are. */
import { sql, type SQL } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import type { FragmentChanges, StoredFragment } from './server-store.ts';
import { separator } from './stored-fragments.ts';

/** What goes makes room before what comes. */
export async function applyChanges(
  queries: Queries,
  userId: string,
  { insert, shrink, remove }: FragmentChanges,
): Promise<void> {
  if (remove.length > 0) await removeAll(queries, userId, remove);
  const written = [...shrink, ...insert];
  if (written.length > 0) await writeAll(queries, userId, written);
}

const arrayTypes = { text: sql`text[]`, integer: sql`integer[]`, bigint: sql`bigint[]` } as const;

/**
 * One array a column, so that the statement is the same for any number of fragments. Where all of
 * them have the `usual` value it is empty, which `unnest` fills up with nulls.
 */
const column = <T>(
  fragments: readonly StoredFragment[],
  of: (fragment: StoredFragment) => T,
  type: keyof typeof arrayTypes,
  usual?: T,
): SQL => {
  const values = fragments.map(of);
  const isUsual = usual !== undefined && values.every((value) => value === usual);
  return sql`${sql.param(isUsual ? [] : values)}::${arrayTypes[type]}`;
};

/** With nulls for what `firstOf` names, and for part 0. */
const keyColumns = (fragments: readonly StoredFragment[]): SQL => sql`
  ${column(fragments, ({ row }) => row, 'text')},
  ${column(fragments, ({ collection }) => collection, 'text', firstOf(fragments))},
  ${column(fragments, ({ hlc }) => hlc, 'text')},
  ${column(fragments, ({ part }) => part, 'integer', 0)}`;

const firstOf = (fragments: readonly StoredFragment[]) => fragments[0]?.collection ?? '';

/**
 * By their places in the table, which stay while the head is held: joined by their keys they
 * could cost a pass over all that the account has.
 */
async function removeAll(
  queries: Queries,
  userId: string,
  gone: readonly StoredFragment[],
): Promise<void> {
  await queries.execute(sql`
    delete from "fragments" where ("fragments"."user_id" = ${userId} and
      "fragments"."ctid" = any(array(
        select found.place from unnest(${keyColumns(gone)}) as given (row, of, hlc, part)
        cross join lateral (
          select "fragments"."ctid" as place from "fragments"
          where ("fragments"."user_id" = ${userId}
            and "fragments"."collection" = coalesce(given.of, ${firstOf(gone)})
            and "fragments"."row_id" = given.row and "fragments"."hlc" = given.hlc
            and "fragments"."part" = coalesce(given.part, 0)) offset 0
        ) as found)))`);
}

/** What is there already has become smaller; all else of it stays. */
async function writeAll(
  queries: Queries,
  userId: string,
  written: readonly StoredFragment[],
): Promise<void> {
  const names = (of: (fragment: StoredFragment) => readonly string[] | undefined) =>
    column(written, (fragment) => of(fragment)?.join(separator) ?? '', 'text', '');
  await queries.execute(sql`
    insert into "fragments" ("user_id", "collection", "row_id", "hlc", "part", "live", "cells",
      "bytes", "chunks", "covers", "seq", "schema_version", "group_id", "purged")
    select ${userId}::uuid, coalesce(of, ${firstOf(written)}), row, hlc, coalesce(part, 0),
      string_to_array(live, chr(31)), cells, bytes,
      string_to_array(nullif(hashes, ''), chr(31)), string_to_array(nullif(covers, ''), chr(31)),
      seq, coalesce(version, 1), nullif(group_id, ''), coalesce(purged, 0) = 1
    from unnest(${keyColumns(written)}, ${names(({ live }) => live)},
      ${column(written, ({ cells }) => JSON.stringify(cells), 'text')},
      ${column(written, ({ bytes }) => bytes, 'integer')},
      ${names(({ chunks }) => chunks)}, ${names(({ covers }) => covers)},
      ${column(written, ({ seq }) => seq, 'bigint')},
      ${column(written, ({ schemaVersion }) => schemaVersion, 'integer', 1)},
      ${column(written, ({ groupId }) => groupId ?? '', 'text', '')},
      ${column(written, ({ purged }) => (purged ? 1 : 0), 'integer', 0)}
    ) as given (row, of, hlc, part, live, cells, bytes, hashes, covers, seq, version, group_id,
      purged)
    on conflict ("user_id", "collection", "row_id", "hlc", "part") do update set
      "live" = excluded.live, "cells" = excluded.cells, "bytes" = excluded.bytes,
      "chunks" = excluded.chunks, "covers" = excluded.covers`);
}
