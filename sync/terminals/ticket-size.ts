/** The volume that a ticket may have for so much risk, and what it would take of the account. */
import type { OrderTicket } from '#core/broker/request.ts';
import type { SizeView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import { lotsForRisk } from '#core/risk/lot-size.ts';
import type { OrderTx } from '../orders/order-store.ts';
import { ordersOf, withoutAccount, type TraderContext } from './trader-context.ts';

export interface SizeAsked {
  readonly accountId: string;
  readonly ticket: Omit<OrderTicket, 'volumeLots'>;
  /** Of equity. */
  readonly riskRatio: number;
}

/** What a `smart` order of the same ticket would be sent with, as things stand. */
export async function sizeOf(
  ctx: TraderContext,
  { accountId, ticket, riskRatio }: SizeAsked,
): Promise<Result<SizeView, Failure>> {
  const sized = await ordersOf(ctx).transact(accountId, async (tx) => {
    const facts = await factsOf(tx, ticket.symbol);
    const instrument = facts?.instruments.get(ticket.symbol);
    if (!facts || !instrument) return fail(unready);
    const quote = ctx.services.terminals.quoteOf(accountId, ticket.symbol);
    return lotsForRisk({ ...facts, instrument, quote, ticket, riskRatio });
  });
  return sized ?? withoutAccount;
}

const unready: Failure = {
  code: 'trade.account-unready',
  detail: 'The terminal has not said yet what its broker quotes.',
};

async function factsOf(tx: OrderTx, symbol: string) {
  const { broker, limits, peakEquity } = tx.account;
  if (!broker) return null;
  const positions = await tx.positions();
  const orders = await tx.orders();
  const symbols = new Set([symbol, ...[...positions, ...orders].map((held) => held.symbol)]);
  const known = await tx.instruments([...symbols]);
  const instruments = new Map(known.map((one) => [one.symbol, one]));
  return {
    broker,
    limits,
    peakEquity,
    positions,
    orders,
    instruments,
    intents: await tx.openIntents(),
  };
}
