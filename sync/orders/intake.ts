/** Takes what a connector says of commands: it has it, it tries it, what came of it. */
import type { Intent } from '#core/broker/intent.ts';
import type { ConnectorMessage } from '#core/broker/messages.ts';
import type { OrderTx } from './order-store.ts';
import { noteFill } from './shown-soon.ts';
import { step } from './step.ts';

export type CommandNews = Extract<ConnectorMessage, { readonly t: 'ack' | 'executing' | 'result' }>;

export const isCommandNews = (message: ConnectorMessage): message is CommandNews =>
  message.t === 'ack' || message.t === 'executing' || message.t === 'result';

export async function takeNews(
  tx: OrderTx,
  news: readonly CommandNews[],
  nowMs: number,
): Promise<void> {
  // Asked for together, so that the steps below need not ask one by one.
  await tx.intents([...new Set(news.map(({ id }) => id))]);
  for (const message of news) {
    const [intent] = await tx.intents([message.id]);
    if (intent) await takeOne(tx, intent, message, nowMs);
  }
}

async function takeOne(
  tx: OrderTx,
  intent: Intent,
  message: CommandNews,
  nowMs: number,
): Promise<void> {
  if (message.t === 'result') {
    const { result, attempt } = message;
    const next = await step(tx, intent, { t: 'result', result, attempt }, nowMs);
    await noteFill(tx, intent, next);
    return;
  }
  // It was sent after the claim, which is all that is written down before sending.
  const sent = intent.state === 'claimed' ? await step(tx, intent, { t: 'sent' }, nowMs) : intent;
  await step(tx, sent, { t: message.t, attempt: message.attempt }, nowMs);
}
