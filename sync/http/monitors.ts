/** What a machine that watches the server asks it: alive, ready, and its figures. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readiness } from '../ops/health.ts';
import { mayReadMetrics, type RouteClass } from '../ops/metrics.ts';
import { refuseRequest } from './pages.ts';
import type { HandlerOptions } from './request-handler.ts';

export interface Monitor {
  readonly route: RouteClass;
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    options: HandlerOptions,
  ): Promise<void>;
}

export const monitors: ReadonlyMap<string, Monitor> = new Map([
  ['/healthz', { route: 'health', answer: alive }],
  ['/readyz', { route: 'ready', answer: ready }],
  ['/metrics', { route: 'metrics', answer: figures }],
]);

async function alive(_: IncomingMessage, response: ServerResponse): Promise<void> {
  sendJson(response, 200, { alive: true });
}

async function ready(
  _: IncomingMessage,
  response: ServerResponse,
  { state }: HandlerOptions,
): Promise<void> {
  const { status, body } = await readiness(state.database, state.stopping);
  sendJson(response, status, body);
}

async function figures(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, metricsToken, publicOrigin }: HandlerOptions,
): Promise<void> {
  if (!mayReadMetrics(request, { token: metricsToken, publicOrigin })) {
    return refuseRequest(response, 403, 'Figures are read from this machine, or with a token.');
  }
  send(response, 200, metrics.contentType, await metrics.text());
}

/** An answer that no cache keeps. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** A page made for this answer alone. */
export function sendHtml(response: ServerResponse, html: string): void {
  send(response, 200, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}
