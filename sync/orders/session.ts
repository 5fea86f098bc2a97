/** A connector's session with an account: what stands behind the pairing, and which one counts. */
import type { Failure } from '#core/errors.ts';
import type { BrokerAccount } from '#core/broker/book.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Binding, OrderStore, OrderTx } from './order-store.ts';

export interface NewSession extends Binding {
  readonly session: string;
  /** The server that holds the connector. */
  readonly serverId: string;
  readonly nowMs: number;
}

/** Why an account is halted, in words for `web/lib/words/orders.ts`. */
export type HaltReason = 'other-device' | 'other-account' | 'position-lost';

export const noAccount: Failure = {
  code: 'trade.account-missing',
  detail: 'There is no such trading account.',
};

const otherAccount: Failure = {
  code: 'trade.account-differs',
  detail: 'The pairing was bound to another device, login or broker.',
};

/**
 * Makes this the one session of the account; what an older one says is not heard any more.
 *
 * The first session binds the pairing to what stands behind it. Another device, login or broker
 * later halts the account and gets no session: `trade.account-differs`.
 */
export async function beginSession(
  store: OrderStore,
  accountId: string,
  { session, serverId, nowMs, ...behind }: NewSession,
): Promise<Result<{ readonly epoch: number }, Failure>> {
  const begun = await store.transact(accountId, async (tx) => {
    const { account } = tx;
    if (account.state === 'revoked') return fail(noAccount);
    const { bound } = account;
    const reason = bound && differenceOf(bound, behind);
    if (reason) {
      await halt(tx, reason, { device: behind.device, login: behind.login });
      return fail(otherAccount);
    }
    const epoch = account.epoch + 1;
    const isFirst = account.state === 'pairing';
    await tx.saveAccount({
      ...{ epoch, session, serverId },
      ...(bound?.device !== behind.device && { bound: behind }),
      ...(isFirst && { state: 'paired' as const }),
    });
    if (isFirst) await tx.audit('terminal.paired', { ...behind, atMs: nowMs });
    return ok({ epoch });
  });
  return begun ?? fail(noAccount);
}

/** Bound in place of a device after a person has looked: the next one will do. */
const anyDevice = '';

function differenceOf(bound: Binding, behind: Binding): HaltReason | null {
  if (bound.login !== behind.login || bound.brokerServer !== behind.brokerServer) {
    return 'other-account';
  }
  return bound.device === behind.device || bound.device === anyDevice ? null : 'other-device';
}

/** Whether what the terminal says of its account is not what the pairing is bound to. */
export function isOtherAccount(bound: Binding | null, account: BrokerAccount): boolean {
  return (
    bound !== null && (bound.login !== account.login || bound.brokerServer !== account.brokerServer)
  );
}

/** Nothing is opened from now on, until a person has looked. */
export async function halt(
  tx: OrderTx,
  reason: HaltReason,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  if (tx.account.state === 'halted' && tx.account.haltReason === reason) return;
  await tx.saveAccount({ state: 'halted', haltReason: reason });
  await tx.alert(`halted.${reason}`, detail);
  await tx.audit('terminal.halted', { reason });
}

/** A person has looked: trading goes on. After another device the next one is bound. */
export async function resumeAccount(
  store: OrderStore,
  accountId: string,
): Promise<Result<null, Failure>> {
  const resumed = await store.transact(accountId, async (tx) => {
    const { state, haltReason, bound } = tx.account;
    if (state !== 'halted') return ok(null);
    await tx.saveAccount({
      ...{ state: 'paired' as const, haltReason: null },
      ...(haltReason === 'other-device' && bound && { bound: { ...bound, device: anyDevice } }),
    });
    await tx.audit('terminal.resumed', { reason: haltReason ?? '' });
    return ok(null);
  });
  return resumed ?? fail(noAccount);
}
