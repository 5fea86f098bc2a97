/** Goes through every sealed column and puts its values under the master key that seals now. */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import type { KeyRing } from './key-ring.ts';
import { placeOf, sealedColumns, type SealedName } from './sealed-columns.ts';
import { rewrap } from './vault.ts';

/** A value that no key at hand opens: damaged, moved, or its key is lost. */
export interface Unreadable {
  readonly table: string;
  readonly column: string;
  readonly userId: string;
  readonly row: string;
}

export interface Rewrapped {
  readonly rewrapped: number;
  readonly unreadable: readonly Unreadable[];
}

interface SealedRow extends Record<string, unknown> {
  readonly user: string;
  readonly row: string;
  readonly sealed: string;
}

interface Rewrapping {
  readonly database: Queries;
  readonly ring: KeyRing;
  /** Told before each batch, and awaited. */
  readonly onBatch?: (name: SealedName) => Promise<void> | void;
}

const batchRows = 200;
const names = Object.keys(sealedColumns) as readonly SealedName[];

/**
 * How many values changed their key, and which could not.
 *
 * Each row is a statement of its own that changes nothing where somebody else has sealed a new
 * value meanwhile, so it can be ended anywhere and begun again while the server works.
 */
export async function rewrapAll(options: Rewrapping): Promise<Rewrapped> {
  let rewrapped = 0;
  const unreadable: Unreadable[] = [];
  for (const name of names) {
    const found = await rewrapColumn(name, options);
    rewrapped += found.rewrapped;
    unreadable.push(...found.unreadable);
  }
  return { rewrapped, unreadable };
}

/** How many values each master key has sealed, by its id. */
export async function valuesByKey(database: Queries): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  for (const name of names) {
    const { table, column } = sealedColumns[name];
    const rows = await database.execute<{ key: string; values: number }>(
      sql`select ${keyIdOf(column)} as key, count(*)::int as values from ${sql.identifier(table)}
          where ${sql.identifier(column)} is not null group by 1`,
    );
    for (const row of rows) values.set(row.key, (values.get(row.key) ?? 0) + row.values);
  }
  return values;
}

async function rewrapColumn(name: SealedName, options: Rewrapping): Promise<Rewrapped> {
  let rewrapped = 0;
  const unreadable: Unreadable[] = [];
  let after: SealedRow | null = null;
  for (;;) {
    await options.onBatch?.(name);
    const rows: readonly SealedRow[] = await oldRows(name, options, after);
    const outcomes = await Promise.all(rows.map((row) => rewrapRow(name, row, options)));
    rewrapped += outcomes.filter((outcome) => outcome === 'rewrapped').length;
    const { table, column } = sealedColumns[name];
    rows.forEach(({ user, row }, at) => {
      if (outcomes[at] === 'unreadable') unreadable.push({ table, column, userId: user, row });
    });
    if (rows.length < batchRows) return { rewrapped, unreadable };
    after = rows.at(-1)!;
  }
}

/** A batch of what other keys have sealed, in the order of its rows. */
async function oldRows(
  name: SealedName,
  { database, ring }: Rewrapping,
  after: SealedRow | null,
): Promise<readonly SealedRow[]> {
  const { table, column, row } = sealedColumns[name];
  const past = after
    ? sql`and (user_id::text, ${sql.identifier(row)}::text) > (${after.user}, ${after.row})`
    : sql``;
  return database.execute<SealedRow>(
    sql`select user_id::text as user, ${sql.identifier(row)}::text as row,
          ${sql.identifier(column)} as sealed
        from ${sql.identifier(table)}
        where ${keyIdOf(column)} <> ${ring.current().id} ${past}
        order by 1, 2 limit ${batchRows}`,
  );
}

async function rewrapRow(
  name: SealedName,
  { user, row, sealed }: SealedRow,
  { database, ring }: Rewrapping,
): Promise<'rewrapped' | 'changed-meanwhile' | 'unreadable'> {
  const fresh = rewrap(ring, sealed, placeOf(name, { userId: user, row }));
  if (fresh === null) return 'unreadable';
  const { table, column, row: rowColumn } = sealedColumns[name];
  const changed = await database.execute(
    sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = ${fresh}
        where user_id = ${user}::uuid and ${sql.identifier(rowColumn)}::text = ${row}
          and ${sql.identifier(column)} = ${sealed}
        returning 1`,
  );
  return changed.length > 0 ? 'rewrapped' : 'changed-meanwhile';
}

const keyIdOf = (column: string) => sql`split_part(${sql.identifier(column)}, '.', 1)`;
