/** Turns a request into what procedures know of their caller, and their answers into headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { cookieHeader, readCookies } from '../auth/cookies.ts';
import type { CallContext } from '../call-context.ts';
import { clientAddress } from '../limits/client-address.ts';
import { isLocalCall } from './local-call.ts';

export interface CallerOptions {
  readonly proxies: BlockList;
  readonly publicOrigin: string | null;
  /** Whether people reach the server over https. */
  readonly secure: boolean;
}

type CallDetails = Pick<
  CallContext,
  | 'requestId'
  | 'visitor'
  | 'hostname'
  | 'isLocal'
  | 'credentials'
  | 'setCookie'
  | 'retryAfter'
  | 'nowMs'
>;

/** `cookies: false` for programs: the API believes tokens alone. */
export function callDetails(
  request: IncomingMessage,
  response: ServerResponse,
  options: CallerOptions & { readonly cookies: boolean },
): CallDetails {
  const { proxies, secure } = options;
  const { headers } = request;
  const jar = options.cookies
    ? readCookies(headers.cookie, secure)
    : { session: null, device: null };
  return {
    nowMs: Date.now(),
    requestId: String(response.getHeader('X-Request-Id')),
    visitor: {
      address: clientAddress(request, proxies),
      userAgent: (headers['user-agent'] ?? '').slice(0, 300),
    },
    hostname: hostnameOf(headers.host),
    isLocal: isLocalCall(request, options.publicOrigin),
    credentials: { ...jar, bearer: bearerIn(headers.authorization) },
    setCookie(which, value) {
      response.appendHeader('Set-Cookie', cookieHeader(which, value, secure));
    },
    retryAfter(ms) {
      const before = Number(response.getHeader('Retry-After') ?? 0);
      response.setHeader('Retry-After', Math.max(before, Math.ceil(ms / 1000)));
    },
  };
}

function hostnameOf(host: string | undefined): string {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function bearerIn(header: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]{1,300})$/i.exec(header ?? '')?.[1] ?? null;
}
