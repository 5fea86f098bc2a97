/** One log line and one measurement a request, made when its answer has gone or been cut off. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { clientAddress } from '../limits/client-address.ts';
import type { Log } from '../ops/log.ts';
import type { Metrics, RouteClass } from '../ops/metrics.ts';

export interface RequestRecord {
  readonly id: string;
  /** Without the query, which may hold what must not be kept. */
  pathname: string;
  route: RouteClass;
}

export interface RequestLog {
  follow(request: IncomingMessage, response: ServerResponse, record: RequestRecord): void;
}

const closedByClient = 499;

/** Client addresses are logged as keyed digests: alike within an installation, nameless outside it. */
export function requestLog(
  log: Log,
  metrics: Metrics,
  { secret, proxies }: { readonly secret: string; readonly proxies: BlockList },
): RequestLog {
  const digestOf = (address: string) =>
    createHmac('sha256', secret).update(address).digest('hex').slice(0, 12);
  // A connection may carry thousands of requests: of one caller, or of a proxy's next one.
  const clients = new WeakMap<Socket, { readonly address: string; readonly digest: string }>();
  const clientOf = (request: IncomingMessage): string => {
    const address = clientAddress(request, proxies);
    const last = clients.get(request.socket);
    if (last?.address === address) return last.digest;
    const digest = digestOf(address);
    clients.set(request.socket, { address, digest });
    return digest;
  };
  return {
    follow(request, response, record) {
      const startedMs = performance.now();
      const client = clientOf(request);
      response.once('close', () => {
        const tookMs = performance.now() - startedMs;
        const status = response.writableFinished ? response.statusCode : closedByClient;
        metrics.observe({ route: record.route, status, seconds: tookMs / 1_000 });
        log.info(
          {
            requestId: record.id,
            method: request.method,
            path: record.pathname.slice(0, 300),
            route: record.route,
            status,
            tookMs: Math.round(tookMs * 10) / 10,
            client,
          },
          'request',
        );
      });
    },
  };
}
