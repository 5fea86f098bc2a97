/**
 * Tickets into a room: `<account>.<session>.<expiry>.<id>.<signature>`, for one use.
 *
 * A ticket opens the room of its own account alone, and only where it was signed with the key of
 * that place: one for PartyKit does not open the server's own rooms.
 */
import { TICKET_LIFE_MS } from '#core/sync/live.ts';
import { isSigned, sign } from './signature.ts';

export interface Ticket {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresMs: number;
  /** Known to nobody before; it makes the ticket single. */
  readonly id: string;
}

export const longestTicketLength = 200;
const shape =
  /^(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{13})\.([\w-]{22}))\.([0-9a-f]{64})$/;

/** The text of a ticket; `id` is 16 random bytes in base64url. */
export async function makeTicket(
  key: CryptoKey,
  wanted: Omit<Ticket, 'expiresMs'> & { readonly nowMs: number },
): Promise<string> {
  const { userId, sessionId, nowMs, id } = wanted;
  const body = `${userId}.${sessionId}.${nowMs + TICKET_LIFE_MS}.${id}`;
  return `${body}.${await sign(key, 'live ticket', body)}`;
}

/** The ticket that the text is, or null: not one of ours, or too old. Says nothing of its use. */
export async function readTicket(
  key: CryptoKey,
  text: string,
  nowMs: number,
): Promise<Ticket | null> {
  const match = text.length <= longestTicketLength ? shape.exec(text) : null;
  if (!match) return null;
  const [, body = '', userId = '', sessionId = '', expires = '', id = '', signature = ''] = match;
  const expiresMs = Number(expires);
  if (expiresMs <= nowMs) return null;
  const isOurs = await isSigned(key, 'live ticket', body, signature);
  return isOurs ? { userId, sessionId, expiresMs, id } : null;
}
