/** What the database tells all servers: that an account's data went on, or that a session ended. */
import { readPoke, type Poke } from '#core/sync/live.ts';

/** Of whatever ended a session: the account's id. */
export const sessionsChannel = 'offing_sessions';

const accountId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface HeardPoke {
  readonly userId: string;
  readonly poke: Poke;
}

/** The notice that the text is, or null. */
export function readHeadNotice(text: string): HeardPoke | null {
  const value = parse(text);
  const poke = readPoke(value);
  const userId = poke && (value as { readonly userId?: unknown }).userId;
  return poke && typeof userId === 'string' && accountId.test(userId) ? { userId, poke } : null;
}

/** The account whose session ended, or null. */
export function readSessionNotice(text: string): string | null {
  return accountId.test(text) ? text : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
