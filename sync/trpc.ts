/** How procedures are made and how their failures look to a client: a stable code and nothing inside. */
import { initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import { errorCodes, errorKind, type ErrorCode, type Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import { authorise, readyServices } from './auth/authorise.ts';
import type { CallContext } from './call-context.ts';
import { isLostConnection } from './database/lost-connection.ts';
import { inputFigures } from './input-figures.ts';
import type { Needs } from './needs.ts';

/** What stands beside every procedure: what it asks of its caller, and its place in the API. */
export interface Meta extends OpenApiMeta {
  readonly needs?: Needs;
}

const trpc = initTRPC
  .context<CallContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, path }) {
      const code = failureCode(error);
      const { httpStatus } = shape.data;
      const said = (error.cause as Partial<Failure> | undefined)?.figures;
      const figures = error.cause && 'code' in error.cause ? said : inputFigures(error.cause);
      return {
        code: shape.code,
        message: code,
        data: {
          code: error.code,
          httpStatus,
          failure: code,
          retry: errorKind(code).retry,
          path: path?.slice(0, 100),
          ...(figures ? { figures } : {}),
        },
      };
    },
  });

export const { router } = trpc;

/** Each call is counted, timed and, where it fails unexpectedly, reported. */
const observed = trpc.procedure.use(({ ctx, path, next }) =>
  ctx.observer.procedure(path, ctx.requestId, async () => {
    const answer = await next();
    // Nobody's fault and over soon: told as such, and not reported as a bug.
    if (answer.ok || !isLostConnection(answer.error)) return answer;
    const detail = 'The connection to the database was lost.';
    return { ...answer, error: asCallError({ code: 'server.unavailable', detail }) };
  }),
);

const bareNeeds = { access: 'anyone', limit: 'data' } as const;

/** A procedure that needs nothing of its caller, nor the database: it may answer while starting. */
export const bareProcedure = observed
  .meta({ needs: bareNeeds })
  .use(async ({ ctx, path, next }) => {
    if (ctx.services) await admit(ctx, path, bareNeeds);
    return next();
  });

/** A procedure for anyone, signed in or not. */
export function openProcedure(needs: Needs & { readonly access: 'anyone' }) {
  return observed.meta({ needs }).use(async ({ ctx, path, next }) => {
    const { services, signedIn } = await admit(ctx, path, needs);
    return next({ ctx: { services, signedIn } });
  });
}

/** A procedure for an account; `ctx.userId` is whose rows it works on. Programs may call it by scope. */
export function procedure(needs: Needs & { readonly access: 'account' }) {
  return observed.meta({ needs }).use(async ({ ctx, path, next }) => {
    const { services, userId, signedIn } = await admit(ctx, path, needs);
    if (userId === null) throw asCallError(signInNeeded);
    return next({ ctx: { services, userId, signedIn } });
  });
}

/** A procedure for a person, signed in on a page; programs are refused. */
export function personProcedure(
  needs: Needs & { readonly access: 'account' | 'staff' | 'admin'; readonly scope?: never },
) {
  return observed.meta({ needs }).use(async ({ ctx, path, next }) => {
    const { services, userId, signedIn } = await admit(ctx, path, needs);
    if (userId === null || signedIn === null) throw asCallError(signInNeeded);
    return next({ ctx: { services, userId, signedIn } });
  });
}

/** The caller, when the call may go on; throws the refusal as the client will see it. */
async function admit(ctx: CallContext, path: string, needs: Needs) {
  const services = unwrap(ctx, readyServices(ctx));
  return { services, ...unwrap(ctx, await authorise(ctx, services, path, needs)) };
}

const signInNeeded: Failure = { code: 'auth.sign-in-needed', detail: 'Sign in first.' };

/** The error to throw for an expected failure; `detail` stays on this side. */
export function asCallError(failure: Failure): TRPCError {
  return new TRPCError({
    code: errorKind(failure.code).transport,
    message: failure.detail,
    cause: failure,
  });
}

/** The value, or the failure thrown as the client will see it. */
export function unwrap<T>(ctx: CallContext, result: Result<T, Failure>): T {
  if (result.ok) return result.value;
  throw refused(ctx, result.error);
}

function refused(ctx: CallContext, failure: Failure): TRPCError {
  const waitMs = failure.figures?.['retryAfterMs'];
  if (typeof waitMs === 'number') ctx.retryAfter(waitMs);
  return asCallError(failure);
}

/** The code a client sees: the failure's own, else the kind of thing that went wrong. */
export function failureCode(error: TRPCError): ErrorCode {
  const own = (error.cause as { readonly code?: unknown } | undefined)?.code;
  const known = errorCodes.find((code) => code === own);
  if (known) return known;
  switch (error.code) {
    case 'NOT_FOUND':
      return 'server.procedure-unknown';
    case 'PAYLOAD_TOO_LARGE':
      return 'server.request-too-large';
    case 'CLIENT_CLOSED_REQUEST':
      return 'work.cancelled';
    case 'INTERNAL_SERVER_ERROR':
      return 'server.failed';
    default:
      return 'server.request-invalid';
  }
}
