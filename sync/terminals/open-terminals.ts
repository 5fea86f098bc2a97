/** Opens the way in for terminals, and all that goes on while they are here. */
import { setInterval } from 'node:timers';
import type { IncomingMessage } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { openAlerts } from '../alerts/open-alerts.ts';
import { openAutomation, type Automation } from '../automation/open-automation.ts';
import type { Notifications } from '../database/notifications.ts';
import type { Origins } from '../http/origins.ts';
import type { Log } from '../ops/log.ts';
import { openDesk } from '../orders/desk.ts';
import { expireDue } from '../orders/expiry.ts';
import { ordersChannel } from '../orders/postgres-store.ts';
import { readChunk } from '../replication/chunk-store.ts';
import type { Rooms } from '../rooms/open-rooms.ts';
import type { Services } from '../services.ts';
import { connectorHosts, type ConnectorHosts } from './connector-hosts.ts';
import { endedSessions, loseSession } from './ended-sessions.ts';
import { historyChannel, historyRelay } from './history-relay.ts';
import { renewEveryMs, renewLeases } from './lease.ts';
import { tickMs } from './live-session.ts';
import {
  accountsChannel,
  quotesChannel,
  readAccountNotice,
  readOrdersNotice,
  readQuotesNotice,
} from './notices.ts';
import { findPaired } from './paired-account.ts';
import { unsentAccounts } from './order-pages.ts';
import { priceNews } from './price-news.ts';
import { sessionWork } from './session-work.ts';
import { openTerminalHost } from './socket-host.ts';
import { openTerminalGate, TERMINALS_PATH } from './terminal-gate.ts';
import type { TerminalRegistry } from './terminals.ts';

export interface OpenTerminals {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface TerminalsOptions {
  readonly services: Services;
  readonly registry: TerminalRegistry;
  readonly rooms: Pick<Rooms, 'quotes'>;
  /** Of this process. */
  readonly serverId: string;
  /** Where notifications come from: a direct way, past any pooler. */
  readonly notifications: Notifications;
  /** Where the server listens, for the connectors in it. */
  readonly listening: {
    readonly scheme: 'http' | 'https';
    readonly host: string;
    readonly port: number;
  };
  readonly origins: Origins;
  readonly proxies: BlockList;
  readonly log: Log;
}

const expireEveryMs = 15_000;
/** A wrong token for an account is told its trader once in this time. */
const strangerEveryMs = 10_000;

export function openTerminals(options: TerminalsOptions): OpenTerminals {
  const { services, registry, serverId, log } = options;
  const { database, vault, audit, site } = services;
  const now = Date.now;
  const clock = { nowMs: now, after };
  const { metrics } = services;
  const { notifications } = options;
  const automation = openAutomation({
    database,
    audit,
    registry,
    notifications,
    metrics,
    threads: services.codeThreads,
    now,
    log,
  });
  const { mailer, pushes } = services;
  const alerts = openAlerts({ database, registry, notifications, mailer, pushes, now, log });
  const work = sessionWork({
    ...{ database, audit, registry, serverId, openDesk, clock, log },
    automation: both(automation, alerts),
  });
  const strangers = new Map<string, number>();
  const host = openTerminalHost({
    gate: openTerminalGate({ ...options, secure: site.secure, now }),
    find: (accountId) => findPaired(database, vault, accountId),
    begin: work.begin,
    open: work.open,
    onStranger({ userId, accountId }, why) {
      if (now() - (strangers.get(accountId) ?? 0) < strangerEveryMs) return;
      if (strangers.size > 10_000) strangers.clear();
      strangers.set(accountId, now());
      work.tell({ userId, accountId, level: 'warn', name: 'refused', detail: { why } });
    },
    now,
    log,
  });
  const hosts = connectorHosts(registry, {
    ...{ database, vault, serverId, now, log },
    ...addressOf(options.listening),
    readChunk: (userId, hash) => readChunk(database, userId, hash),
  });
  const news = priceNews({ registry, hosts, database, rooms: options.rooms, now, log });
  const relay = historyRelay({
    serverId,
    queries: database,
    own(accountId) {
      const live = registry.sessions.get(accountId);
      return live ? (question) => live.history.ask(question) : null;
    },
    after,
    onTrouble: (err) => log.warn({ err }, 'past prices were not told to another server'),
  });
  registry.onRelay((accountId, question) => relay.ask(accountId, question));
  const leave = options.notifications.hear({
    channels: {
      [ordersChannel]: (text) => wake(registry, hosts, readOrdersNotice(text)),
      [accountsChannel]: (text) => hearAccount(registry, hosts, news, text),
      [historyChannel]: (text) => relay.heard(text),
      [quotesChannel]: (text) => {
        const notice = readQuotesNotice(text);
        if (notice) news.heard(notice);
      },
    },
    onListening() {
      for (const live of registry.sessions.values()) live.wake();
    },
  });
  const timers = [
    setInterval(() => {
      for (const live of registry.sessions.values()) live.tick();
      news.tick();
    }, tickMs),
    every(renewEveryMs, log, () => renew(options)),
    every(renewEveryMs, log, async () => {
      for (const ended of await endedSessions(database, now())) {
        await loseSession(work.orders(ended.userId), ended, now());
      }
    }),
    every(expireEveryMs, log, async () => {
      for (const { userId, accountId } of await unsentAccounts(database, now())) {
        await expireDue(work.orders(userId), accountId, now());
      }
    }),
  ];
  return {
    upgrade: (request, socket, head) => host.upgrade(request, socket, head),
    async close() {
      await hosts.close();
      host.close();
      for (const live of registry.sessions.values()) live.close('stopping');
      for (const timer of timers) clearInterval(timer);
      await Promise.all([automation.close(), alerts.close()]);
      leave();
      await work.settled();
    },
  };
}

/** Whatever is told of terminals, both are told. */
function both(one: Automation, other: Automation): Pick<Automation, 'opened' | 'heard' | 'ended'> {
  return {
    opened(live) {
      one.opened(live);
      other.opened(live);
    },
    heard(live, news) {
      one.heard(live, news);
      other.heard(live, news);
    },
    ended(live) {
      one.ended(live);
      other.ended(live);
    },
  };
}

/** Those of this process that have orders to send, or whose connector is to be woken for them. */
function wake(
  registry: TerminalRegistry,
  hosts: ConnectorHosts,
  notice: ReturnType<typeof readOrdersNotice>,
): void {
  if (notice === null) return;
  const live = registry.sessions.get(notice.accountId);
  if (!live) hosts.looked(notice.accountId);
  // From here it was woken with the commit, or has begun since and looked by itself.
  else if (notice.origin !== registry.dispatcher.origin) live.wake();
}

function hearAccount(
  registry: TerminalRegistry,
  hosts: ConnectorHosts,
  news: ReturnType<typeof priceNews>,
  text: string,
): void {
  const notice = readAccountNotice(text);
  if (!notice) return;
  const live = registry.sessions.get(notice.accountId);
  switch (notice.what) {
    case 'began':
      if (live && live.session !== notice.session) live.close('fenced');
      return;
    case 'looked':
      return news.asked(notice.accountId, notice.symbols);
    case 'revoked':
      live?.close('revoked');
  }
  hosts.changed(notice.accountId);
}

/** What is held no more was taken over by a server whose word did not get here. */
async function renew({ services, registry, serverId }: TerminalsOptions): Promise<void> {
  const held = [...registry.sessions.values()];
  const lost = new Set(await renewLeases(services.database, serverId, held, Date.now()));
  for (const live of held) if (lost.has(live.session)) live.close('fenced');
}

function every(ms: number, log: Log, work: () => Promise<void>): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    work()
      .catch((error: unknown) => log.warn({ err: error }, 'terminals were not seen to'))
      .finally(() => (isBusy = false));
  }, ms);
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** By the address, since a name may lead elsewhere; under the name that is served. */
function addressOf({ scheme, host, port }: TerminalsOptions['listening']) {
  const isAny = /^(0\.0\.0\.0|::|\[::\]|localhost)$/.test(host);
  const listened = isAny ? '127.0.0.1' : host.includes(':') && host[0] !== '[' ? `[${host}]` : host;
  const address = `${scheme === 'https' ? 'wss' : 'ws'}://${listened}:${port}${TERMINALS_PATH}`;
  return { address, headers: { host: `localhost:${port}` } };
}
