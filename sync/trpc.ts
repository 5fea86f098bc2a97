/** How procedures are made and how their failures look to a client: a stable code and nothing inside. */
import { initTRPC, TRPCError } from '@trpc/server';
import { errorCodes, errorKind, type ErrorCode, type Failure } from '#core/errors.ts';
import type { Database } from './database/database.ts';
import type { Build } from './ops/build.ts';

/** What a procedure is handed. */
export interface CallContext {
  readonly build: Build;
  /** Null while the server is still starting. */
  readonly database: Database | null;
  readonly nowMs: number;
}

const trpc = initTRPC.context<CallContext>().create({
  isDev: false,
  errorFormatter({ shape, error, path }) {
    const code = failureCode(error);
    const { httpStatus } = shape.data;
    return {
      code: shape.code,
      message: code,
      data: {
        code: error.code,
        httpStatus,
        failure: code,
        retry: errorKind(code).retry,
        path: path?.slice(0, 100),
      },
    };
  },
});

export const { router, procedure } = trpc;

/** The error to throw for an expected failure; `detail` stays on this side. */
export function asCallError(failure: Failure): TRPCError {
  return new TRPCError({
    code: errorKind(failure.code).transport,
    message: failure.detail,
    cause: failure,
  });
}

/** The code a client sees: the failure's own, else the kind of thing that went wrong. */
function failureCode(error: TRPCError): ErrorCode {
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
