/** Begins and ends a connector's session: whose it is from now on, and what its trader is told. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Automation } from '../automation/open-automation.ts';
import type { openDesk, Clock, DeskLog } from '../orders/desk.ts';
import type { OrderStore } from '../orders/order-store.ts';
import { postgresOrders } from '../orders/postgres-store.ts';
import { beginSession } from '../orders/session.ts';
import type { Log } from '../ops/log.ts';
import { liveSession, type LiveSession } from './live-session.ts';
import { loseSession } from './ended-sessions.ts';
import { release, renewLeases, takeLease } from './lease.ts';
import { tellAccount, tellPages } from './notices.ts';
import type { Introduced } from './socket-host.ts';
import type { TerminalEnd } from './terminal-ends.ts';
import { addEntry, pruneLog, type LogEntry } from './terminal-log.ts';
import type { TerminalRegistry } from './terminals.ts';

export interface SessionWorkOptions {
  readonly database: PostgresJsDatabase;
  readonly audit: AuditTrail;
  readonly registry: TerminalRegistry;
  readonly serverId: string;
  readonly openDesk: typeof openDesk;
  readonly clock: Clock;
  readonly log: Log;
  /** Bots, which trade where their terminal is. */
  readonly automation: Pick<Automation, 'opened' | 'heard' | 'ended'>;
}

export interface SessionWork {
  begin(introduced: Introduced): Promise<TerminalEnd | null>;
  open(introduced: Introduced): void;
  /** For the trader's eyes; what cannot be written is left out. */
  tell(entry: Omit<LogEntry, 'atMs'>): void;
  orders(userId: string): OrderStore;
  /** When everything that has been told, and every session that ended, is settled. */
  settled(): Promise<void>;
}

/** An account's log is cut to its length once in so many entries. */
const pruneEvery = 50;

export function sessionWork(options: SessionWorkOptions): SessionWork {
  const { database, audit, registry, serverId, clock, log, automation } = options;
  const pending = new Set<Promise<unknown>>();
  const entries = new Map<string, number>();
  const orders = (userId: string) =>
    postgresOrders({
      ...{ database, trail: audit, userId, actor: 'server', nowMs: () => clock.nowMs() },
      dispatcher: registry.dispatcher,
    });
  const inBackground = (work: Promise<unknown>, what: string) => {
    const done: Promise<unknown> = work
      .catch((error: unknown) => log.warn({ err: error }, what))
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  const tell: SessionWork['tell'] = (entry) => {
    const { userId, accountId } = entry;
    const count = (entries.get(accountId) ?? 0) + 1;
    entries.set(accountId, count % pruneEvery);
    const write = async () => {
      await addEntry(database, { ...entry, atMs: clock.nowMs() });
      if (count >= pruneEvery) await pruneLog(database, userId, accountId);
    };
    inBackground(write(), 'a terminal’s log could not be written');
  };

  async function begin({ account, auth, session }: Introduced): Promise<TerminalEnd | null> {
    const { userId, accountId } = account;
    const { device, login, server: brokerServer, build } = auth;
    const nowMs = clock.nowMs();
    const who = { session, serverId, nowMs, device, login, brokerServer };
    const begun = await beginSession(orders(userId), accountId, who);
    if (!begun.ok) {
      return begun.error.code === 'trade.account-differs' ? 'other-account' : 'revoked';
    }
    await takeLease(database, { userId, accountId, session }, nowMs);
    await tellAccount(database, { accountId, what: 'began', session });
    await tellPages(database, { userId, accountId });
    tell({
      userId,
      accountId,
      level: 'info',
      name: 'connected',
      detail: { login, brokerServer, build },
    });
    return null;
  }

  function open({ account, auth, session, socket, frames }: Introduced): void {
    const { userId, accountId } = account;
    const about = { userId, accountId };
    const live: LiveSession = liveSession({
      ...about,
      session,
      socket,
      frames,
      caps: auth.caps ?? [],
      now: () => clock.nowMs(),
      monotonic: () => performance.now(),
      onEnd(why, detail) {
        registry.remove(live);
        automation.ended(live);
        const level = why === 'gone' || why === 'stopping' ? ('info' as const) : ('warn' as const);
        tell({ ...about, level, name: 'disconnected', detail: { why, detail } });
        inBackground(leave(live), 'a terminal’s session did not end well');
      },
    });
    registry.put(live)?.close('fenced');
    const deskLog: DeskLog = {
      info: (name, detail) => tell({ ...about, level: 'info', name, detail }),
      warn: (name, detail) => tell({ ...about, level: 'warn', name, detail }),
    };
    const desk = options.openDesk({
      store: orders(userId),
      accountId,
      session,
      link: { send: live.send, close: (why) => live.close(endOf(why), why) },
      clock,
      quotes: registry.board,
      onChange(news) {
        if (news.t === 'quotes') registry.stream.put(accountId, news.quotes);
        automation.heard(live, news);
      },
      log: deskLog,
    });
    live.listen(desk);
    live.look(registry.stream.looked(accountId));
    automation.opened(live);
    inBackground(renewLeases(database, serverId, [live], clock.nowMs()), 'no lease was written');
  }

  async function leave(live: LiveSession): Promise<void> {
    await live.ended();
    await release(database, live);
    await loseSession(orders(live.userId), live, clock.nowMs());
    await tellPages(database, live);
  }

  return {
    begin,
    open,
    tell,
    orders,
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

/** A desk ends where it is fenced, or where it could not go on. */
function endOf(why: string): TerminalEnd {
  return why === 'fenced' || why === 'revoked' || why === 'other-account' ? why : 'failed';
}
