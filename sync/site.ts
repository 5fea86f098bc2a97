/** How the pages are reached, as accounts see it. */
import { isIP } from 'node:net';
import { isLoopback } from './loopback.ts';
import type { Origins } from './http/origins.ts';
import type { Site } from './services.ts';

export function siteOf(origins: Origins, options: { readonly mailByConsole: boolean }): Site {
  const { address, own } = origins;
  const { protocol, hostname } = new URL(address);
  return {
    address,
    origins: own,
    secure: protocol === 'https:',
    passkeyHost: passkeyHost(hostname, own),
    mailByConsole: options.mailByConsole,
  };
}

/** A passkey is bound to a name: an IP address has none, but this machine is `localhost` too. */
function passkeyHost(hostname: string, own: readonly string[]): string | null {
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (!isAddress) return hostname;
  const named = own.some((origin) => new URL(origin).hostname === 'localhost');
  return isLoopback(hostname) && named ? 'localhost' : null;
}
