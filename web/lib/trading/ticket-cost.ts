/** What a ticket of a known volume takes and may lose, as far as the symbol's figures tell. */
import type { Instrument } from '#core/broker/instrument.ts';
import type { SizeView } from '#core/broker/views.ts';
import type { DraftTicket } from './ticket-draft.ts';

export interface TicketCost extends SizeView {
  /** Without a stop of its own, what the account's limits assume. */
  readonly isAssumed: boolean;
}

export interface Sized {
  readonly volumeLots: number;
  /** Where it would be filled. */
  readonly entry: number;
  /** How far away the account's limits take a stop to be that is not there. */
  readonly defaultStopRatio: number;
}

export function ticketCost(
  ticket: DraftTicket,
  { volumeLots, entry, defaultStopRatio }: Sized,
  { tickSize, tickValue, marginPerLot }: Instrument,
): TicketCost {
  const direction = ticket.side === 'buy' ? 1 : -1;
  const toStop = ticket.sl === null ? entry * defaultStopRatio : (entry - ticket.sl) * direction;
  const toTarget = ticket.tp === null ? null : (ticket.tp - entry) * direction;
  return {
    volumeLots,
    marginMoney: volumeLots * marginPerLot,
    riskMoney: Math.max(0, (toStop / tickSize) * tickValue * volumeLots),
    isAssumed: ticket.sl === null,
    rewardRatio:
      ticket.sl === null || toTarget === null || toStop <= 0
        ? null
        : Math.max(0, toTarget / toStop),
  };
}
