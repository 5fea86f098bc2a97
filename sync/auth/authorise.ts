/** Decides, in one place and one order, whether a call may go on. */
import type { Failure } from '#core/errors.ts';
import type { CallLimit } from '#core/identity/limit-classes.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CallContext } from '../call-context.ts';
import { limitKey, type LimitKind } from '../limits/limit-key.ts';
import { limitSubject } from '../limits/client-address.ts';
import { idleTradingMs, stepUpMs, type Needs } from '../needs.ts';
import type { Services } from '../services.ts';
import { findApiToken } from './api-tokens.ts';
import { findSession, proofLapsedMs, type SessionFacts, type SignedIn } from './sessions.ts';
import { hasSecondFactor } from './sign-in-method.ts';

export interface Allowed {
  readonly userId: string | null;
  /** Null for programs, and for strangers. */
  readonly signedIn: SignedIn | null;
}

export function readyServices(ctx: CallContext): Result<Services, Failure> {
  return ctx.services
    ? ok(ctx.services)
    : fail({ code: 'server.unavailable', detail: 'Still starting.' });
}

/** Who asks, then how often, then what they may. */
export async function authorise(
  ctx: CallContext,
  services: Services,
  path: string,
  needs: Needs,
): Promise<Result<Allowed, Failure>> {
  const caller = await identify(ctx, services, needs);
  const limited = await countCall(ctx, services, path, needs, caller.ok ? caller.value : nobody);
  if (!limited.ok) return limited;
  if (!caller.ok) return caller;
  const { userId, signedIn } = caller.value;
  if (needs.access !== 'anyone' && userId === null) {
    return refusal('auth.sign-in-needed', 'Sign in first.');
  }
  if (signedIn) {
    const allowed = checkPerson(signedIn, needs, ctx.nowMs);
    if (!allowed.ok) return allowed;
  }
  if (needs.local && !ctx.isLocal) {
    return refusal('auth.local-only', 'Only from the machine that the server runs on.');
  }
  return caller;
}

const nobody: Allowed = { userId: null, signedIn: null };

/** A bearer token puts the cookie out of force, so that a page cannot lend its own to a program. */
async function identify(
  ctx: CallContext,
  services: Services,
  needs: Needs,
): Promise<Result<Allowed, Failure>> {
  const { bearer, session } = ctx.credentials;
  if (bearer !== null) {
    const program = await findApiToken(services.authDatabase, bearer, ctx.nowMs);
    if (!program) return refusal('auth.sign-in-needed', 'The token is not valid.');
    const fits = needs.scope !== undefined && program.scopes.includes(needs.scope);
    if (!fits && needs.access !== 'anyone') {
      return refusal('auth.not-allowed', 'The token has not the scope for this.');
    }
    return ok({ userId: program.userId, signedIn: null });
  }
  if (session === null) return ok(nobody);
  const { authDatabase, findSession: find } = services;
  const signedIn = await findSession(authDatabase, find, session, ctx.nowMs);
  return ok({ userId: signedIn?.account.userId ?? null, signedIn });
}

function checkPerson(signedIn: SignedIn, needs: Needs, nowMs: number): Result<void, Failure> {
  const { account, session } = signedIn;
  const { access } = needs;
  if (access === 'admin' && account.role !== 'admin') {
    return refusal('auth.not-allowed', 'Only admins may.');
  }
  if (access === 'staff' && account.role === 'trader') {
    return refusal('auth.not-allowed', 'Only support and admins may.');
  }
  if (needs.verified && !account.emailVerified) {
    return refusal('auth.email-unverified', 'Confirm the e-mail address first.');
  }
  if ((access === 'admin' || access === 'staff') && !hasSecondFactor(session.method)) {
    return refusal('auth.second-factor-needed', 'Sign in with a second factor.');
  }
  if (needs.stepUp && nowMs - session.provedMs > stepUpMs) {
    return refusal('auth.step-up-needed', 'Prove who you are once more.');
  }
  if (needs.awake && isAsleep(session, nowMs)) {
    return refusal('auth.step-up-needed', 'The session lay idle; prove who you are once more.');
  }
  return ok(undefined);
}

/** Whether the session lay idle too long for trading, now or at any time since it was proved. */
export function isAsleep(
  { provedMs, lastSeenMs }: Pick<SessionFacts, 'provedMs' | 'lastSeenMs'>,
  nowMs: number,
): boolean {
  return provedMs === proofLapsedMs || nowMs - lastSeenMs > idleTradingMs;
}

async function countCall(
  ctx: CallContext,
  services: Services,
  path: string,
  needs: Needs,
  caller: Allowed,
): Promise<Result<void, Failure>> {
  const limit = services.limits[needs.limit];
  const address = limitSubject(ctx.visitor.address);
  const counted: Counted[] =
    caller.userId === null
      ? [{ kind: 'address', subject: address, limit }]
      : [
          { kind: 'account', subject: caller.userId, limit },
          { kind: 'crowd', subject: address, limit: timesWider(limit, crowd) },
        ];
  return countCalls(services, path, counted, ctx.nowMs);
}

/** Behind one router or carrier are many: those known by their account have so much more room. */
const crowd = 20;

function timesWider({ minute, hour }: CallLimit, times: number): CallLimit {
  return { minute: minute * times, hour: hour * times };
}

interface Counted {
  readonly kind: LimitKind;
  readonly subject: string;
  readonly limit: CallLimit;
  readonly cost?: number;
}

/** Counts one call of each subject; `limits.too-many-calls` with the time to wait. */
export async function countCalls(
  services: Services,
  path: string,
  counted: readonly Counted[],
  nowMs: number,
): Promise<Result<void, Failure>> {
  const asks = counted.map(({ kind, subject, ...ask }) => ({
    key: limitKey(services.secret, path, kind, subject),
    ...ask,
  }));
  const taken = await services.limiter.take(asks, nowMs);
  if (taken.ok) return ok(undefined);
  for (const { kind } of counted) services.metrics.limited(path, kind);
  const { retryAfterMs } = taken;
  return fail({
    code: 'limits.too-many-calls',
    detail: `Called too often; wait ${Math.ceil(retryAfterMs / 1000)} s.`,
    figures: { retryAfterMs },
  });
}

function refusal(code: Failure['code'], detail: string): Result<never, Failure> {
  return fail({ code, detail });
}
