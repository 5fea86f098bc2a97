/**
 * Where a call comes from: the other end of the connection, or what a proxy of ours says.
 *
 * Whoever calls can put what they like into `X-Forwarded-For`; each proxy adds, at the right, the
 * address that it was called from. So it is read from the right, and no further than to the
 * first address that is not a proxy's.
 */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';

interface Caller {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Stands for a connection that has ended already, whose address nobody knows any more. */
const nowhere = '0.0.0.0';

/** The caller's address; a header that makes no sense is as good as none. */
export function clientAddress(request: Caller, proxies: BlockList): string {
  const nearest = plainAddress(request.socket.remoteAddress ?? '') ?? nowhere;
  if (!isIn(nearest, proxies)) return nearest;
  const header = request.headers['x-forwarded-for'] ?? '';
  const hops = (typeof header === 'string' ? header : header.join(',')).split(',').reverse();
  let farthest = nearest;
  for (const hop of hops) {
    const address = plainAddress(hop.trim());
    if (address === null) return nearest;
    farthest = address;
    if (!isIn(address, proxies)) break;
  }
  return farthest;
}

/** What calls are counted by: the address, or the /64 that one household of IPv6 has to itself. */
export function limitSubject(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = ipv6Groups(address).slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}

/**
 * The proxies of `OFFING_PROXIES`: addresses and ranges such as `10.0.0.0/8, ::1`, set apart by
 * commas. None of them for no text.
 */
export function readProxies(text: string | undefined): Result<BlockList, Refusal> {
  const proxies = new BlockList();
  for (const entry of (text ?? '').split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    if (!addProxy(entry, proxies)) {
      return refuse(
        'OFFING_PROXIES must be addresses or ranges set apart by commas, such as 10.0.0.0/8, ::1.',
      );
    }
  }
  return ok(proxies);
}

function addProxy(entry: string, proxies: BlockList): boolean {
  const [address = '', prefix, ...rest] = entry.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || address.includes('%')) return false;
  const longest = family === 4 ? 32 : 128;
  const length = prefix === undefined ? longest : Number(prefix);
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || length > longest)) return false;
  proxies.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  return true;
}

function isIn(address: string, proxies: BlockList): boolean {
  return proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** The bare address, or null: no port, brackets or zone, and IPv4 not wrapped in IPv6. */
function plainAddress(text: string): string | null {
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, '');
  if (!isIPv6(address)) return isIPv4(address) ? address : null;
  const groups = ipv6Groups(address);
  const wrapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!wrapped) return address.toLowerCase();
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** The eight groups of a valid address; an IPv4 tail counts as two. */
function ipv6Groups(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const left = groupsOf(head);
  if (tail === undefined) return left;
  const right = groupsOf(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function groupsOf(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
