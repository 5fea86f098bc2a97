/** Takes deals: the only word on what was filled, at which price, and how much is left. */
import type { Deal, Side } from '#core/broker/book.ts';
import type { Intent } from '#core/broker/intent.ts';
import { sumOfLots } from '#core/broker/lots.ts';
import type { DealCursor } from '#core/broker/messages.ts';
import { isMagic } from './book-intake.ts';
import { isClosedBy, isTrade, leftOf } from './deal-sums.ts';
import type { OrderTx } from './order-store.ts';
import { noteFill } from './shown-soon.ts';
import { step } from './step.ts';

/** Deals come late and out of order: as far back is asked again each time. */
export const overlapMs = 3_600_000;

export const askedAfter = ({ serverMs }: DealCursor): DealCursor => ({
  serverMs: Math.max(0, serverMs - overlapMs),
  deal: '0',
});

/** The later of the two: by time, then by ticket, which is a number of any length. */
export function later(a: DealCursor, b: DealCursor): DealCursor {
  if (a.serverMs !== b.serverMs) return a.serverMs > b.serverMs ? a : b;
  const isLonger = a.deal.length !== b.deal.length;
  return (isLonger ? a.deal.length > b.deal.length : a.deal > b.deal) ? a : b;
}

/** The positions that the new ones among these deals are of. */
export async function takeDeals(
  tx: OrderTx,
  deals: readonly Deal[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const fresh = await tx.addDeals(deals);
  const trades = fresh.filter(isTrade);
  if (trades.length === 0) return new Set();
  const magics = [...new Set(trades.map(({ magic }) => magic).filter(isMagic))];
  const orders = [...new Set(trades.map(({ order }) => order))];
  for (const { id } of await tx.intentsOf(magics, orders)) {
    const [intent] = await tx.intents([id]);
    if (intent) await fill(tx, intent, trades, nowMs);
  }
  return new Set(trades.map(({ position }) => position));
}

async function fill(
  tx: OrderTx,
  intent: Intent,
  fresh: readonly Deal[],
  nowMs: number,
): Promise<void> {
  const mine = fresh.filter((deal) => isOfIntent(deal, intent));
  if (mine.length === 0) return;
  const orders = new Set(mine.map(({ order }) => order));
  if (intent.order !== null) orders.add(intent.order);
  const all = await Promise.all([...orders].map((order) => tx.dealsOf({ order })));
  const own = all.flat().filter((deal) => isOfIntent(deal, intent));
  const filledLots = sumOfLots(own);
  if (filledLots === 0) return;
  const worth = own.reduce((sum, { volumeLots, price }) => sum + volumeLots * price, 0);
  const { position } = own[0]!;
  // A second order of one intent is something to be told.
  const order = own.find((deal) => deal.order !== intent.order)?.order ?? intent.order;
  const averagePrice = worth / filledLots;
  const event = { t: 'fill', filledLots, averagePrice, order, position } as const;
  await noteFill(tx, intent, await step(tx, intent, event, nowMs));
}

/**
 * Whether the deal is of what the intent asked for.
 *
 * A stop, a target or a stop-out that closes a position has that position's magic number, and is
 * nothing that anybody asked for now. What was opened counts for an opening, what was closed for
 * a close; on a netting account an opening may close, and a close that comes too late may open.
 */
function isOfIntent(deal: Deal, intent: Intent): boolean {
  if (!isTrade(deal) || ['sl', 'tp', 'stop-out'].includes(deal.reason)) return false;
  const isOwn = deal.magic === intent.magic || intent.earlierMagics.includes(deal.magic);
  if (!isOwn && deal.order !== intent.order) return false;
  const { body } = intent;
  if (body.t === 'place') return deal.kind === body.side;
  if (body.t === 'close') return isOwn || (deal.position === body.position && deal.entry !== 'in');
  return body.t === 'close-by' && deal.position === body.position && deal.entry === 'out-by';
}

/** Once all deals up to now are there: what they closed is closed, whatever else is late. */
export async function rebuildPositions(
  tx: OrderTx,
  touched: ReadonlySet<string>,
  isShown: (position: string) => boolean,
): Promise<void> {
  const held = (await tx.positions()).filter(({ position }) => touched.has(position));
  if (held.length === 0) return;
  // A book may have a thousand of them.
  const deals = await tx.dealsOf({ positions: held.map(({ position }) => position) });
  const tradesOf = new Map<string, Deal[]>(held.map(({ position }) => [position, []]));
  for (const deal of deals.filter(isTrade)) tradesOf.get(deal.position)?.push(deal);
  for (const each of held) {
    const trades = tradesOf.get(each.position) ?? [];
    if (isClosedBy(trades, each) && !isShown(each.position)) {
      await tx.removePosition(each.position);
      await tx.removeTrail(each.position);
      continue;
    }
    const left = leftOf(trades);
    const side: Side = left > 0 ? 'buy' : 'sell';
    const isKnown = trades.some(({ entry }) => entry === 'in') && left !== 0 && side === each.side;
    if (!isKnown || Math.abs(left) > each.volumeLots) continue;
    if (Math.abs(left) < each.volumeLots || each.closedLots > 0) {
      await tx.savePosition({ ...each, volumeLots: Math.abs(left), closedLots: 0 });
    }
  }
}
