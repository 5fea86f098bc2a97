/** Looks for a text in everything that a database holds, whatever the column. */
import type { Sql } from 'postgres';

/** The tables of every schema that is ours, `schema.table`; of parted ones the parts. */
export async function allTables(sql: Sql): Promise<readonly string[]> {
  const found = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_|^information_schema$' order by 1`;
  return found.map(({ name }) => name);
}

/** Those with a row that holds one of the texts, bytes counting as their hexadecimal digits. */
export async function tablesHolding(sql: Sql, texts: readonly string[]): Promise<string[]> {
  const patterns = texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`);
  const holding: string[] = [];
  for (const table of await allTables(sql)) {
    const [row] = await sql<{ held: boolean }[]>`
      select exists (select from ${sql(table)} t where t::text ilike any (${patterns})) as held`;
    if (row!.held) holding.push(table);
  }
  return holding;
}
