/** A trader with a terminal of their own that says what a benchmark has it say. */
import { openTerminal, type ScriptedTerminal } from '../../tests/terminals/scripted-terminal.ts';
import type { MeasuredServer } from '../server/measured-server.ts';
import { makeTraders } from '../server/traders.ts';

export interface PairedTerminal {
  readonly accountId: string;
  readonly terminal: ScriptedTerminal;
  /** Calls a procedure as the trader. */
  call<T>(method: 'GET' | 'POST', path: string, input: unknown): Promise<T>;
}

export async function pairTerminal({
  server,
}: {
  readonly server: MeasuredServer;
}): Promise<PairedTerminal> {
  const [trader] = await makeTraders(server, 1);
  const { address } = server;
  const call = async <T>(method: 'GET' | 'POST', path: string, input: unknown): Promise<T> => {
    const query = method === 'GET' ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
    const answer = await fetch(`${address}/trpc/${path}${query}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'X-Offing-Client': 'bench',
        Cookie: trader!.sessionCookie,
      },
      ...(method === 'POST' && { body: JSON.stringify(input) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return ((await answer.json()) as { result: { data: T } }).result.data;
  };
  const made = await call<{ accountId: string; code: string }>('POST', 'terminals.pair', {
    name: 'Bench',
  });
  const { accountId, code } = made;
  const token = code.slice(accountId.length + 1);
  return { accountId, call, terminal: await openTerminal({ address, accountId, token }) };
}
