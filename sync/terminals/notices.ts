/** What servers tell one another about trading accounts, through the database. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Quote } from '#core/broker/instrument.ts';
import type { Queries } from '../database/queries.ts';
import { tradingChannel } from '../orders/postgres-store.ts';

/** `<account> <what>`; of a session that began, also which; of a look, the symbols as JSON. */
export const accountsChannel = 'offing_accounts';
/** JSON of `QuotesNotice`. */
export const quotesChannel = 'offing_quotes';
/** Postgres takes less than 8,000 bytes. */
const mostBytes = 7_500;

/**
 * `changed`: its row is to be looked at again; `revoked`: its connector goes; `began`: the session
 * named is its only one; `looked`: whoever holds the connector says its prices for a while.
 */
export type AccountNotice =
  | { readonly accountId: string; readonly what: 'changed' | 'revoked' }
  | { readonly accountId: string; readonly what: 'looked'; readonly symbols: readonly string[] }
  | { readonly accountId: string; readonly what: 'began'; readonly session: string };

const shape =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (?:(changed|revoked)|began ([0-9a-f-]{36})|looked (\[.*\]))$/s;
const changeShape =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: (\{.*\}))?$/s;

/** Told when the transaction commits. */
export async function tellAccount(queries: Queries, notice: AccountNotice): Promise<void> {
  const { accountId, what } = notice;
  const more =
    what === 'began' ? notice.session : what === 'looked' ? fitting(notice.symbols) : undefined;
  const text = [accountId, what, ...(more === undefined ? [] : [more])].join(' ');
  await queries.execute(sql`select pg_notify(${accountsChannel}, ${text})`);
}

/** As many as there is room for, the last ones. */
function fitting(items: readonly unknown[]): string {
  for (let from = 0; ; from += 1) {
    const text = JSON.stringify(items.slice(from));
    if (Buffer.byteLength(text) <= mostBytes || from >= items.length) return text;
  }
}

export function readAccountNotice(text: string): AccountNotice | null {
  const [, accountId, what, session, symbols] = shape.exec(text) ?? [];
  if (accountId === undefined) return null;
  if (session !== undefined) return { accountId, what: 'began', session };
  if (symbols !== undefined) {
    const read = symbolsShape.safeParse(parsed(symbols));
    return read.success ? { accountId, what: 'looked', symbols: read.data } : null;
  }
  return what === 'changed' || what === 'revoked' ? { accountId, what } : null;
}

const symbolsShape = z.array(z.string().max(64)).max(200);

/** Prices from the server that holds the connector to those whose devices look. */
export interface QuotesNotice {
  readonly userId: string;
  readonly accountId: string;
  readonly quotes: readonly Quote[];
}

const quotesShape = z.object({
  userId: z.uuid(),
  accountId: z.uuid(),
  quotes: z
    .array(z.object({ symbol: z.string(), bid: z.number(), ask: z.number(), timeMs: z.number() }))
    .max(200),
});

/** In as many parts as it takes. */
export async function tellQuotes(
  queries: Queries,
  { userId, accountId, quotes }: QuotesNotice,
): Promise<void> {
  for (let from = 0; from < quotes.length; from += quotesTogether) {
    const part = { userId, accountId, quotes: quotes.slice(from, from + quotesTogether) };
    await queries.execute(sql`select pg_notify(${quotesChannel}, ${JSON.stringify(part)})`);
  }
}
/** A symbol may have 64 characters of four bytes. */
const quotesTogether = 20;

export function readQuotesNotice(text: string): QuotesNotice | null {
  const read = quotesShape.safeParse(parsed(text));
  return read.success ? read.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An account whose orders there is something to do for. */
export interface OrdersNotice {
  readonly accountId: string;
  /** The process that has woken its own dispatcher; null: none has. */
  readonly origin: string | null;
}

const ordersShape =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/;

export function readOrdersNotice(text: string): OrdersNotice | null {
  const [, accountId, origin = null] = ordersShape.exec(text) ?? [];
  return accountId === undefined ? null : { accountId, origin };
}

/** Pages that show the account fetch it again, once the transaction has committed. */
export async function tellPages(
  queries: Queries,
  { userId, accountId }: { readonly userId: string; readonly accountId: string },
): Promise<void> {
  const text = `${userId} ${accountId}`;
  await queries.execute(sql`select pg_notify(${tradingChannel}, ${text})`);
}

export interface TradingNotice {
  readonly userId: string;
  readonly accountId: string;
  /** JSON of a `BookChange`; null: it is to be asked for. */
  readonly change: string | null;
}

/** `<user> <account>`, perhaps with the change: something that pages show of the account changed. */
export function readTradingNotice(text: string): TradingNotice | null {
  const [, userId, accountId, change = null] = changeShape.exec(text) ?? [];
  return userId === undefined || accountId === undefined ? null : { userId, accountId, change };
}
