/** Whether the way to the broker is cut, where, and what goes on meanwhile. */
import type { AccountView } from '#core/broker/views.ts';
import type { ServerStatus } from '../state/server.svelte.ts';
import { say } from '../words/language.ts';

export interface LineCut {
  readonly where: 'network' | 'server' | 'terminal' | 'broker';
  readonly what: string;
  readonly works: string;
  /** Tries in a row without an answer. */
  readonly missed: number;
  readonly heardMs: number | null;
}

export interface LineFacts {
  readonly status: ServerStatus;
  readonly missed: number;
  /** When the server last answered. */
  readonly heardMs: number | null;
  readonly account: Pick<AccountView, 'kind' | 'state' | 'health'> | null;
}

const goesOn = say`Stops and targets lie at the broker and work; trailing stops go on where the server runs.`;

/** The nearest cut; null while all of the way stands. One miss is no cut yet. */
export function lineState({ status, missed, heardMs, account }: LineFacts): LineCut | null {
  if (status === 'offline') {
    const works = say`What you see is of then, and nothing can be sent. ${goesOn}`;
    return { where: 'network', what: say`This device has no network.`, works, missed, heardMs };
  }
  if (status === 'unreachable' || missed > 1) {
    const works = say`What you see is of then, and nothing can be sent. ${goesOn}`;
    return { where: 'server', what: say`The server does not answer.`, works, missed, heardMs };
  }
  if (!account?.health || account.state === 'pairing' || account.state === 'revoked') return null;
  const { isOnline, isConnected, lastHeardMs } = account.health;
  const seen = { missed: 0, heardMs: lastHeardMs };
  if (!isOnline) {
    const what =
      account.kind === 'paper'
        ? say`The paper broker is not running.`
        : say`The terminal is not heard.`;
    const works = say`Orders cannot be sent. Stops and targets lie at the broker and work; what happens there is shown once it is back.`;
    return { where: 'terminal', what, works, ...seen };
  }
  if (isConnected) return null;
  const works = say`Orders cannot be sent, and prices stand still. The terminal is trying by itself.`;
  return { where: 'broker', what: say`The terminal has no line to its broker.`, works, ...seen };
}
