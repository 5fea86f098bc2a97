/**
 * What became of a request that its device does not know the answer of, for once and all: one that
 * never came is from now on taken no more, however late it comes.
 */
import type { Intent } from '#core/broker/intent.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import type { KeptRequest, OrderStore } from './order-store.ts';

/** No body has this hash, so that a request under such an id is always another than the one kept. */
export const settledHash = '0'.repeat(64);

export interface SettledParts {
  readonly accountId: string;
  readonly requestId: string;
  readonly nowMs: number;
}

/** Null where it never came. */
export async function settleRequest(
  store: OrderStore,
  { accountId, requestId, nowMs }: SettledParts,
): Promise<Result<(KeptRequest & { readonly intents: readonly Intent[] }) | null, Failure>> {
  const settled = await store.transact(accountId, async (tx) => {
    const kept = await tx.request(requestId);
    if (kept?.bodyHash === settledHash) return { taken: null };
    if (kept) return { taken: { ...kept, intents: await tx.intents(kept.intentIds) } };
    await tx.addRequest({ requestId, bodyHash: settledHash, intentIds: [], createdMs: nowMs });
    return { taken: null };
  });
  return settled
    ? ok(settled.taken)
    : fail({ code: 'trade.account-missing', detail: 'There is no such trading account.' });
}
