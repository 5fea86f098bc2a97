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
  readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 421;
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
  const site = headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = headers.origin !== undefined && !origins.isOwn(headers.origin);
  if (foreignSite || foreignOrigin) {
    return refusal(403, 'server.origin-refused', 'Other sites may not call this server.');
  }
  // An answer in parts begins before the procedure has ended: cookies could not be set any more.
  if (headers['trpc-accept'] !== undefined || /jsonl/i.test(headers.accept ?? '')) {
    return refusal(400, 'server.request-invalid', 'Answers are given whole, not in parts.');
  }
  return method === 'POST' ? gateChange(headers) : null;
}

/** The refusal in the shape in which a failed procedure answers. */
export function refusalBody({ status, code, sentence }: GateRefusal): unknown {
  const { transport, retry } = errorKind(code);
  const data = { code: transport, httpStatus: status, failure: code, retry, sentence };
  return { error: { message: code, code: TRPC_ERROR_CODES_BY_KEY[transport], data } };
}

function gateChange(headers: Call['headers']): GateRefusal | null {
  if (headers[clientHeader] === undefined) {
    return refusal(403, 'server.origin-refused', `The header ${clientHeader} is missing.`);
  }
  return gateBody(headers);
}

/** Why a body is not read, or null: it must be JSON, as it is, and of a length that is read. */
export function gateBody(headers: Call['headers']): GateRefusal | null {
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(headers['content-type'] ?? '')) {
    return refusal(415, 'server.request-invalid', 'Bodies are JSON: application/json.');
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return refusal(415, 'server.request-invalid', 'Bodies are sent as they are, not compressed.');
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
