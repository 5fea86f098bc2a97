/**
 * Procedures as the pages call them: tRPC's protocol, each answer sent in one piece, packed where
 * it is long.
 *
 * tRPC's own adapter streams every answer, which takes longer than most procedures do.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createURL, incomingMessageToRequest } from '@trpc/server/adapters/node-http';
import { resolveResponse } from '@trpc/server/http';
import { ok, type Result } from '#core/result.ts';
import type { CallContext } from '../call-context.ts';
import type { Log } from '../ops/log.ts';
import { appRouter } from '../router.ts';
import { longestBodyBytes, refusal, refusalBody } from './call-gate.ts';
import { answerLone, loneCall, type LoneAnswer } from './lone-call.ts';
import { sendJson } from './monitors.ts';
import { packedFor, readPacked } from './packing.ts';

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
  const [pathname = '', query] = (request.url ?? '').split('?', 2);
  const path = pathname.slice(callPath.length).replace(/^\/|\/$/g, '');
  const lone = loneCall(appRouter, request, { path, hasQuery: query !== undefined });
  if (lone) {
    const ctx = contextOf(request, response);
    return send(request, response, await answerLone(appRouter, lone, { request, response, ctx }));
  }
  const req = await asRequest(request, response);
  if (!req.ok) return refuseBody(response, req.error);
  const resolved = await resolveResponse({
    router: appRouter,
    req: req.value,
    path,
    error: null,
    maxBatchSize: largestBatch,
    createContext: () => Promise.resolve(contextOf(request, response)),
  });
  const text = await resolved.text();
  const { status } = resolved;
  return send(request, response, { status, headers: Object.fromEntries(resolved.headers), text });
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, text }: LoneAnswer,
): Promise<void> {
  const packed = await packedFor(request, text);
  response.writeHead(status, {
    ...headers,
    ...(packed && { 'Content-Encoding': 'gzip' }),
    'Content-Length': packed?.length ?? Buffer.byteLength(text),
  });
  response.end(packed ?? text);
}

type Unread = 'too-large' | 'cut-off' | 'not-packed';

/**
 * The request as tRPC reads one. A question has no body, and of its headers only those that
 * choose the form of the answer are taken over: to copy all of them takes longer than to answer.
 */
async function asRequest(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Result<Request, Unread>> {
  const { method, headers } = request;
  if (method !== 'GET' && headers['content-encoding'] !== 'gzip') {
    return ok(incomingMessageToRequest(request, response, { maxBodySize: longestBodyBytes }));
  }
  const url = createURL(request);
  if (method === 'GET') return ok(new Request(url, { headers: taken(headers, formHeaders) }));
  const body = await readPacked(request, longestBodyBytes);
  if (!body.ok) return body;
  const named = taken(headers, [...formHeaders, 'content-type']);
  return ok(new Request(url, { method: 'POST', headers: named, body: new Uint8Array(body.value) }));
}

const formHeaders = ['accept', 'trpc-accept'];

function taken(
  headers: IncomingMessage['headers'],
  names: readonly string[],
): [name: string, value: string][] {
  return names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
}

/** The connection ends, since what follows is not read. */
function refuseBody(response: ServerResponse, why: Unread): void {
  if (why === 'cut-off') return void response.destroy();
  const refused =
    why === 'too-large'
      ? refusal(413, 'server.request-too-large', `Bodies have at most ${longestBodyBytes} bytes.`)
      : refusal(400, 'server.request-invalid', 'The body is not what its encoding says.');
  response.setHeader('Connection', 'close');
  sendJson(response, refused.status, refusalBody(refused));
}
