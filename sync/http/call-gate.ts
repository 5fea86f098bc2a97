/** Who may call procedures: our own pages, and programs that say what they are. */
import type { IncomingMessage } from 'node:http';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { errorKind, type ErrorCode } from '#core/errors.ts';
import type { Origins } from './origins.ts';

/** Largest body of a call. */
export const longestBodyBytes = 1_048_576;

/** A header that a form or an image on another site cannot send without being asked first. */
export const clientHeader = 'x-offing-client';

export interface GateRefusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 421 | 429 | 503;
  readonly code: ErrorCode;
  readonly sentence: string;
}

type Call = Pick<IncomingMessage, 'method' | 'headers'>;

/**
 * Why this call goes no further, or null.
 *
 * Every call is refused to other sites. One that may change something must also be JSON, since
 * forms are not, and carry the client header.
 */
export function gateCall(call: Call, origins: Origins): GateRefusal | null {
  const { method, headers } = call;
  if (method !== 'GET' && method !== 'POST') {
    return refusal(405, 'server.request-invalid', 'Procedures are called with GET or POST.');
  }
  const foreign = gateSite(headers, origins);
  if (foreign) return foreign;
  // An answer in parts begins before the procedure has ended: cookies could not be set any more.
  if (headers['trpc-accept'] !== undefined || /jsonl/i.test(headers.accept ?? '')) {
    return refusal(400, 'server.request-invalid', 'Answers are given whole, not in parts.');
  }
  if (method === 'GET') return null;
  return gateChange(headers) ?? gateBody(headers, { packed: 'gzip' });
}

/** Why the caller is not one of our own pages, nor a program, or null. */
export function gateSite(headers: Call['headers'], origins: Origins): GateRefusal | null {
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = headers.origin !== undefined && !origins.isOwn(headers.origin);
  if (!foreignSite && !foreignOrigin) return null;
  return refusal(403, 'server.origin-refused', 'Other sites may not call this server.');
}

/** Why a stream of events does not begin, or null: it is read, and by our own pages. */
export function gateEvents(call: Call, origins: Origins): GateRefusal | null {
  if (call.method === 'GET') return gateCall(call, origins);
  return refusal(405, 'server.request-invalid', 'Events are read with GET.');
}

/** The refusal in the shape in which a failed procedure answers. */
export function refusalBody({ status, code, sentence }: GateRefusal): unknown {
  const { transport, retry } = errorKind(code);
  const data = { code: transport, httpStatus: status, failure: code, retry, sentence };
  return { error: { message: code, code: TRPC_ERROR_CODES_BY_KEY[transport], data } };
}

/** Why the call may change nothing, or null. */
export function gateChange(headers: Call['headers']): GateRefusal | null {
  if (headers[clientHeader] !== undefined) return null;
  return refusal(403, 'server.origin-refused', `The header ${clientHeader} is missing.`);
}

/**
 * Why a body is not read, or null: it must be JSON, of a length that is read, and as it is or,
 * where that is taken, packed.
 */
export function gateBody(
  headers: Call['headers'],
  taken: { readonly packed: 'gzip' | 'never' },
): GateRefusal | null {
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(headers['content-type'] ?? '')) {
    return refusal(415, 'server.request-invalid', 'Bodies are JSON: application/json.');
  }
  if (!['identity', taken.packed].includes(headers['content-encoding'] ?? 'identity')) {
    return refusal(415, 'server.request-invalid', 'Bodies are not taken packed in this way.');
  }
  if (Number(headers['content-length'] ?? 0) > longestBodyBytes) {
    return refusal(
      413,
      'server.request-too-large',
      `Bodies have at most ${longestBodyBytes} bytes.`,
    );
  }
  return null;
}

export function refusal(
  status: GateRefusal['status'],
  code: ErrorCode,
  sentence: string,
): GateRefusal {
  return { status, code, sentence };
}
