/** Figures for an operator's monitoring, in the Prometheus text format. */
import { timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { isLoopback } from '../configuration.ts';

/** A few classes instead of paths, so that a stranger cannot make the series grow. */
export type RouteClass = 'page' | 'call' | 'health' | 'ready' | 'metrics' | 'refused';

export interface Metrics {
  readonly contentType: string;
  observe(request: { route: RouteClass; status: number; seconds: number }): void;
  text(): Promise<string>;
}

/** A registry of its own, so that two servers in one process do not share figures. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'offing_http_request_seconds',
    help: 'Time from the request line to the end of the answer.',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    observe: ({ route, status, seconds }) =>
      requests.observe({ route, status: String(status) }, seconds),
    text: () => registry.metrics(),
  };
}

/**
 * Whether the caller may read the figures: by the token where one is set, else from this
 * machine, unless a public address is served, when a proxy's callers all look local.
 */
export function mayReadMetrics(
  request: Pick<IncomingMessage, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined };
  },
  options: { readonly token: string | null; readonly publicOrigin: string | null },
): boolean {
  if (options.token !== null) {
    const given = request.headers.authorization ?? '';
    return timingSafeEqual(digest(given), digest(`Bearer ${options.token}`));
  }
  const { publicOrigin } = options;
  const behindProxy = publicOrigin !== null && !isLoopback(new URL(publicOrigin).hostname);
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return !behindProxy && isLoopback(address);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
