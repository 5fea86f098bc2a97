/** What the database holds of an account, or of all, as digests that can be compared. */
import type { Sql } from 'postgres';

/** The tables whose rows belong to accounts, as the database itself knows them. */
export async function tenantTables(sql: Sql): Promise<readonly string[]> {
  const found = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'user_id' order by 1`;
  return found.map(({ name }) => name);
}

/** For each of these tables the number of rows, and a digest of them. */
export async function rowsOf(sql: Sql, userId?: string): Promise<Record<string, string>> {
  const digest = `count(*) || ' ' || md5(coalesce(string_agg(t::text, ' ' order by t::text), ''))`;
  const whose = userId === undefined ? '' : 'where user_id = $1::uuid';
  const parts = (await tenantTables(sql)).map(
    (table) => `select '${table}' as name, ${digest} as digest from "${table}" t ${whose}`,
  );
  const rows = await sql.unsafe<{ name: string; digest: string }[]>(
    parts.join(' union all '),
    userId === undefined ? [] : [userId],
  );
  return Object.fromEntries(rows.map(({ name, digest: text }) => [name, text]));
}
