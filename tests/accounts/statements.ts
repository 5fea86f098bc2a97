/** Every statement that reached Postgres, from its own log, and whether it named an account. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Installation } from './installation.ts';

export interface Statement {
  /** The name of the pool that sent it. */
  readonly pool: string;
  /** On one line, values left out. */
  readonly text: string;
}

/** From now on Postgres writes down each statement it is asked. */
export async function logStatements(at: Installation): Promise<void> {
  await at.sql`alter system set log_statement = 'all'`;
  await at.sql`alter system set log_error_verbosity = 'terse'`;
  await at.sql`alter system set log_line_prefix = '>>%a|'`;
  await at.sql`select pg_reload_conf()`;
  // Each connection takes the settings up on its own, before its next statement.
  while ((await at.sql`show log_statement`)[0]!['log_statement'] !== 'all') await wait(10);
}

/** All that was written down so far, each different one once. */
export async function loggedStatements(at: Installation): Promise<readonly Statement[]> {
  const log = await readFile(join(at.folder, 'data', 'postgres.log'), 'utf8');
  const found = new Map<string, Statement>();
  for (const entry of log.split(/^>>/m)) {
    const [, pool, text] =
      /^([^|]*)\|LOG: {2}(?:statement|execute [^:]+): (.*)$/s.exec(entry) ?? [];
    if (pool === undefined || text === undefined) continue;
    const line = text.replaceAll(/\s+/g, ' ').trim();
    found.set(`${pool}|${line}`, { pool, text: line });
  }
  return [...found.values()];
}

/** Those of `tables` that the statement reads or writes. */
export function tablesIn(text: string, tables: readonly string[]): readonly string[] {
  const named = [
    ...text.matchAll(/\b(?:from|join|update|into|using|,)\s+(?:only\s+)?"?([a-z_]+)"?/gi),
  ];
  return tables.filter((table) => named.some(([, name]) => name?.toLowerCase() === table));
}

/** The statements that look beyond one account, each for a reason. */
export const exceptions: readonly { readonly why: string; readonly shape: RegExp }[] = [
  {
    why: 'an address leads to its account',
    shape:
      /^select [^()]* from "email_directory" inner join "users" on "users"\."user_id" = "email_directory"\."user_id" where "email_directory"\."email" = \$1$/,
  },
  {
    why: 'staff look through all accounts',
    shape: /^select [^()]* from "email_directory" inner join "users" [^()]* where \([^()]* ilike /,
  },
  {
    why: 'the tokens of several people are looked up at once, each by its account',
    shape:
      /^select wanted\.ordinal.* join sessions s on s\.user_id = wanted\.user_id and s\.token_hash = wanted\.token_hash join users u on u\.user_id = s\.user_id$/,
  },
  {
    why: 'the choices of several people are looked up at once, each by its account',
    shape:
      /^select [^()]* from "user_settings" where \("user_settings"\."user_id" = any\(\$1::uuid\[\]\) and "user_settings"\."key" = \$2\)$/,
  },
  {
    why: 'an admin must be left',
    shape: /^select [^()]* from "users" where "users"\."role" = \$1 limit \$2$/,
  },
  { why: 'the outbox shows the mail of all', shape: /^select [^()]* from "mails" order by / },
  {
    why: 'a challenge to sign in is nobody’s before the answer',
    shape: /^delete from "passkey_challenges" where \("passkey_challenges"\."user_id" is null and /,
  },
  {
    why: 'what is past its time goes, whose ever it was',
    shape:
      /^delete from "(passkey_challenges|sessions|mails)" where "\1"\."(expires|created)_ms" < \$1\b/,
  },
  {
    why: 'mail whose job is lost is given up',
    shape:
      /^update "mails" set "state" = \$1, "last_error" = \$2 where \("mails"\."state" = \$3 and /,
  },
  {
    why: 'what devices left behind is swept account by account, of all accounts',
    shape:
      /^select "user_id" from "replica_heads" order by "replica_heads"\."user_id" asc limit \$1$/,
  },
  {
    why: 'many fragments are written at once, all of the one account named first',
    shape:
      /^insert into "fragments" \("user_id", [^()]*\) select \$1::uuid, .* from unnest\([^()]*\) as given \([^()]*\) on conflict \("user_id", /,
  },
  {
    why: 'fragments are removed by their places, which are looked up in the same account',
    shape:
      /^delete from "fragments" where \("fragments"\."user_id" = \$1 and "fragments"\."ctid" = any\(array\( ?select found\.place .* where \("fragments"\."user_id" = \$6 and /,
  },
  {
    why: 'chunks are swept against what the same account refers to',
    shape:
      /^with referred as [^$]* where \("fragments"\."user_id" = \$1 and [^$]* union [^$]*\$2::jsonpath[^$]* where \("trading_accounts"\."user_id" = \$3\) [^$]* where \("chunks"\."user_id" = \$4 and [^$]*\$5::bigint and [^$]* from removed$/,
  },
  {
    why: 'what an order changes is written at once, all of the one account named first',
    shape:
      /^insert into "(order_intents|intent_events|broker_items|deals)" \("user_id", [^()]*\) select \$1::uuid, /,
  },
  {
    why: 'a terminal names its account before anybody knows whose it is',
    shape: /^select [^()]* from "trading_accounts" where "trading_accounts"\."account_id" = \$1$/,
  },
  {
    why: 'orders of all accounts that were not sent in time are given up',
    shape: /^select distinct "user_id", "account_id" from "order_intents" where \(/,
  },
  {
    why: 'a server says at once that it holds all its connectors, each by its account',
    shape:
      /^with free as \( select held\.user_id, .* join "trading_accounts" held on held\.user_id = given\."userId" and /,
  },
  {
    why: 'and asks which of them it has lost',
    shape:
      /^select given\."session" as session from jsonb_to_recordset\(.* left join "trading_accounts" held on held\.user_id = given\."userId" and /,
  },
  {
    why: 'the ends of all trails are written down every day',
    shape: /^select "user_id", "seq", "hash" from "audit_heads" order by /,
  },
];

/** Whether all that the statement does to the table is bound to one account, before all else. */
export function namesAccount(text: string, table: string): boolean {
  if (new RegExp(`^insert into "${table}" \\(("[a-z_]+", )*"user_id"`, 'i').test(text)) {
    return !/\bselect\b/i.test(text);
  }
  const own = `"${table}"\\."user_id" = \\$\\d+`;
  const rest = '(?: (?:returning|order by|limit|for update|for key share)\\b.*)?$';
  const isBound = new RegExp(` where (?:${own}${rest}|\\(${own} and )`, 'i').test(text);
  return isBound && text.split(/\bwhere\b/i).length === 2;
}
