/**
 * Tells devices the prices of the accounts that they look at, whichever server has the connector.
 *
 * The server that holds it tells its own devices itself; for those on other servers, who say
 * through the database that somebody looks, it tells the database.
 */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Log } from '../ops/log.ts';
import type { Rooms } from '../rooms/open-rooms.ts';
import type { ConnectorHosts } from './connector-hosts.ts';
import { tellAccount, tellQuotes, type QuotesNotice } from './notices.ts';
import { lookMs, quotesEveryMs } from './quote-stream.ts';
import type { TerminalRegistry } from './terminals.ts';

export interface PriceNews {
  /** To be called often; says what moved, at most four times a second. */
  tick(): void;
  /** On another server somebody looks at an account. */
  asked(accountId: string, symbols: readonly string[]): void;
  /** Another server said prices. */
  heard(notice: QuotesNotice): void;
}

export interface PriceNewsOptions {
  readonly registry: TerminalRegistry;
  readonly hosts: ConnectorHosts;
  readonly database: PostgresJsDatabase;
  readonly rooms: Pick<Rooms, 'quotes'>;
  now(): number;
  readonly log: Log;
}

/** A look at what is held elsewhere is said so often. */
const tellLookEveryMs = 20_000;

export function priceNews({
  registry,
  hosts,
  database,
  rooms,
  now,
  log,
}: PriceNewsOptions): PriceNews {
  /** Until when other servers have somebody who looks. */
  const elsewhere = new Map<string, number>();
  const told = new Map<string, { readonly atMs: number; readonly symbols: string }>();
  let saidMs = 0;
  const inBackground = (work: Promise<void>) => {
    work.catch((error: unknown) => log.warn({ err: error }, 'prices were not told'));
  };

  registry.onLook((accountId, symbols) => {
    hosts.looked(accountId);
    if (registry.sessions.has(accountId)) return;
    const names = symbols.join('\n');
    const before = told.get(accountId);
    if (before?.symbols === names && now() - before.atMs < tellLookEveryMs) return;
    told.set(accountId, { atMs: now(), symbols: names });
    inBackground(tellAccount(database, { accountId, what: 'looked', symbols }));
  });

  return {
    tick() {
      const nowMs = now();
      if (nowMs - saidMs < quotesEveryMs) return;
      saidMs = nowMs;
      for (const { accountId, quotes } of registry.stream.take(nowMs)) {
        const live = registry.sessions.get(accountId);
        if (!live) continue;
        const notice = { userId: live.userId, accountId, quotes };
        rooms.quotes(notice);
        if ((elsewhere.get(accountId) ?? 0) > nowMs) inBackground(tellQuotes(database, notice));
      }
      for (const [accountId, untilMs] of elsewhere) {
        if (untilMs <= nowMs) elsewhere.delete(accountId);
      }
      for (const [accountId, { atMs }] of told) {
        if (nowMs - atMs <= lookMs) continue;
        told.delete(accountId);
        // What nobody looks at here is not heard of any more.
        if (!registry.sessions.has(accountId)) registry.board.forget(accountId);
      }
    },
    asked(accountId, symbols) {
      hosts.looked(accountId);
      const live = registry.sessions.get(accountId);
      if (!live) return;
      elsewhere.set(accountId, now() + lookMs);
      registry.stream.look(accountId, symbols, now());
      live.look(registry.stream.looked(accountId));
    },
    heard(notice) {
      // What this server holds it knows at first hand.
      if (registry.sessions.has(notice.accountId)) return;
      if (registry.stream.looked(notice.accountId).length === 0) return;
      for (const quote of notice.quotes) registry.board.put(notice.accountId, quote);
      rooms.quotes(notice);
    },
  };
}
