/** Whose bars are kept where: those of public sources for everybody, those of a broker by account. */
import { sql, type SQL } from 'drizzle-orm';

export type BarsOf =
  { readonly source: string } | { readonly userId: string; readonly accountId: string };

export function tableOf(of: BarsOf): SQL {
  return 'userId' in of ? sql`"account_bars"` : sql`"market_bars"`;
}

/** To stand first in a condition. */
export function ownerOf(of: BarsOf): SQL {
  if (!('userId' in of)) return sql`"market_bars"."source" = ${of.source}`;
  return sql`"account_bars"."user_id" = ${of.userId} and "account_bars"."account_id" = ${of.accountId}`;
}
