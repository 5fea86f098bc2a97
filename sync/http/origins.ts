/** Which names this server answers to, so that a page elsewhere cannot reach it under its own. */
import { isLoopback } from '../loopback.ts';

export interface Origins {
  /** The address to print and to open. */
  readonly address: string;
  /** Every origin that is ours. */
  readonly own: readonly string[];
  /** Whether a Host header names this server; false for none. */
  servesHost(host: string | undefined): boolean;
  /** Whether an Origin header is one of ours. */
  isOwn(origin: string): boolean;
}

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The public origin, and this machine's own names with the port listened on.
 *
 * Comparing Origin with Host alone would fall to DNS rebinding: there both are the attacker's.
 */
export function serverOrigins(listening: {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly publicOrigin: string | null;
}): Origins {
  const { scheme, host, port, publicOrigin } = listening;
  const at = (name: string) => new URL(`${scheme}://${name}:${port}`).origin;
  const listened = host.includes(':') ? `[${host}]` : host;
  const reachable = /^(0\.0\.0\.0|\[::\])$/.test(listened) ? [] : [at(listened)];
  const local = localNames.map(at);
  const own = new Set([...(publicOrigin === null ? [] : [publicOrigin]), ...reachable, ...local]);
  const hosts = new Set([...own].flatMap((origin) => namesOf(new URL(origin))));
  return {
    // By its name rather than 127.0.0.1: passkeys are bound to a name.
    address: publicOrigin ?? (isLoopback(host) ? local[0]! : (reachable[0] ?? local[0]!)),
    own: [...own],
    servesHost: (name) => name !== undefined && hosts.has(name.toLowerCase()),
    isOwn: (origin) => own.has(origin),
  };
}

/** A Host header may spell out the scheme's own port. */
function namesOf(origin: URL): readonly string[] {
  if (origin.port) return [origin.host];
  return [origin.host, `${origin.host}:${origin.protocol === 'https:' ? 443 : 80}`];
}
