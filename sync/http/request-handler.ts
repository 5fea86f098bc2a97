/** The way of every request: marked, checked, then to the one part of the server it is for. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { EVENTS_PATH } from '#core/sync/live.ts';
import type { CallContext } from '../call-context.ts';
import type { Database } from '../database/database.ts';
import type { Build } from '../ops/build.ts';
import { mailPreview } from '../mail/preview.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Observer } from '../ops/observer.ts';
import type { Rooms } from '../rooms/open-rooms.ts';
import type { Services } from '../services.ts';
import type { OpenTerminals } from '../terminals/open-terminals.ts';
import { apiHandler, apiPath, type ApiHandler } from './api.ts';
import { callDetails, type CallerOptions } from './call-details.ts';
import { gateCall, gateEvents, refusalBody, type GateRefusal } from './call-gate.ts';
import { chunkHandler, chunksPath } from './chunks.ts';
import { connectorPath } from './connector-file.ts';
import { isLocalCall } from './local-call.ts';
import { monitors, sendHtml, sendJson, type Monitor } from './monitors.ts';
import type { Origins } from './origins.ts';
import { refuseRequest, type PageHandler } from './pages.ts';
import { callHandler, callPath } from './procedure-calls.ts';
import { requestId } from './request-id.ts';
import type { RequestLog, RequestRecord } from './request-log.ts';
import { parseRequestTarget } from './request-target.ts';

export interface ServerState {
  /** Null until it is open. */
  database: Database | null;
  /** Null until the database is open and what works on it. */
  services: Services | null;
  /** Null until then too. */
  rooms: Rooms | null;
  terminals: OpenTerminals | null;
  stopping: boolean;
}

export interface HandlerOptions {
  readonly state: ServerState;
  readonly build: Build;
  readonly origins: Origins;
  readonly headers: Readonly<Record<string, string>>;
  readonly pages: PageHandler;
  /** Hands out the Expert Advisor. */
  readonly connector: RequestListener;
  readonly metrics: Metrics;
  readonly metricsToken: string | null;
  readonly publicOrigin: string | null;
  readonly caller: CallerOptions;
  readonly observer: Observer;
  /** Shows how mails look, while they are written. */
  readonly mailPreview: boolean;
  readonly requests: RequestLog;
  readonly log: Log;
}

const misdirected: GateRefusal = {
  status: 421,
  code: 'server.misdirected',
  sentence: 'This server does not answer to that name.',
};

const starting: GateRefusal = {
  status: 503,
  code: 'server.unavailable',
  sentence: 'Still starting, or about to stop.',
};

export function requestHandler(options: HandlerOptions): RequestListener {
  const calls = callHandler(
    (request, response) => contextOf(options, request, response, { cookies: true }),
    options.log,
  );
  const api = apiHandler(
    (request, response) => contextOf(options, request, response, { cookies: false }),
    options.log,
  );
  const chunks = chunkHandler(
    (request, response) => contextOf(options, request, response, { cookies: true }),
    options.origins,
    options.log,
  );
  const headers = new Map(Object.entries(options.headers));
  return (request, response) => {
    const record: RequestRecord = {
      id: requestId(request.headers['x-request-id']),
      pathname: '',
      route: 'refused',
    };
    options.requests.follow(request, response, record);
    response.setHeaders(headers);
    response.setHeader('X-Request-Id', record.id);
    if (options.state.stopping) response.setHeader('Connection', 'close');

    const target = parseRequestTarget(request.url);
    const hosts = request.headersDistinct['host'] ?? [];
    if (!target || hosts.length > 1) {
      return turnAway(request, response, 400, 'This request cannot be understood.');
    }
    record.pathname = target.pathname;
    if (!options.origins.servesHost(hosts[0])) {
      return refuseCall(response, misdirected);
    }
    route(target.pathname, request, response, record, options, { calls, api, chunks });
  };
}

interface Handlers {
  readonly calls: RequestListener;
  readonly api: ApiHandler;
  readonly chunks: RequestListener;
}

function route(
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  options: HandlerOptions,
  { calls, api, chunks }: Handlers,
): void {
  if (pathname === callPath || pathname.startsWith(`${callPath}/`)) {
    record.route = 'call';
    return answerCall(request, response, options, calls);
  }
  if (pathname === apiPath || pathname.startsWith(`${apiPath}/`)) {
    record.route = 'call';
    return api(request, response);
  }
  if (pathname.startsWith(`${chunksPath}/`)) {
    record.route = 'call';
    return chunks(request, response);
  }
  if (pathname === EVENTS_PATH) {
    record.route = 'live';
    return answerEvents(request, response, options);
  }
  if (pathname === connectorPath) {
    record.route = 'page';
    return options.connector(request, response);
  }
  const monitor = monitors.get(pathname);
  if (monitor) {
    record.route = monitor.route;
    return answerMonitor(request, response, options, monitor);
  }
  record.route = 'page';
  const isShown = options.mailPreview && isLocalCall(request, options.publicOrigin);
  const preview = isShown ? mailPreview(pathname) : null;
  if (preview) return sendHtml(response, preview.html);
  options.pages(request, response, pathname);
}

function contextOf(
  { state, build, observer, caller }: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  { cookies }: { readonly cookies: boolean },
): CallContext {
  return {
    build,
    database: state.database,
    services: state.services,
    observer,
    ...callDetails(request, response, { ...caller, cookies }),
  };
}

function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
  calls: RequestListener,
): void {
  const refusal = gateCall(request, options.origins);
  if (!refusal) {
    response.setHeader('Cache-Control', 'no-store');
    calls(request, response);
    return;
  }
  refuseCall(response, refusal);
}

function answerEvents(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
): void {
  const { rooms, stopping } = options.state;
  const refused = gateEvents(request, options.origins);
  if (refused) return refuseCall(response, refused);
  if (!rooms || stopping) return refuseCall(response, starting);
  rooms.events(contextOf(options, request, response, { cookies: true }), request, response);
}

/** With a stable code, for programs; the connection ends, since what follows is not read. */
function refuseCall(response: ServerResponse, refusal: GateRefusal): void {
  response.setHeader('Connection', 'close');
  sendJson(response, refusal.status, refusalBody(refusal));
}

function answerMonitor(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandlerOptions,
  monitor: Monitor,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return turnAway(request, response, 405, 'This is read, not written.');
  }
  monitor.answer(request, response, options).catch((error: unknown) => {
    options.log.error({ err: error }, 'a monitor failed');
    response.destroy();
  });
}

/** Refuses without reading what follows: the connection ends with the answer. */
function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Connection', 'close');
  }
  refuseRequest(response, status, sentence);
}
