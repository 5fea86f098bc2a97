/** Whether a host is this machine and no other. */
import { isIPv4 } from 'node:net';

/** True of names and addresses that never leave the machine; brackets around IPv6 may stand. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    (isIPv4(host) && /^127\./.test(host))
  );
}
