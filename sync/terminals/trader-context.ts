/** Who calls about a trading account, and the answer where there is no such account of theirs. */
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import type { OrderStore } from '../orders/order-store.ts';
import { postgresOrders } from '../orders/postgres-store.ts';

export interface TraderContext extends PersonContext {
  readonly userId: string;
}

/** The same whether it is another's or nobody's. */
export const withoutAccount: Result<never, Failure> = fail({
  code: 'trade.account-missing',
  detail: 'There is no such trading account.',
});

/** The orders of the caller, who does in person what is done. */
export function ordersOf({ services, userId, nowMs }: TraderContext): OrderStore {
  const { database, audit: trail, terminals } = services;
  const { dispatcher } = terminals;
  return postgresOrders({ database, trail, userId, actor: userId, nowMs: () => nowMs, dispatcher });
}
