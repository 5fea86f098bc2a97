/** What a ticket takes, costs and may lose, as far as the symbol's figures and past deals tell. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { DealView } from '#core/broker/views.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import { rewardRatio } from '#core/risk/lot-size.ts';
import { moneyOfMove } from '#core/risk/move.ts';

export interface TicketCost {
  readonly volumeLots: number;
  readonly marginMoney: number;
  /** Account money lost at the stop. */
  readonly riskMoney: number;
  /** Without a stop of its own, what the account's limits assume. */
  readonly isAssumed: boolean;
  /** Null without a target. */
  readonly rewardMoney: number | null;
  /** Way to the target ÷ way to the stop; null without either. */
  readonly rewardRatio: number | null;
  /** Null without a price. */
  readonly spreadMoney: number | null;
  readonly spreadPoints: number | null;
  /** Both sides, as last charged; null where nothing of the symbol was dealt yet. */
  readonly commissionMoney: number | null;
  /** Booked each night, negative where it is paid. */
  readonly swapMoney: number;
}

export interface CostContext {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  /** Where it would be filled. */
  readonly entry: number;
  /** How far away the account's limits take a stop to be that is not there. */
  readonly defaultStopRatio: number;
  readonly commissionPerLot: number | null;
}

export function ticketCost(ticket: OrderTicket, context: CostContext): TicketCost {
  const { side, sl, tp, volumeLots } = ticket;
  const { instrument, quote, entry, defaultStopRatio, commissionPerLot } = context;
  const { pointSize, marginPerLot, swapLongPoints, swapShortPoints } = instrument;
  const direction = side === 'buy' ? 1 : -1;
  const money = (way: number) => moneyOfMove(way, volumeLots, instrument);
  const toStop = sl === null ? entry * defaultStopRatio : (entry - sl) * direction;
  const spread = quote && quote.ask - quote.bid;
  return {
    volumeLots,
    marginMoney: volumeLots * marginPerLot,
    riskMoney: Math.max(0, money(toStop)),
    isAssumed: sl === null,
    rewardMoney: tp === null ? null : money((tp - entry) * direction),
    rewardRatio: sl === null ? null : rewardRatio({ side, entry, sl, tp }),
    spreadMoney: spread === null ? null : money(spread),
    spreadPoints: spread === null ? null : Math.round(spread / pointSize),
    commissionMoney: commissionPerLot === null ? null : commissionPerLot * volumeLots,
    swapMoney: money((side === 'buy' ? swapLongPoints : swapShortPoints) * pointSize),
  };
}

/**
 * Account money that a lot of the symbol pays in commission, in and out, as it was last charged;
 * null where no deal tells. What is charged on one side alone counts once.
 */
export function commissionPerLot(deals: readonly DealView[], symbol: string): number | null {
  const dealt = deals.filter((deal) => deal.symbol === symbol && deal.volumeLots > 0);
  const last = (entry: 'in' | 'out') => {
    const deal = dealt.find((each) => each.entry === entry);
    return deal && Math.abs(deal.commission) / deal.volumeLots;
  };
  const opening = last('in');
  if (opening === undefined) return null;
  // Until something was closed it is taken to be charged on both sides alike.
  return opening + (last('out') ?? opening);
}
