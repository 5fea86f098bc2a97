/** Intents that hang together: the opening after a close, and two orders of which one is enough. */
import { childId } from '#core/broker/identity.ts';
import { finalStates, type Intent } from '#core/broker/intent.ts';
import { intentOf, lifeMs } from './drafts.ts';
import type { OrderTx } from './order-store.ts';
import { begin, step } from './step.ts';

/** What the change of one intent means for others. */
export async function follow(
  tx: OrderTx,
  { before, after }: { readonly before: Intent; readonly after: Intent },
  nowMs: number,
): Promise<void> {
  if (after.body.t === 'close' && finalStates.has(after.state)) await release(tx, after, nowMs);
  if (after.otherOf !== null) {
    const [other] = await tx.intents([after.otherOf]);
    if (other) await settlePair(tx, { one: after, other, wasFilled: before.filledLots > 0 }, nowMs);
  }
}

/** What waited for the close to be filled goes on; where it was not filled, it is dropped. */
async function release(tx: OrderTx, closed: Intent, nowMs: number): Promise<void> {
  for (const waiting of await tx.openIntents()) {
    if (waiting.after !== closed.id || waiting.state !== 'held') continue;
    if (closed.state === 'filled') {
      const expiresMs = nowMs + lifeMs(waiting.body);
      await step(tx, waiting, { t: 'release', expiresMs }, nowMs);
    } else await step(tx, waiting, { t: 'drop' }, nowMs);
  }
}

interface Pair {
  readonly one: Intent;
  readonly other: Intent;
  /** Whether `one` had filled before, so that its trader was told already. */
  readonly wasFilled: boolean;
}

async function settlePair(
  tx: OrderTx,
  { one, other, wasFilled }: Pair,
  nowMs: number,
): Promise<void> {
  if (one.filledLots > 0 && other.filledLots > 0) {
    if (!wasFilled) await tx.alert('oco-both-filled', { intentId: one.id, otherId: other.id });
    return;
  }
  if (one.filledLots > 0) await cancelRest(tx, other, nowMs);
  else if (other.filledLots > 0) await cancelRest(tx, one, nowMs);
}

/** Cancels what of a pair is still open though its other filled: also after a cancel that failed. */
export async function settlePairs(tx: OrderTx, nowMs: number): Promise<void> {
  for (const one of await tx.openIntents()) {
    if (one.otherOf === null || one.filledLots > 0) continue;
    const [other] = await tx.intents([one.otherOf]);
    if (other && other.filledLots > 0) await cancelRest(tx, one, nowMs);
  }
}

const unsent: ReadonlySet<Intent['state']> = new Set(['held', 'created', 'retry-wait']);

/** What is under way is canceled once it is known to be there: each step of it comes by here. */
async function cancelRest(tx: OrderTx, intent: Intent, nowMs: number): Promise<void> {
  if (finalStates.has(intent.state)) return;
  if (unsent.has(intent.state)) {
    await step(tx, intent, { t: 'drop' }, nowMs);
    return;
  }
  const { order } = intent;
  if (order === null || !(await tx.orders()).some((held) => held.order === order)) {
    if (intent.state !== 'working' && intent.state !== 'accepted') return;
  }
  if (order === null) return;
  const isAsked = (await tx.openIntents()).some(
    ({ body }) => body.t === 'cancel' && body.order === order,
  );
  if (isAsked) return;
  const requestId = childId(intent.id, `cancel ${nowMs}`);
  const draft = { part: null, body: { t: 'cancel' as const, order }, state: 'created' as const };
  const { accountId } = intent;
  await begin(tx, intentOf(draft, { accountId, requestId, origin: 'group', nowMs }));
}
