/** Where evidence contradicts itself, a person decides what became of an intent. */
import type { Failure } from '#core/errors.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { Resolution } from '#core/broker/order-event.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { OrderStore } from './order-store.ts';
import { noAccount } from './session.ts';
import { step } from './step.ts';

export interface Decision {
  readonly accountId: string;
  readonly as: Resolution;
  readonly nowMs: number;
}

/** `trade.not-open` where the intent does not wait for a person. */
export async function resolveIntent(
  store: OrderStore,
  intentId: string,
  { accountId, as, nowMs }: Decision,
): Promise<Result<Intent, Failure>> {
  const resolved = await store.transact(accountId, async (tx) => {
    const [intent] = await tx.intents([intentId]);
    if (intent?.state !== 'manual') {
      return fail({
        code: 'trade.not-open' as const,
        detail: 'Nothing is to be decided of this intent.',
      });
    }
    await tx.audit('order.resolved', { intentId, as });
    return ok(await step(tx, intent, { t: 'resolve', as }, nowMs));
  });
  return resolved ?? fail(noAccount);
}
