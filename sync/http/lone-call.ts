/**
 * One change asked for by one request, as pages ask for it: answered to the letter as tRPC answers
 * it, without the `Request`, `Response`, and signals that it makes for each, which take longer
 * than most procedures do.
 *
 * What is asked in any other form is left to tRPC.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  transformTRPCResponse,
  TRPCError,
  type AnyTRPCRouter,
} from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';

export interface LoneCall {
  readonly path: string;
}

export interface LoneAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Null where the request is not one of these; `path` is the part behind `/trpc/`. */
export function loneCall(
  router: AnyTRPCRouter,
  request: Pick<IncomingMessage, 'method' | 'headers'>,
  { path, hasQuery }: { readonly path: string; readonly hasQuery: boolean },
): LoneCall | null {
  const { method, headers } = request;
  // A body of a length that was said, which the gate has seen to be none too large.
  const isPlain = headers['content-encoding'] === undefined && 'content-length' in headers;
  if (method !== 'POST' || hasQuery || !isPlain || !plainPath.test(path)) return null;
  const { procedures } = router._def;
  if (!Object.hasOwn(procedures, path)) return null;
  const procedure = (procedures as Readonly<Record<string, Procedure>>)[path];
  return procedure?._def.type === 'mutation' ? { path } : null;
}

interface Procedure {
  readonly _def: { readonly type: string };
}

const plainPath = /^[A-Za-z]+(\.[A-Za-z]+)+$/;

const headers = { vary: 'trpc-accept, accept', 'content-type': 'application/json' };

export async function answerLone(
  router: AnyTRPCRouter,
  { path }: LoneCall,
  {
    request,
    response,
    ctx,
  }: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly ctx: unknown;
  },
): Promise<LoneAnswer> {
  const config = router._def._config;
  const input = laterInput(request, (given) => config.transformer.input.deserialize(given));
  const given = { router, path, ctx, type: 'mutation', batchIndex: 0 } as const;
  const called = { ...given, getRawInput: input.read, signal: leaving(response) };
  try {
    const result = { data: (await callTRPCProcedure(called)) as unknown };
    const text = JSON.stringify(transformTRPCResponse(config, { result }));
    return { status: 200, headers, text };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = { config, ctx, error, input: input.result(), path, type: 'mutation' } as const;
    const text = JSON.stringify(
      transformTRPCResponse(config, { error: getTRPCErrorShape(shape) as never }),
    );
    return { status: getHTTPStatusCodeFromError(error), headers, text };
  }
}

/** Aborted when the caller leaves without the answer. */
function leaving(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}

/** Read once the procedure asks for it: whoever is refused before has sent it for nothing. */
function laterInput(request: IncomingMessage, deserialize: (given: unknown) => unknown) {
  let reading: Promise<unknown> | null = null;
  let known: unknown;
  const read = async () => {
    try {
      const text = await bodyText(request);
      known = text === '' ? undefined : deserialize(JSON.parse(text));
      return known;
    } catch (cause) {
      if (cause instanceof TRPCError) throw cause;
      const message = cause instanceof Error ? cause.message : 'Invalid input';
      throw new TRPCError({ code: 'BAD_REQUEST', message, cause });
    }
  };
  return { read: () => (reading ??= read()), result: () => known };
}

const decoder = new TextDecoder();

/** Rejects where the caller leaves before all of it came, or left before it was asked for. */
function bodyText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Error('The caller left before the body had come.'));
    if (request.destroyed) return leave();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('error', leave);
    request.once('close', leave);
    request.once('end', () => {
      const [first = Buffer.alloc(0), ...rest] = chunks;
      resolve(decoder.decode(rest.length === 0 ? first : Buffer.concat(chunks)));
    });
  });
}
