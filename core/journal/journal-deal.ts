/**
 * A deal as the journal keeps it, whether a statement, a connected account or the trader told it.
 *
 * A deal is known by its account and its own number: told twice, it is one.
 */
import type { DealEntry, DealKind } from '../broker/book.ts';
import { ticketOf, type Ticket } from './ticket.ts';

export interface JournalDeal {
  /** `login@server` of a broker's account as the statement spells them, or what the trader calls it. */
  readonly account: string;
  readonly deal: string;
  readonly order: string;
  /** Empty where the source names none: it then belongs to whatever is open of its symbol. */
  readonly position: string;
  readonly symbol: string;
  readonly kind: DealKind;
  /** Null for what is no trade, and where the source does not say. */
  readonly entry: DealEntry | null;
  readonly volumeLots: number;
  readonly price: number;
  readonly commission: number;
  readonly fee: number;
  readonly swap: number;
  readonly profit: number;
  readonly comment: string;
  /** UTC. */
  readonly atMs: number;
  /** Levels that stood when it was made; null where none or not told. */
  readonly sl: number | null;
  readonly tp: number | null;
}

/** One that is passed by, with what its table knows without making a text of it. */
export interface PassedDeal extends JournalDeal {
  readonly dealTicket?: Ticket;
  readonly positionTicket?: Ticket;
}

export const dealTicket = (deal: PassedDeal): Ticket => deal.dealTicket ?? ticketOf(deal.deal);
export const positionTicket = (deal: PassedDeal): Ticket =>
  deal.positionTicket ?? ticketOf(deal.position);

/** Many deals: an array of them, or a table that makes each when it is come to. */
export interface Deals extends Iterable<JournalDeal> {
  readonly length: number;
  /** Where there is a way that makes no deal of its own for each, see `passDeals`. */
  readonly pass?: (take: TakeDeal) => boolean;
}

/** Answers whether to go on. The deal becomes the next: what keeps it takes a copy, see `copyOf`. */
export type TakeDeal = (deal: PassedDeal) => boolean;

/** Goes through deals for what keeps none of them; false where `take` ended it. */
export function passDeals(deals: Deals, take: TakeDeal): boolean {
  if (deals.pass) return deals.pass(take);
  for (const deal of deals) if (!take(deal)) return false;
  return true;
}

/** Field by field: what is passed by has none of its own that could be spread. */
export function copyOf(deal: JournalDeal): JournalDeal {
  return {
    account: deal.account,
    deal: deal.deal,
    order: deal.order,
    position: deal.position,
    symbol: deal.symbol,
    kind: deal.kind,
    entry: deal.entry,
    volumeLots: deal.volumeLots,
    price: deal.price,
    commission: deal.commission,
    fee: deal.fee,
    swap: deal.swap,
    profit: deal.profit,
    comment: deal.comment,
    atMs: deal.atMs,
    sl: deal.sl,
    tp: deal.tp,
  };
}

/** One after the other. */
export function joinedDeals(parts: readonly Deals[]): Deals {
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    pass: (take) => parts.every((part) => passDeals(part, take)),
    *[Symbol.iterator]() {
      for (const part of parts) yield* part;
    },
  };
}

/** Two deals with the same key are the same deal. */
export function dealKey({ account, deal }: Pick<JournalDeal, 'account' | 'deal'>): string {
  return keyPrefix(account) + deal;
}

/** What the keys of all deals of an account begin with. */
export function keyPrefix(account: string): string {
  return `${account} `;
}
