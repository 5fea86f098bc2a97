/** What a transaction wrote, to be written once more elsewhere. */
import { expect } from 'vitest';
import type { OrderStore, OrderTx } from '../../sync/orders/order-store.ts';

const writing = [
  ...(['saveAccount', 'saveInstruments', 'addRequest', 'saveIntent', 'addDeals'] as const),
  ...(['savePosition', 'removePosition', 'saveOrder', 'removeOrder'] as const),
  ...(['saveTrail', 'removeTrail', 'addEvent', 'alert', 'audit', 'addEquity'] as const),
];

export interface Written {
  readonly name: (typeof writing)[number];
  readonly given: readonly unknown[];
  readonly answer: unknown;
}

type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** The same transaction; `atAwait` is called wherever it reads from the database. */
export function recording(tx: OrderTx, written: Written[], atAwait: () => Promise<void>): OrderTx {
  return new Proxy(tx, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof found !== 'function') return found;
      const call = found as Call;
      const name = writing.find((each) => each === key);
      return async (...given: readonly unknown[]) => {
        if (!name || name === 'addDeals') await atAwait();
        const answer = await call(...(name === 'saveAccount' ? given.map(asStored) : given));
        if (name) written.push({ name, given, answer });
        return answer;
      };
    },
  });
}

/** The world's servers have names of a letter, Postgres wants numbers. */
function asStored(change: unknown): unknown {
  if (typeof change !== 'object' || change === null || !('serverId' in change)) return change;
  const letter = String(change.serverId).charCodeAt(0).toString(16).padStart(12, '0');
  return { ...change, serverId: `00000000-0000-4000-8000-${letter}` };
}

/** Fails the test where the other store answers otherwise. */
export async function replay(
  store: OrderStore,
  accountId: string,
  written: readonly Written[],
): Promise<void> {
  await store.transact(accountId, async (tx) => {
    for (const { name, given, answer } of written) {
      expect(await (tx[name] as Call)(...given)).toEqual(answer);
    }
  });
}
