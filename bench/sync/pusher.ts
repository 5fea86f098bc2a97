/** Pushes changes over HTTP as a device does, without a device: what is measured is the server. */
import type { WireFragment } from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { MOST_PUSH_OPS, type PushAnswer } from '#core/sync/protocol.ts';
import { replicaServer, type Fetch } from '#workers/replica/transport.ts';
import type { Trader } from '../server/traders.ts';

export interface Pusher {
  readonly node: string;
  /** In batches of as many as a push may hold; fails when one is not taken. */
  push(ops: readonly WireFragment[]): Promise<void>;
}

/** The calls of a signed-in browser. */
export function fetchOf(address: string, { sessionCookie }: Trader): Fetch {
  return (url, init) =>
    fetch(url, {
      ...init,
      headers: { ...(init.headers as object), cookie: sessionCookie, origin: address },
    });
}

export async function openPusher(address: string, trader: Trader): Promise<Pusher> {
  const server = replicaServer(fetchOf(address, trader), address);
  const registered = await server.register(trader.userId);
  if (!registered.ok) throw new Error(registered.error.code);
  const { node, sealing } = registered.value;
  let { nonce } = registered.value;
  let witness = { seq: 0, token: '' };
  let pushNo = 0;
  return {
    node,
    async push(ops) {
      for (let from = 0; from < ops.length; from += MOST_PUSH_OPS) {
        const answer = await server.push({
          ...{ node, nonce, witness, epoch: sealing.epoch },
          pushNo: ++pushNo,
          unsynced: ops.length - from,
          ops: ops.slice(from, from + MOST_PUSH_OPS),
        });
        if (!answer.ok) throw new Error(answer.error.code);
        ({ nonce, witness } = taken(answer.value));
      }
    },
  };
}

function taken(answer: PushAnswer) {
  if (answer.kind !== 'done') throw new Error(`The server answered ${answer.kind}`);
  const refused = answer.outcomes.find((outcome) => outcome !== 'ok');
  if (refused) throw new Error(`A change was ${refused}`);
  return answer;
}

/** Stamps of a device, each later than the one before. */
export function stamps(node: string): () => string {
  const ms = Date.now();
  let counter = 0;
  return () => formatHlc({ ms, counter: counter++ }, node);
}
