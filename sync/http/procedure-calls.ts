/**
 * Procedures as the pages call them: tRPC's protocol, each answer sent in one piece.
 *
 * tRPC's own adapter streams every answer, which takes longer than most procedures do.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createURL, incomingMessageToRequest } from '@trpc/server/adapters/node-http';
import { resolveResponse } from '@trpc/server/http';
import type { CallContext } from '../call-context.ts';
import type { Log } from '../ops/log.ts';
import { appRouter } from '../router.ts';
import { longestBodyBytes } from './call-gate.ts';

export const callPath = '/trpc';
const largestBatch = 10;

type ContextOf = (request: IncomingMessage, response: ServerResponse) => CallContext;

/** Answers calls below `/trpc/`; the gate stands before it. */
export function callHandler(contextOf: ContextOf, log: Log): RequestListener {
  return (request, response) => {
    answer(request, response, contextOf).catch((error: unknown) => {
      log.error({ err: error }, 'a call could not be answered');
      response.destroy();
    });
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  contextOf: ContextOf,
): Promise<void> {
  const [pathname = ''] = (request.url ?? '').split('?', 1);
  const resolved = await resolveResponse({
    router: appRouter,
    req: asRequest(request, response),
    path: pathname.slice(callPath.length).replace(/^\/|\/$/g, ''),
    error: null,
    maxBatchSize: largestBatch,
    createContext: () => Promise.resolve(contextOf(request, response)),
  });
  const body = await resolved.text();
  response.writeHead(resolved.status, {
    ...Object.fromEntries(resolved.headers),
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

/**
 * The request as tRPC reads one. A question has no body, and of its headers only those that
 * choose the form of the answer are taken over: to copy all of them takes longer than to answer.
 */
function asRequest(request: IncomingMessage, response: ServerResponse): Request {
  if (request.method !== 'GET') {
    return incomingMessageToRequest(request, response, { maxBodySize: longestBodyBytes });
  }
  const form = ['accept', 'trpc-accept'].flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return new Request(createURL(request), { headers: form });
}
