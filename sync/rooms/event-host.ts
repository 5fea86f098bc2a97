/**
 * The same rooms over server-sent events, `/live/events`, for where sockets do not get through.
 *
 * The session's cookie says whose room it is, as for every other call.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorKind, type ErrorCode } from '#core/errors.ts';
import { authorise } from '../auth/authorise.ts';
import type { CallContext } from '../call-context.ts';
import { refusalBody, type GateRefusal } from '../http/call-gate.ts';
import { sendJson } from '../http/monitors.ts';
import type { Services } from '../services.ts';
import type { Hub } from './hub.ts';
import type { Member } from './room.ts';
import { liveNeeds } from './live-needs.ts';

/** Begins the stream, or answers why there is none; what the gate lets through alone gets here. */
export async function answerEvents(
  hub: Hub,
  ctx: CallContext,
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const allowed = await authorise(ctx, services, 'live.events', liveNeeds);
  if (!allowed.ok) {
    const waitMs = allowed.error.figures?.['retryAfterMs'];
    if (typeof waitMs === 'number') ctx.retryAfter(waitMs);
    return refuse(response, allowed.error.code, allowed.error.detail);
  }
  const { signedIn } = allowed.value;
  // A program has no session that could be ended.
  if (!signedIn) return refuse(response, 'auth.not-allowed', 'Only for people who are signed in.');
  if (request.destroyed) return;
  const { account, session } = signedIn;
  const member = memberOf(response, session.sessionId);
  request.once('close', () => hub.leave(account.userId, member));
  response.once('close', () => hub.leave(account.userId, member));
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // Proxies that collect an answer would keep every poke to themselves.
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  await hub.join(account.userId, member);
  if (response.destroyed) hub.leave(account.userId, member);
}

function memberOf(response: ServerResponse, sessionId: string): Member {
  return {
    sessionId,
    answers: false,
    send: (text) => response.write(`data: ${text}\n\n`),
    close(why) {
      if (why === 'slow') response.destroy();
      else response.end();
    },
    unsentBytes: () => response.writableLength,
  };
}

const statuses = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
} as const;

function refuse(response: ServerResponse, code: ErrorCode, sentence: string): void {
  const { transport } = errorKind(code);
  const status = transport in statuses ? statuses[transport as keyof typeof statuses] : 503;
  sendJson(
    response,
    status,
    refusalBody({ status: status as GateRefusal['status'], code, sentence }),
  );
}
