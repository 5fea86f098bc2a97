/** A ticket that was put aside, to go together with others. */
import type { OrderTicket } from '#core/broker/request.ts';

export interface StagedTicket {
  readonly id: number;
  readonly ticket: OrderTicket;
  readonly words: string;
}

/** Two waiting orders can be a pair of which one cancels the other. */
export function canBePair(staged: readonly StagedTicket[]): boolean {
  return staged.length === 2 && staged.every(({ ticket }) => ticket.kind !== 'market');
}
