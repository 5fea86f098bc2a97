/**
 * Rooms over WebSockets in the server itself: `/live`, on the port of everything else.
 *
 * A handshake is taken from our own pages alone. It proves nothing of who comes: the first
 * message does, which is the ticket; in an address it would be logged on its way.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { BEAT, LIVE_PATH, roomEnds, type RoomEnd } from '#core/sync/live.ts';
import type { Origins } from '../http/origins.ts';
import type { Log } from '../ops/log.ts';
import type { Hub } from './hub.ts';
import type { Member } from './room.ts';
import { longestTicketLength, type Ticket } from './ticket.ts';

export interface SocketHostOptions {
  readonly hub: Hub;
  readonly origins: Origins;
  /** What the ticket opens, or null; it cannot be used again. */
  admit(ticket: string): Promise<Ticket | null>;
  readonly log: Log;
}

export interface SocketHost {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const ticketLimitMs = 5_000;
const mostWithoutTicket = 500;
const closeLimitMs = 1_000;

export function isLivePath(url: string | undefined): boolean {
  return url === LIVE_PATH || url?.startsWith(`${LIVE_PATH}?`) === true;
}

export function openSocketHost(options: SocketHostOptions): SocketHost {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: longestTicketLength,
  });
  const waiting = new Set<WebSocket>();
  return {
    upgrade(request, socket, head) {
      const status = waiting.size < mostWithoutTicket ? gateSocket(request, options.origins) : 503;
      if (status !== null) return refuseSocket(socket, status);
      server.handleUpgrade(request, socket, head, (client) => welcome(client, waiting, options));
    },
    close() {
      for (const client of waiting) client.terminate();
      server.close();
    },
  };
}

/** The status that refuses this handshake, or null. */
function gateSocket(
  request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>,
  origins: Origins,
): 400 | 403 | 421 | null {
  const { headers, headersDistinct } = request;
  const hosts = headersDistinct['host'] ?? [];
  if (hosts.length !== 1) return 400;
  if (!origins.servesHost(hosts[0])) return 421;
  // Browsers name the origin of every socket; whoever does not is none of our pages.
  if (headers.origin === undefined || !origins.isOwn(headers.origin)) return 403;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' ? null : 403;
}

const reasons = {
  400: 'Bad Request',
  403: 'Forbidden',
  421: 'Misdirected Request',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const;

/** Answers a handshake that goes no further. */
export function refuseSocket(socket: Duplex, status: keyof typeof reasons): void {
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    'Connection: close',
    'Content-Length: 0',
    'X-Content-Type-Options: nosniff',
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

function welcome(
  client: WebSocket,
  waiting: Set<WebSocket>,
  { hub, admit, log }: SocketHostOptions,
): void {
  waiting.add(client);
  const late = setTimeout(() => end(client, 'refused'), ticketLimitMs);
  const settled = () => {
    clearTimeout(late);
    waiting.delete(client);
  };
  // What breaks the rules of the protocol is followed by `close`.
  client.on('error', () => undefined);
  client.once('close', settled);
  client.once('message', (data, isBinary) => {
    settled();
    const text = isBinary ? '' : asText(data);
    enter(client, text).catch((error: unknown) => {
      log.warn({ err: error }, 'nobody could be let into a room');
      client.close(1_013);
    });
  });
  async function enter(socket: WebSocket, text: string): Promise<void> {
    const ticket = await admit(text);
    if (!ticket) return end(socket, 'refused');
    const { userId, sessionId } = ticket;
    const member = memberOf(socket, sessionId);
    socket.once('close', () => hub.leave(userId, member));
    socket.on('message', (answer, isBinary) => {
      if (!isBinary && asText(answer) === BEAT) hub.heard(userId, member);
    });
    await hub.join(userId, member);
    // It may have left while it was let in.
    if (socket.readyState !== socket.OPEN) hub.leave(userId, member);
  }
}

function memberOf(client: WebSocket, sessionId: string): Member {
  return {
    sessionId,
    answers: true,
    send: (text) => client.send(text),
    close: (why) => end(client, why),
    unsentBytes: () => client.bufferedAmount,
  };
}

/** Says why where that can still arrive; whatever does not close in a moment is cut. */
function end(client: WebSocket, why: RoomEnd): void {
  if (why === 'slow') return client.terminate();
  client.close(roomEnds[why]);
  setTimeout(() => client.terminate(), closeLimitMs).unref();
}

function asText(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}
