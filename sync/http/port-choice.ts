/** What to do when the port is taken: ask, say the command, or move on and say so. */
import type { Server } from 'node:http';
import { assert } from '#core/assert.ts';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { listen } from './listener.ts';

export interface PortWish {
  readonly host: string;
  readonly port: number;
  /** Whether somebody chose it, so that another may not be taken in its place. */
  readonly given: boolean;
}

export interface Person {
  /** Shows a line. */
  say(line: string): void;
  /** Null where nobody is there to be asked. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

const portsTried = 20;

/**
 * The port listened on in the end.
 *
 * A browser keeps data by address, so another port is another, empty Offing there: that is said
 * each time, and a port somebody chose is never exchanged without a yes.
 */
export async function listenAsWished(
  server: Server,
  wish: PortWish,
  person: Person,
): Promise<Result<number, Refusal>> {
  const first = await listen(server, wish.host, wish.port);
  if (!first.ok) return first;
  if (first.value === 'listening') return ok(listenedPort(server));

  const taken = `Port ${wish.port} on ${wish.host} is taken by another program.`;
  for (let port = wish.port + 1; port <= Math.min(wish.port + portsTried, 65_535); port++) {
    const next = await listen(server, wish.host, port);
    if (!next.ok) return next;
    if (next.value === 'taken') continue;
    const note = `The browser keeps data by address: what was stored under port ${wish.port} stays there.`;
    if (person.confirm) {
      if (await person.confirm(`${taken} ${note}\nUse port ${port} instead?`)) return ok(port);
      return refuse(`Start it on a port of your choice: ${command(port)}`);
    }
    if (wish.given) return refuse(`${taken} Port ${port} is free: ${command(port)}`);
    person.say(`${taken} Using port ${port} instead. ${note}`);
    return ok(port);
  }
  return refuse(`${taken} So are the ${portsTried} after it; choose one: ${command(8080)}`);
}

function command(port: number): string {
  return process.platform === 'win32' ? `set PORT=${port}&& npm start` : `PORT=${port} npm start`;
}

function listenedPort(server: Server): number {
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'a listening server has a port');
  return address.port;
}
