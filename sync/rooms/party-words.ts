/**
 * What the server says to a room on PartyKit: a signed body, good for half a minute.
 *
 * The signature is over `<room>\n<milliseconds>\n<body>`, so that it is worth nothing for another
 * room; told twice, a poke does no harm.
 */
import { readPoke, type Poke } from '#core/sync/live.ts';
import { isSigned, sign } from './signature.ts';

export interface PartyWords {
  /** Null: only see who may stay. */
  readonly poke: Poke | null;
  /** Trading accounts of which something changed. */
  readonly trading: readonly string[];
  /** Those that are alive, of the account. */
  readonly sessions: readonly string[];
}

export const signatureHeader = 'x-offing-signature';
export const timeHeader = 'x-offing-time';
/** An inline fragment, and as many sessions as anybody has. */
export const mostPartyBytes = 65_536;
const mostAgeMs = 30_000;

/** Where a room is, on PartyKit. */
export function partyPath(userId: string): string {
  return `/parties/main/${userId}`;
}

export async function signedWords(
  key: CryptoKey,
  userId: string,
  said: PartyWords,
  nowMs: number,
): Promise<{ readonly body: string; readonly headers: Readonly<Record<string, string>> }> {
  const body = JSON.stringify(said);
  const signature = await sign(key, 'live poke', `${userId}\n${nowMs}\n${body}`);
  return { body, headers: { [signatureHeader]: signature, [timeHeader]: `${nowMs}` } };
}

/** What the server said, or null where it was not the server, or long ago. */
export async function readSignedWords(
  key: CryptoKey,
  userId: string,
  said: { readonly body: string; readonly signature: string; readonly time: string },
  nowMs: number,
): Promise<PartyWords | null> {
  const { body, signature, time } = said;
  if (!/^\d{13}$/.test(time) || Math.abs(nowMs - Number(time)) > mostAgeMs) return null;
  if (!(await isSigned(key, 'live poke', `${userId}\n${time}\n${body}`, signature))) return null;
  const { poke, trading, sessions } = JSON.parse(body) as Record<keyof PartyWords, unknown>;
  if (!Array.isArray(sessions)) return null;
  return {
    poke: poke === null ? null : readPoke(poke),
    // A server from before there was trading says nothing of it.
    trading: Array.isArray(trading) ? trading.filter((each) => typeof each === 'string') : [],
    sessions: sessions.filter((each) => typeof each === 'string'),
  };
}
