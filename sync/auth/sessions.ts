/**
 * Who is signed in, by lucia, which no other file knows.
 *
 * lucia is handed `<account id>.<SHA-256 of the secret>` as the session's id: the token itself
 * stays with the device, and the look-up names the account.
 */
import { Lucia, TimeSpan } from 'lucia';
import { randomUUID } from 'node:crypto';
import { eq, ne, sql } from 'drizzle-orm';
import { assert } from '#core/assert.ts';
import type { Role } from '#core/identity/roles.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { sessions } from '../schema/sessions.ts';
import { sessionAdapter, type FoundSession, type FindSession } from './session-adapter.ts';
import type { SignInMethod } from './sign-in-method.ts';
import { idleTradingMs } from '../needs.ts';
import { makeToken, readToken, type Token, type TokenName } from './token.ts';

export interface SessionFacts {
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly firstCreatedMs: number;
  readonly lastSeenMs: number;
  readonly expiresMs: number;
  /** When the person last proved who they are; `proofLapsedMs` where the session lay idle since. */
  readonly provedMs: number;
  readonly method: SignInMethod;
}

export interface AccountFacts {
  readonly userId: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly displayName: string;
  readonly role: Role;
  readonly createdMs: number;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

export interface SignedIn {
  readonly session: SessionFacts;
  readonly account: AccountFacts;
}

export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>;
    DatabaseSessionAttributes: FoundSession['session'];
    DatabaseUserAttributes: AccountFacts;
  }
}

const dayMs = 86_400_000;
/** A session that nobody uses ends after this, one in use after `longestLifeMs`. */
const idleMs = 14 * dayMs;
export const longestLifeMs = 30 * dayMs;
/** Stands in place of the time of a proof that lapsed, as the session was left alone too long. */
export const proofLapsedMs = 0;
/** `lastSeenMs` is written once in this time at most. */
const touchMs = 60_000;

function luciaOver(queries: Queries, find: FindSession) {
  return new Lucia(sessionAdapter(queries, find), {
    sessionExpiresIn: new TimeSpan(idleMs, 'ms'),
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}

/** Whose token this is, or null: unknown, ended, expired or never one of ours. */
export async function findSession(
  queries: Queries,
  find: FindSession,
  tokenText: string,
  nowMs: number,
): Promise<SignedIn | null> {
  const token = readToken(tokenText);
  if (!token) return null;
  const lucia = luciaOver(queries, find);
  const { session, user } = await lucia.validateSession(`${token.userId}.${token.hash}`);
  if (!session) return null;
  if (nowMs - session.lastSeenMs > touchMs) {
    const lapses = nowMs - session.lastSeenMs > idleTradingMs;
    await touch(queries, token, nowMs, lapses ? { provedMs: proofLapsedMs } : {});
  }
  const { id, ...account } = user;
  return { session: { ...session, expiresMs: session.expiresAt.getTime() }, account };
}

/** A new session, in a transaction of the caller's; the token is for the device alone. */
export async function createSession(
  queries: Queries,
  find: FindSession,
  made: {
    readonly userId: string;
    readonly method: SignInMethod;
    readonly visitor: Visitor;
    readonly nowMs: number;
    /** When the person proved who they are; just now where it is left out. */
    readonly provedMs?: number;
    /** Of the session that this one continues under a new token. */
    readonly continues?: Pick<SessionFacts, 'sessionId' | 'firstCreatedMs'>;
  },
): Promise<Token> {
  const { userId, method, visitor, nowMs, provedMs = nowMs, continues } = made;
  const token = makeToken(userId);
  await luciaOver(queries, find).createSession(
    userId,
    {
      sessionId: continues?.sessionId ?? randomUUID(),
      tokenHash: token.hash,
      createdMs: nowMs,
      firstCreatedMs: continues?.firstCreatedMs ?? nowMs,
      lastSeenMs: nowMs,
      provedMs,
      method,
      address: visitor.address,
      userAgent: visitor.userAgent.slice(0, 300),
    },
    { sessionId: `${userId}.${token.hash}` },
  );
  return token;
}

/** The same session under a new token, proved when `proof` says; the old token is dead. */
export async function renewSession(
  queries: Queries,
  find: FindSession,
  signedIn: SignedIn,
  proof: {
    readonly method: SignInMethod;
    readonly visitor: Visitor;
    readonly nowMs: number;
    readonly provedMs?: number;
  },
): Promise<Token> {
  const { userId } = signedIn.account;
  const gone = await ownRows(queries, userId).remove(
    sessions,
    eq(sessions.tokenHash, signedIn.session.tokenHash),
  );
  assert(gone === 1, 'a session is renewed by the call that it let in');
  return createSession(queries, find, { userId, ...proof, continues: signedIn.session });
}

/** The same under a new token, and the account's only session: all others end. */
export async function continueAlone(
  queries: Queries,
  find: FindSession,
  signedIn: SignedIn,
  proof: Parameters<typeof renewSession>[3],
): Promise<Token> {
  const { account, session } = signedIn;
  await endSessions(queries, account.userId, { except: session.sessionId });
  return renewSession(queries, find, signedIn, proof);
}

/** How many sessions ended: the one named, all, or all but the one given. */
export async function endSessions(
  queries: Queries,
  userId: string,
  which:
    | { readonly sessionId: string }
    | { readonly tokenHash: string }
    | { readonly except: string }
    | 'all',
): Promise<number> {
  const where =
    which === 'all'
      ? undefined
      : 'sessionId' in which
        ? eq(sessions.sessionId, which.sessionId)
        : 'tokenHash' in which
          ? eq(sessions.tokenHash, which.tokenHash)
          : ne(sessions.sessionId, which.except);
  return ownRows(queries, userId).remove(sessions, where);
}

/** Ends what has expired and was never asked for again. */
export async function removeExpiredSessions(queries: Queries): Promise<void> {
  await luciaOver(queries, () => Promise.resolve(null)).deleteExpiredSessions();
}

async function touch(
  queries: Queries,
  { userId, hash }: TokenName,
  nowMs: number,
  more: { readonly provedMs?: number },
): Promise<void> {
  await ownRows(queries, userId).change(
    sessions,
    {
      ...more,
      lastSeenMs: nowMs,
      expiresMs: sql`least(${nowMs + idleMs}, ${sessions.firstCreatedMs} + ${longestLifeMs})`,
    },
    eq(sessions.tokenHash, hash),
  );
}
