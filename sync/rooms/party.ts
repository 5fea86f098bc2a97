/**
 * The room of one account on PartyKit: `npx partykit deploy`, see docs/rooms.md.
 *
 * It is told by the server and believes what is signed; devices come in by the same tickets as
 * into the server's own rooms. Needs OFFING_ROOMS_SECRET and OFFING_PUBLIC_URL.
 */
import type * as Party from 'partykit/server';
import { BEAT, BEAT_MS, roomEnds } from '#core/sync/live.ts';
import { mostPartyBytes, readSignedWords, signatureHeader, timeHeader } from './party-words.ts';
import { createRoom, type Member } from './room.ts';
import { signingKey } from './signature.ts';
import { readTicket } from './ticket.ts';

const ticketLimitMs = 5_000;
const mostWithoutTicket = 40;

export default class AccountRoom implements Party.Server {
  readonly #party: Party.Room;
  readonly #room = createRoom();
  readonly #members = new Map<string, Member>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  #key: Promise<CryptoKey> | null = null;
  #beating: ReturnType<typeof setInterval> | null = null;

  constructor(party: Party.Room) {
    this.#party = party;
  }

  /** Our own pages alone, as the server does. */
  static onBeforeConnect(request: Party.Request, lobby: Party.Lobby): Party.Request | Response {
    const own = String(lobby.env['OFFING_PUBLIC_URL'] ?? '');
    const isOwn = own !== '' && request.headers.get('origin') === own;
    return isOwn ? request : new Response('Forbidden', { status: 403 });
  }

  onConnect(connection: Party.Connection): void {
    if (this.#waiting.size >= mostWithoutTicket) return connection.close(roomEnds.crowded);
    const late = setTimeout(() => connection.close(roomEnds.refused), ticketLimitMs);
    this.#waiting.set(connection.id, late);
  }

  async onMessage(message: unknown, connection: Party.Connection): Promise<void> {
    const member = this.#members.get(connection.id);
    if (member) {
      if (message === BEAT) this.#room.heard(member, Date.now());
      return;
    }
    // Once: whoever shows a wrong ticket does not get to try another.
    if (!this.#settle(connection.id)) return;
    const nowMs = Date.now();
    const text = typeof message === 'string' ? message : '';
    const ticket = await readTicket(await this.#signingKey(), text, nowMs);
    const opens = ticket?.userId === this.#party.id && this.#room.spend(ticket, nowMs);
    if (!ticket || !opens) return connection.close(roomEnds.refused);
    this.#join(connection, ticket.sessionId);
  }

  onClose(connection: Party.Connection): void {
    this.#settle(connection.id);
    const member = this.#members.get(connection.id);
    if (member) this.#room.leave(member);
    this.#members.delete(connection.id);
    if (this.#room.size > 0 || this.#beating === null) return;
    clearInterval(this.#beating);
    this.#beating = null;
  }

  onError(connection: Party.Connection): void {
    this.onClose(connection);
  }

  async onRequest(request: Party.Request): Promise<Response> {
    if (request.method !== 'POST') return new Response(null, { status: 405 });
    const body = await request.text();
    if (body.length > mostPartyBytes) return new Response(null, { status: 413 });
    const said = await readSignedWords(
      await this.#signingKey(),
      this.#party.id,
      {
        body,
        signature: request.headers.get(signatureHeader) ?? '',
        time: request.headers.get(timeHeader) ?? '',
      },
      Date.now(),
    );
    if (!said) return new Response(null, { status: 403 });
    const sessions = new Set(said.sessions);
    if (said.poke) this.#room.poke(said.poke, sessions);
    else this.#room.keep(sessions);
    for (const accountId of said.trading) this.#room.tell({ kind: 'trading', accountId });
    return new Response(null, { status: 204 });
  }

  #join(connection: Party.Connection, sessionId: string): void {
    const member: Member = {
      sessionId,
      answers: true,
      send: (text) => connection.send(text),
      close: (why) => connection.close(roomEnds[why]),
      unsentBytes: () => 0,
    };
    if (!this.#room.join(member, Date.now())) return;
    this.#members.set(connection.id, member);
    this.#beating ??= setInterval(() => this.#room.beat(Date.now()), BEAT_MS);
  }

  /** Whether the connection was one that had not shown a ticket yet. */
  #settle(id: string): boolean {
    clearTimeout(this.#waiting.get(id));
    return this.#waiting.delete(id);
  }

  #signingKey(): Promise<CryptoKey> {
    const secret = String(this.#party.env['OFFING_ROOMS_SECRET'] ?? '');
    if (secret.length < 32) return Promise.reject(new Error('OFFING_ROOMS_SECRET is missing.'));
    return (this.#key ??= signingKey(secret));
  }
}
