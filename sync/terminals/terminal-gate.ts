/** Which handshakes of terminals are taken at all: by whom, how many, and never in the open. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv4 } from 'node:net';
import type { Origins } from '../http/origins.ts';
import { clientAddress, limitSubject } from '../limits/client-address.ts';

export const TERMINALS_PATH = '/terminals';
const mostUnknown = 64;
const mostUnknownOfOne = 16;
const mostFailures = 20;
const forgivenAfterMs = 60_000;

export type GateStatus = 400 | 403 | 421 | 426 | 429 | 503;

export interface TerminalGate {
  /** The status that refuses the handshake, or the address that it is counted under. */
  admit(request: IncomingMessage): GateStatus | { readonly subject: string };
  /** Whoever was admitted is known now, or gone. */
  settle(subject: string): void;
  /** It could not prove that it holds a token. */
  fail(subject: string): void;
}

export interface GateOptions {
  readonly origins: Origins;
  readonly proxies: BlockList;
  /** Whether people reach the server over https. */
  readonly secure: boolean;
  now(): number;
}

export function isTerminalsPath(url: string | undefined): boolean {
  return url === TERMINALS_PATH || url?.startsWith(`${TERMINALS_PATH}?`) === true;
}

export function openTerminalGate({ origins, proxies, secure, now }: GateOptions): TerminalGate {
  const unknown = new Map<string, number>();
  const failures = new Map<string, { count: number; sinceMs: number }>();
  let sum = 0;
  const failuresOf = (subject: string) => {
    for (const [other, { sinceMs }] of failures) {
      if (now() - sinceMs > forgivenAfterMs) failures.delete(other);
    }
    return failures.get(subject)?.count ?? 0;
  };
  return {
    admit(request) {
      const { headers, headersDistinct } = request;
      const hosts = headersDistinct['host'] ?? [];
      if (hosts.length !== 1) return 400;
      if (!origins.servesHost(hosts[0])) return 421;
      // Pages name their origin, terminals have none.
      if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 403;
      const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
      if (!offered.includes('offing.v1')) return 400;
      const address = clientAddress(request, proxies);
      if (!isSealedOrNear(request, { address, proxies, secure })) return 426;
      const subject = limitSubject(address);
      if (failuresOf(subject) >= mostFailures) return 429;
      const ofOne = unknown.get(subject) ?? 0;
      if (sum >= mostUnknown || ofOne >= mostUnknownOfOne) return 503;
      unknown.set(subject, ofOne + 1);
      sum += 1;
      return { subject };
    },
    settle(subject) {
      const ofOne = unknown.get(subject) ?? 0;
      if (ofOne > 1) unknown.set(subject, ofOne - 1);
      else unknown.delete(subject);
      sum -= ofOne > 0 ? 1 : 0;
    },
    fail(subject) {
      const before = failures.get(subject);
      failures.set(subject, { count: (before?.count ?? 0) + 1, sinceMs: before?.sinceMs ?? now() });
    },
  };
}

interface Circumstances {
  readonly address: string;
  readonly proxies: BlockList;
  readonly secure: boolean;
}

/** Encrypted here, or by a proxy of ours; else it must come from a network of one's own. */
function isSealedOrNear(
  { socket, headers }: IncomingMessage,
  { address, proxies, secure }: Circumstances,
): boolean {
  if ('encrypted' in socket && socket.encrypted === true) return true;
  if (isNear(address)) return true;
  const nearest = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isByProxy = nearest !== '' && proxies.check(nearest, isIPv4(nearest) ? 'ipv4' : 'ipv6');
  return isByProxy && secure && (headers['x-forwarded-proto'] ?? 'https') === 'https';
}

const near = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  near.addSubnet(network, prefix, 'ipv4');
}
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/** This machine, or a private network. */
export function isNear(address: string): boolean {
  return near.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
