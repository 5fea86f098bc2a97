/** Opens the rooms: what they are told by, the ways into them, and the tickets. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setInterval } from 'node:timers';
import type { LiveTicket, QuotesWord } from '#core/sync/live.ts';
import type { CallContext } from '../call-context.ts';
import type { Notifications } from '../database/notifications.ts';
import type { Queries } from '../database/queries.ts';
import type { Origins } from '../http/origins.ts';
import { limitKey } from '../limits/limit-key.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import { tradingChannel } from '../orders/postgres-store.ts';
import { headsChannel } from '../replication/head-notice.ts';
import type { Services } from '../services.ts';
import { readTradingNotice } from '../terminals/notices.ts';
import { answerEvents } from './event-host.ts';
import { openHub } from './hub.ts';
import { readHeadNotice, readSessionNotice, sessionsChannel } from './notices.ts';
import { partyHost, type PartyHost } from './party-host.ts';
import { partyPath } from './party-words.ts';
import { sessionsAlive } from './sessions-alive.ts';
import { socketOrigin, type RoomsSettings } from './settings.ts';
import { signingKey } from './signature.ts';
import { openSocketHost } from './socket-host.ts';
import { makeTicket, readTicket } from './ticket.ts';

/** Into the room of this account, for this session; good once, within half a minute. */
export type TicketMaker = (userId: string, sessionId: string, nowMs: number) => Promise<LiveTicket>;

/** Makes tickets for the rooms that there are: on PartyKit where that is set, else here. */
export async function ticketMaker(secret: string, settings: RoomsSettings): Promise<TicketMaker> {
  const { party } = settings;
  const key = await signingKey(party?.secret ?? secret);
  return async (userId, sessionId, nowMs) => {
    const id = randomBytes(16).toString('base64url');
    const ticket = await makeTicket(key, { userId, sessionId, nowMs, id });
    return { socketUrl: party && `${socketOrigin(party.origin)}${partyPath(userId)}`, ticket };
  };
}

export interface Rooms {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** To those of the person's devices that are here. */
  quotes(said: QuotesWord & { readonly userId: string }): void;
  /** Answers `/live/events`, once the gate has let the request through. */
  events(ctx: CallContext, request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

export interface RoomsOptions {
  readonly services: Services;
  /** Where notifications come from: a direct way, past any pooler. */
  readonly notifications: Notifications;
  readonly settings: RoomsSettings;
  readonly origins: Origins;
  readonly metrics: Metrics;
  readonly log: Log;
}

const countMs = 5_000;

export async function openRooms(options: RoomsOptions): Promise<Rooms> {
  const { services, origins, metrics, log } = options;
  const { database, limiter, secret } = services;
  const key = await signingKey(secret);
  const isFirst = once(limiter, secret);
  const hub = openHub({
    sessionsAlive: (userIds) => sessionsAlive(services.authDatabase, userIds, Date.now()),
    now: Date.now,
    log,
  });
  const party = await partyOf(options, database, isFirst);
  const sockets = openSocketHost({
    hub,
    origins,
    log,
    async admit(text) {
      const ticket = await readTicket(key, text, Date.now());
      return ticket && (await isFirst(`ticket ${ticket.id}`)) ? ticket : null;
    },
  });
  const leave = options.notifications.hear({
    channels: {
      [headsChannel]: (text) => {
        const notice = readHeadNotice(text);
        if (!notice) return;
        void hub.poke(notice.userId, notice.poke);
        void party?.poke(notice.userId, notice.poke);
      },
      [tradingChannel]: (text) => {
        const notice = readTradingNotice(text);
        if (!notice) return;
        void hub.trading(notice);
        void party?.trading(notice.userId, notice.accountId);
      },
      [sessionsChannel]: (text) => {
        const userId = readSessionNotice(text);
        if (userId === null) return;
        void hub.check(userId);
        void party?.check(userId);
      },
    },
    onListening: () => hub.pullAll(),
  });
  const counting = setInterval(() => metrics.live(hub.size), countMs);
  return {
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    quotes: ({ userId, ...word }) => hub.quotes(userId, word),
    events(ctx, request, response) {
      answerEvents(hub, ctx, services, request, response).catch((error: unknown) => {
        log.error({ err: error }, 'a stream of events could not begin');
        response.destroy();
      });
    },
    async close() {
      clearInterval(counting);
      sockets.close();
      hub.close();
      leave();
    },
  };
}

async function partyOf(
  { settings: { party }, log }: RoomsOptions,
  database: Queries,
  isFirst: (name: string) => Promise<boolean>,
): Promise<PartyHost | null> {
  if (!party) return null;
  return partyHost({
    origin: party.origin,
    key: await signingKey(party.secret),
    sessionsAlive: async (userId) =>
      (await sessionsAlive(database, [userId], Date.now())).get(userId) ?? new Set(),
    isOurs: isFirst,
    now: Date.now,
    log,
  });
}

/**
 * Says yes to the first of all servers that asks by a name, and to nobody for an hour after it.
 *
 * Counted as calls are: with room for one.
 */
function once(limiter: Limiter, secret: string): (name: string) => Promise<boolean> {
  return async (name) => {
    const ask = { key: limitKey(secret, 'live', 'once', name), limit: { minute: 1, hour: 1 } };
    return (await limiter.take([ask], Date.now())).ok;
  };
}
