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
      /^delete from "(passkey_challenges|sessions|mails|account_bars)" where "\1"\."(expires|created)_ms" < \$1\b/,
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
    why: 'what an order changes is written at once with the trail, all of the one account named first',
    shape:
      /^with whose as \(select \$1::uuid as user_id, \$2::uuid as account_id\)(, new_[a-z]+ as \( insert into "[a-z_]+" \("user_id", [^()]*\) select whose\.user_id, ((?! from whose, | where )[^;])* from whose, unnest\([^()]*\) as given \([^()]*\)( on conflict \("user_id", "intent_id"\) do update set [^()]*)?\)|, new_head as \( update "audit_heads" set [^()]* from whose where "audit_heads"\."user_id" = whose\.user_id\))* select( pg_notify\('[a-z_]+', \$\d+::text\),?)*$/,
  },
  {
    why: 'all that an order needs is read at once, each part of the one account',
    shape:
      /^with items as materialized \(((?! where )[^;])*( where (\(?"([a-z_]+)"\."user_id" = \$1\b|kind = '[a-z]+'\))((?! where )[^;])*)+ as sealed_key$/,
  },
  {
    why: 'bars are kept many at once, all of the one account named first',
    shape:
      /^insert into "account_bars" as held \("user_id", [^()]*\) select \$1::uuid, \$2::uuid, .* from jsonb_to_recordset\(/,
  },
  {
    why: 'prices that paper accounts saw long ago go, whose ever they were',
    shape: /^delete from "paper_hours" where "paper_hours"\."hour_ms" < \$1$/,
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
    why: 'what was sent to a terminal that no server holds any more is unknown, in all accounts',
    shape:
      /^select distinct held\.user_id, held\.account_id, held\.session from "order_intents" sent join "trading_accounts" held on held\.user_id = sent\.user_id and /,
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
    why: 'what a bot holds is found by its orders, of the same account',
    shape:
      /^select held\.kind, .* join "bot_orders" asked on asked\.user_id = held\.user_id and asked\.bot_id = \$1 .* where held\.user_id = \$2 and held\.account_id = \$3 /,
  },
  {
    why: 'and so are its deals',
    shape:
      /^select deal, .* from "deals" where "deals"\."user_id" = \$1 and .* join "order_intents" made on made\.user_id = asked\.user_id and .* where asked\.user_id = \$3 and asked\.bot_id = \$4 /,
  },
  {
    why: 'and what became of what it asked for',
    shape:
      /^select (made\.intent_id|asked\.bar_ms), .* join "order_intents" made on made\.user_id = asked\.user_id and .* where asked\.user_id = \$1 and asked\.bot_id = \$2 /,
  },
  {
    why: 'nothing is written of a bot that is gone with its account',
    shape:
      /^insert into "bot_(events|bars)" \("user_id", [^()]*\) select "bots"\."user_id", .* where "bots"\."user_id" = \$\d+ and "bots"\."bot_id" = \$\d+ (for key share|on conflict do nothing)$/,
  },
  {
    why: 'terminals that bots of all accounts wait for are woken',
    shape:
      /^select distinct "bots"\."account_id", .* join "trading_accounts" held on held\.user_id = "bots"\."user_id" and /,
  },
  {
    why: 'bots of all accounts whose terminals are here may have been steered',
    shape:
      /^select "bots"\."account_id", "bots"\."bot_id", .* from "bots" where "bots"\."account_id" = any\(\$1::uuid\[\]\) and /,
  },
  {
    why: 'terminals that alerts of all accounts wait for are woken',
    shape:
      /^select "alerts"\."account_id", .* join "trading_accounts" held on held\.user_id = "alerts"\."user_id" and /,
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
