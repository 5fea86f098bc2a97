/** Whether a caller sits at this machine. */
import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../loopback.ts';

const proxyMarks = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

type Caller = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** Behind a proxy all callers look local, so then nobody is. */
export function isLocalCall(request: Caller, publicOrigin: string | null): boolean {
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  const isElsewhere = publicOrigin !== null && !isLoopback(new URL(publicOrigin).hostname);
  const isForwarded = proxyMarks.some((name) => request.headers[name] !== undefined);
  return isLoopback(address) && !isElsewhere && !isForwarded;
}
