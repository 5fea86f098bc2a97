/** What lucia asks of the database, by account and token hash. */
import type { Adapter, DatabaseSession } from 'lucia';
import { eq, lt } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Role } from '#core/identity/roles.ts';
import { ask } from '../database/ask.ts';
import { gather } from '../database/gather.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { sessions } from '../schema/sessions.ts';
import { longestLifeMs, type AccountFacts } from './sessions.ts';
import type { SignInMethod } from './sign-in-method.ts';
import type { TokenName } from './token.ts';

export interface FoundSession {
  readonly session: Omit<typeof sessions.$inferSelect, 'userId' | 'expiresMs'>;
  readonly expiresMs: number;
  readonly account: AccountFacts;
}

export type FindSession = (name: TokenName) => Promise<FoundSession | null>;

/** Looks sessions up, those asked for at the same time in one statement. */
export function sessionFinder(database: PostgresJsDatabase): FindSession {
  return gather((names) => findAll(database, names), 200);
}

export function sessionAdapter(queries: Queries, find: FindSession): Adapter {
  const nameOf = (id: string): TokenName => ({ userId: id.slice(0, 36), hash: id.slice(37) });
  const asLucia = (userId: string, expiresMs: number, session: FoundSession['session']) => ({
    id: `${userId}.${session.tokenHash}`,
    userId,
    expiresAt: new Date(expiresMs),
    attributes: session,
  });
  return {
    async getSessionAndUser(id) {
      const { userId, hash } = nameOf(id);
      const found = await find({ userId, hash });
      if (!found) return [null, null];
      const { session, expiresMs, account } = found;
      return [asLucia(userId, expiresMs, session), { id: userId, attributes: account }];
    },
    async getUserSessions(userId) {
      const rows = await ownRows(queries, userId).read(sessions);
      return rows.map(({ userId: owner, expiresMs, ...session }) =>
        asLucia(userId, expiresMs, session),
      );
    },
    async setSession({ userId, expiresAt, attributes }: DatabaseSession) {
      const latestMs = attributes.firstCreatedMs + longestLifeMs;
      const expiresMs = Math.min(expiresAt.getTime(), latestMs);
      await ownRows(queries, userId).add(sessions, { ...attributes, expiresMs });
    },
    // Sliding is done with `lastSeenMs`, in one statement; see sessions.ts.
    updateSessionExpiration: () => Promise.resolve(),
    async deleteSession(id) {
      const { userId, hash } = nameOf(id);
      await ownRows(queries, userId).remove(sessions, eq(sessions.tokenHash, hash));
    },
    async deleteUserSessions(userId) {
      await ownRows(queries, userId).remove(sessions);
    },
    async deleteExpiredSessions() {
      await queries.delete(sessions).where(lt(sessions.expiresMs, Date.now()));
    },
  };
}

interface FoundRow {
  readonly ordinal: number;
  readonly user_id: string;
  readonly token_hash: string;
  readonly session_id: string;
  readonly created_ms: string;
  readonly first_created_ms: string;
  readonly last_seen_ms: string;
  readonly expires_ms: string;
  readonly proved_ms: string;
  readonly method: SignInMethod;
  readonly address: string;
  readonly user_agent: string;
  readonly email: string;
  readonly email_verified_ms: string | null;
  readonly display_name: string;
  readonly role: Role;
  readonly user_created_ms: string;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recovery_codes: number;
}

// One text each instead of many parameters: the statement stays the same for any number.
const text = `
  select wanted.ordinal::int as ordinal, s.*,
    u.email, u.email_verified_ms, u.display_name, u.role, u.created_ms as user_created_ms,
    exists (select from totp_factors t
      where t.user_id = s.user_id and t.confirmed_ms is not null) as totp,
    (select count(*)::int from passkeys p where p.user_id = s.user_id) as passkeys,
    (select count(*)::int from recovery_codes r
      where r.user_id = s.user_id and r.used_ms is null) as recovery_codes
  from unnest(string_to_array($1, ',')::uuid[], string_to_array($2, ','))
    with ordinality as wanted (user_id, token_hash, ordinal)
  join sessions s on s.user_id = wanted.user_id and s.token_hash = wanted.token_hash
  join users u on u.user_id = s.user_id`;

async function findAll(
  database: PostgresJsDatabase,
  names: readonly TokenName[],
): Promise<readonly (FoundSession | null)[]> {
  const userIds = names.map(({ userId }) => userId).join(',');
  const hashes = names.map(({ hash }) => hash).join(',');
  const rows = await ask<FoundRow>(database, { text, values: [userIds, hashes] });
  const found: (FoundSession | null)[] = names.map(() => null);
  for (const row of rows) found[row.ordinal - 1] = readRow(row);
  return found;
}

function readRow(row: FoundRow): FoundSession {
  return {
    session: {
      tokenHash: row.token_hash,
      sessionId: row.session_id,
      createdMs: Number(row.created_ms),
      firstCreatedMs: Number(row.first_created_ms),
      lastSeenMs: Number(row.last_seen_ms),
      provedMs: Number(row.proved_ms),
      method: row.method,
      address: row.address,
      userAgent: row.user_agent,
    },
    expiresMs: Number(row.expires_ms),
    account: {
      userId: row.user_id,
      email: row.email,
      emailVerified: row.email_verified_ms !== null,
      displayName: row.display_name,
      role: row.role,
      createdMs: Number(row.user_created_ms),
      totp: row.totp,
      passkeys: row.passkeys,
      recoveryCodesLeft: row.recovery_codes,
    },
  };
}
