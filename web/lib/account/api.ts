/**
 * Calls of the server's procedures whose failures are values.
 *
 * `call((server) => server.auth.me.query())` answers a Result. The tRPC client is fetched with the
 * first call: it weighs more than all that the status bar shows, and is no use without a server.
 */
import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { ErrorCode, Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { AppRouter } from '#sync/router.ts';

export type Server = TRPCClient<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;

/** Whose account this is and how this session was proved. */
export type Me = Extract<Outputs['auth']['me'], { session: unknown }>;
export type Account = Me['account'];
export type SignInOptions = Outputs['auth']['options'];
export type SignInAnswer = Outputs['auth']['signIn'];
export type SecondStep = Extract<SignInAnswer, { state: 'second-step' }>;
export type PasskeyQuestion = Outputs['auth']['passkeyOptions'];
export type NewPasskeyQuestion = Outputs['security']['passkeyRegisterOptions'];
export type AccountSession = Outputs['security']['sessions']['sessions'][number];
export type Passkey = Outputs['security']['passkeys']['passkeys'][number];
export type ApiToken = Outputs['security']['tokens']['tokens'][number];
export type StoredSecret = Outputs['security']['secrets']['secrets'][number];
export type Device = Outputs['replication']['devices']['devices'][number];
export type AuditEntry = Outputs['security']['audit']['entries'][number];
export type UserRow = Outputs['admin']['users']['users'][number];
export type OutboxMail = Outputs['admin']['outbox']['mails'][number];

export type OutboxCursor = NonNullable<Outputs['admin']['outbox']['next']>;

export interface CallFailure extends Failure {
  /** After how long the server takes the call again. */
  readonly retryAfterMs?: number;
}
export type Answer<T> = Result<T, CallFailure>;
export type Procedure<T> = (server: Server) => Promise<T>;

/** The answer of one procedure; without any answer the failure is `server.unavailable`. */
export async function call<T>(procedure: Procedure<T>): Promise<Answer<T>> {
  const client = await import('./server-client.ts').catch(() => null);
  if (!client) return fail(readFailure(null));
  try {
    return ok(await procedure(client.server));
  } catch (error) {
    const said = client.saidOf(error);
    if (!said) throw error;
    return fail(readFailure(said.data));
  }
}

/** The failure in what the server says of it; anything else than its own words is no server. */
export function readFailure(data: unknown): CallFailure {
  const said = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (typeof said['failure'] !== 'string') return { code: 'server.unavailable', detail: '' };
  const figures = readFigures(said['figures']);
  const waitMs = said['retryAfterMs'] ?? figures['retryAfterMs'];
  return {
    // A code newer than this version is shown as it is.
    code: said['failure'] as ErrorCode,
    detail: '',
    figures,
    ...(typeof waitMs === 'number' && waitMs > 0 ? { retryAfterMs: waitMs } : {}),
  };
}

function readFigures(figures: unknown): Record<string, string | number> {
  if (typeof figures !== 'object' || figures === null) return {};
  const known = Object.entries(figures).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  return Object.fromEntries(known) as Record<string, string | number>;
}
