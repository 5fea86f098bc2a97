/** What was never sent is given up after its time, whether a connector is there or not. */
import type { Intent } from '#core/broker/intent.ts';
import type { OrderStore } from './order-store.ts';
import { step } from './step.ts';

/** Those that no connector can have seen. */
const unsent: ReadonlySet<Intent['state']> = new Set(['held', 'created', 'retry-wait']);

export const isExpired = ({ state, expiresMs }: Intent, nowMs: number): boolean =>
  unsent.has(state) && expiresMs < nowMs;

export async function expireDue(
  store: OrderStore,
  accountId: string,
  nowMs: number,
): Promise<void> {
  await store.transact(accountId, async (tx) => {
    for (const intent of await tx.openIntents()) {
      if (isExpired(intent, nowMs)) await step(tx, intent, { t: 'expire' }, nowMs);
    }
  });
}
