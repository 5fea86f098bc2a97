/** One step of one intent: the machine's answer, kept and told, and what follows from it. */
import type { Intent } from '#core/broker/intent.ts';
import { advance, type OrderEvent } from '#core/broker/order-state.ts';
import { follow } from './groups.ts';
import type { OrderTx } from './order-store.ts';

/** The intent as it is afterwards. */
export async function step(
  tx: OrderTx,
  intent: Intent,
  event: OrderEvent,
  nowMs: number,
): Promise<Intent> {
  const { intent: next, alerts } = advance(intent, event, nowMs);
  if (next !== intent) {
    await tx.saveIntent(next);
    if (isNews(intent, next)) await tell(tx, next, nowMs);
  }
  for (const alert of alerts) await tx.alert(`order.${alert}`, { intentId: intent.id });
  if (isNews(intent, next)) await follow(tx, { before: intent, after: next }, nowMs);
  return next;
}

const isNews = (before: Intent, after: Intent): boolean =>
  before.state !== after.state ||
  before.attempt !== after.attempt ||
  before.filledLots !== after.filledLots;

async function tell(
  tx: OrderTx,
  intent: Intent,
  atMs: number,
  figures: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const { id: intentId, state: name, attempt, filledLots, averagePrice, retcode, reason } = intent;
  const detail = { ...figures, attempt, filledLots, averagePrice, retcode, reason };
  await tx.addEvent({ intentId, atMs, name, detail });
}

/** Writes down an intent that was not there before. */
export async function begin(
  tx: OrderTx,
  intent: Intent,
  figures: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await tx.saveIntent(intent);
  await tell(tx, intent, intent.createdMs, figures);
}
