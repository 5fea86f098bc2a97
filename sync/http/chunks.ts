/**
 * `PUT`, `GET` and `HEAD /chunks/<hash>`: bytes of an account by their SHA-256, under the checks
 * that calls of procedures are under.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { errorKind, type Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { chunkHeaders } from '#core/sync/protocol.ts';
import { authorise, readyServices } from '../auth/authorise.ts';
import type { CallContext } from '../call-context.ts';
import type { Needs } from '../needs.ts';
import type { Log } from '../ops/log.ts';
import { hasChunk, longestChunkBytes, readChunk, storeChunk } from '../replication/chunk-store.ts';
import { countTraffic } from '../replication/traffic.ts';
import type { Services } from '../services.ts';
import { asCallError } from '../trpc.ts';
import { gateChange, gateSite, refusal, refusalBody, type GateRefusal } from './call-gate.ts';
import { readBytes } from './json-body.ts';
import { sendJson } from './monitors.ts';
import type { Origins } from './origins.ts';

export const chunksPath = '/chunks';

const needs: Needs = { access: 'account', limit: 'replication' };
const methods = ['GET', 'HEAD', 'PUT'];

type ContextOf = (request: IncomingMessage, response: ServerResponse) => CallContext;
type ChunkHandler = (request: IncomingMessage, response: ServerResponse) => void;

export function chunkHandler(contextOf: ContextOf, origins: Origins, log: Log): ChunkHandler {
  return (request, response) => {
    const refused = gateChunk(request, origins);
    if (refused) return refuse(response, refused);
    answer(request, response, contextOf(request, response)).catch((error: unknown) => {
      log.error({ err: error }, 'a chunk could not be answered');
      response.destroy();
    });
  };
}

/** Why this is no call for a chunk by one of our own, or null. */
function gateChunk(
  { method = '', headers, url }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  origins: Origins,
): GateRefusal | null {
  if (!methods.includes(method)) {
    return refusal(405, 'server.request-invalid', `Chunks are for ${methods.join(', ')}.`);
  }
  const foreign = gateSite(headers, origins);
  if (foreign) return foreign;
  if (hashIn(url) === null) {
    return refusal(404, 'sync.chunk-missing', 'A chunk is named by the SHA-256 of its bytes.');
  }
  if (method !== 'PUT') return null;
  const unmarked = gateChange(headers);
  if (unmarked) return unmarked;
  if (headers['content-type'] !== 'application/octet-stream') {
    return refusal(415, 'server.request-invalid', 'Chunks are application/octet-stream.');
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return refusal(415, 'server.request-invalid', 'Chunks are sent as they are.');
  }
  return Number(headers['content-length'] ?? 0) > longestChunkBytes ? tooLarge : null;
}

const tooLarge = refusal(
  413,
  'server.request-too-large',
  `Chunks have at most ${longestChunkBytes} bytes.`,
);

function hashIn(url: string | undefined): string | null {
  return /^\/chunks\/([0-9a-f]{64})$/.exec(url ?? '')?.[1] ?? null;
}

interface Asked {
  readonly ctx: CallContext;
  readonly services: Services;
  readonly userId: string;
  readonly hash: string;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  ctx: CallContext,
): Promise<void> {
  const caller = await admit(ctx);
  if (!caller.ok) return sayFailure(ctx, response, caller.error);
  const asked = { ctx, ...caller.value, hash: hashIn(request.url) ?? '' };
  switch (request.method) {
    case 'PUT':
      return put(request, response, asked);
    case 'HEAD':
      return head(response, asked);
    default:
      return get(response, asked);
  }
}

async function admit(
  ctx: CallContext,
): Promise<Result<{ readonly services: Services; readonly userId: string }, Failure>> {
  const ready = readyServices(ctx);
  if (!ready.ok) return ready;
  const allowed = await authorise(ctx, ready.value, 'chunks', needs);
  if (!allowed.ok) return allowed;
  const { userId } = allowed.value;
  if (userId === null) return fail({ code: 'auth.sign-in-needed', detail: 'Sign in first.' });
  return ok({ services: ready.value, userId });
}

async function put(
  request: IncomingMessage,
  response: ServerResponse,
  { ctx, services, userId, hash }: Asked,
): Promise<void> {
  const { [chunkHeaders.account]: account = userId, [chunkHeaders.epoch]: epoch } = request.headers;
  if (account !== userId) return sayFailure(ctx, response, otherSession);
  const body = await readBytes(request, longestChunkBytes);
  if (!body.ok && body.error === 'cut-off') return void response.destroy();
  if (!body.ok) return refuse(response, tooLarge);
  const bytes = body.value;
  const counted = await countTraffic(ctx, services, userId, { bytes: bytes.length });
  if (!counted.ok) return sayFailure(ctx, response, counted.error);
  const { quotaBytes } = services;
  const terms = { nowMs: ctx.nowMs, quotaBytes, epoch: epoch === undefined ? null : Number(epoch) };
  const stored = await storeChunk(services.database, userId, { hash, bytes }, terms);
  if (!stored.ok) return sayFailure(ctx, response, stored.error);
  response.writeHead(stored.value === 'stored' ? 201 : 204, { 'Cache-Control': 'no-store' }).end();
}

const otherSession: Failure = {
  code: 'auth.sign-in-needed',
  detail: 'The account of these data is not signed in.',
};

async function head(response: ServerResponse, { services, userId, hash }: Asked): Promise<void> {
  const isThere = await hasChunk(services.database, userId, hash);
  response.writeHead(isThere ? 200 : 404, { 'Cache-Control': 'no-store' }).end();
}

async function get(
  response: ServerResponse,
  { ctx, services, userId, hash }: Asked,
): Promise<void> {
  const bytes = await readChunk(services.database, userId, hash);
  if (!bytes) {
    return sayFailure(ctx, response, { code: 'sync.chunk-missing', detail: 'Not here.' });
  }
  const counted = await countTraffic(ctx, services, userId, { bytes: bytes.length });
  if (!counted.ok) return sayFailure(ctx, response, counted.error);
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    // Never shown as a page of ours, whatever the bytes are.
    'Content-Disposition': 'attachment',
    'Content-Length': bytes.length,
    // The device keeps what it needs where it can be removed again.
    'Cache-Control': 'no-store',
  });
  response.end(bytes);
}

/** As a failed procedure says it. */
function sayFailure(ctx: CallContext, response: ServerResponse, failure: Failure): void {
  const waitMs = failure.figures?.['retryAfterMs'];
  if (typeof waitMs === 'number') ctx.retryAfter(waitMs);
  const { code, figures } = failure;
  const { transport, retry } = errorKind(code);
  const status = getHTTPStatusCodeFromError(asCallError(failure));
  const data = { code: transport, httpStatus: status, failure: code, retry, figures };
  // A body that is not read ends the connection.
  response.setHeader('Connection', 'close');
  sendJson(response, status, { error: { message: code, data } });
}

function refuse(response: ServerResponse, refused: GateRefusal): void {
  response.setHeader('Connection', 'close');
  sendJson(response, refused.status, refusalBody(refused));
}
