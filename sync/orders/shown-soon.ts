/**
 * What was filled but is not in the terminal's book yet, put down as it will be shown.
 *
 * Else what was kept free for an order would be free again before its position is counted, and
 * what was closed could be asked to be closed again. What the terminal shows next replaces it.
 */
import { commentOf } from '#core/broker/identity.ts';
import type { Intent } from '#core/broker/intent.ts';
import { wholeLots } from '#core/broker/lots.ts';
import { isClosedBy } from './deal-sums.ts';
import type { HeldPosition, OrderTx } from './order-store.ts';

export async function noteFill(tx: OrderTx, before: Intent, after: Intent): Promise<void> {
  const lots = wholeLots(after.filledLots - before.filledLots);
  if (lots <= 0) return;
  if (after.body.t === 'close') await noteClosed(tx, after.body.position, lots);
  else if (after.body.t === 'place') await noteOpened(tx, after, lots);
}

async function noteClosed(tx: OrderTx, position: string, lots: number): Promise<void> {
  const held = (await tx.positions()).find((each) => each.position === position);
  if (held) await tx.savePosition({ ...held, closedLots: wholeLots(held.closedLots + lots) });
}

async function noteOpened(tx: OrderTx, intent: Intent, lots: number): Promise<void> {
  const { body } = intent;
  if (body.t !== 'place') return;
  const positions = await tx.positions();
  const isNetting = tx.account.broker?.mode === 'netting';
  // A position is called by the order that opened it.
  const name = intent.position ?? intent.order;
  const held = positions.find(({ position, symbol }) =>
    isNetting ? symbol === body.symbol : position === name,
  );
  if (held && held.side !== body.side) return noteClosed(tx, held.position, lots);
  if (held) {
    const volumeLots = isNetting
      ? wholeLots(held.volumeLots + lots)
      : Math.max(held.volumeLots, intent.filledLots);
    await tx.savePosition({ ...held, volumeLots });
    return;
  }
  if (name === null) return;
  const made = shownSoon(intent, name);
  if (!made || isClosedBy(await tx.dealsOf({ position: name }), made)) return;
  await tx.savePosition(made);
}

function shownSoon({ id, body, magic, filledLots, averagePrice }: Intent, position: string) {
  if (body.t !== 'place') return null;
  const { symbol, side, sl, tp } = body;
  return {
    ...{ position, ticket: position, symbol, side, sl, tp, magic },
    ...{ volumeLots: filledLots, openPrice: averagePrice ?? body.price ?? 0, openedServerMs: 0 },
    ...{ swap: 0, profit: 0, comment: commentOf(id), intentId: id },
    ...{ missingSinceMs: null, misses: 0, closedLots: 0 },
  } satisfies HeldPosition;
}
