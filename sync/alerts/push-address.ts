/**
 * Where pushes may be sent: addresses that a browser named, and so whoever calls us.
 *
 * Only https to a name in the public internet: never an address of this machine or its network,
 * neither by the look of it nor by what the name turns out to lead to when it is called.
 */
import { BlockList, isIP } from 'node:net';

const longest = 1_000;

/** Whether the text is an address that a push service could have. */
export function isPushAddress(text: string): boolean {
  if (text.length > longest || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
  // A name without a dot, or in a zone of its own, is one of the server's network.
  const isName = /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(hostname) && isIP(hostname) === 0;
  return (
    isName && !/\.(local|localhost|internal|intranet|lan|home|corp|arpa|test)$/i.test(hostname)
  );
}

const closed = new BlockList();
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const],
  ...[['127.0.0.0', 8] as const, ['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const],
  ...[['192.0.0.0', 24] as const, ['192.0.2.0', 24] as const, ['192.168.0.0', 16] as const],
  ...[['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const, ['203.0.113.0', 24] as const],
  ...[['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
] as const) {
  closed.addSubnet(net, bits, 'ipv4');
}
const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  // What carries an address of the old internet, and what is for documents.
  ...[['2002::', 16] as const, ['2001::', 32] as const, ['2001:db8::', 32] as const],
] as const) {
  closed.addSubnet(net, bits, 'ipv6');
}

/** Whether an address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 4) return !closed.check(address, 'ipv4');
  return kind === 6 && open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
