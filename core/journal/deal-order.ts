/** Each deal once, in the order in which they were made. */
import { dealTicket, type JournalDeal, type PassedDeal } from './journal-deal.ts';
import { compareTickets, type Ticket } from './ticket.ts';

/** Of deals told twice the one that tells more, whichever came first. */
export function eachOnce(deals: Iterable<JournalDeal>): JournalDeal[] {
  // By account and then by number: one key of both would have to be made for each deal.
  const accounts = new Map<string, Map<string, JournalDeal>>();
  for (const deal of deals) {
    let known = accounts.get(deal.account);
    if (!known) accounts.set(deal.account, (known = new Map()));
    const before = known.get(deal.deal);
    if (!before || isBetter(deal, before)) known.set(deal.deal, deal);
  }
  return [...accounts.values()].flatMap((known) => [...known.values()]);
}

function isBetter(deal: JournalDeal, before: JournalDeal): boolean {
  const more = tells(deal) - tells(before);
  // Sources that differ in no more than a figure: either will do, but always the same one.
  return more === 0 ? JSON.stringify(deal) < JSON.stringify(before) : more > 0;
}

/** How much of what a source may leave out is there. */
function tells({ position, entry, sl, tp, comment }: JournalDeal): number {
  return (
    (position === '' ? 0 : 8) +
    (entry ? 4 : 0) +
    (sl === null ? 0 : 2) +
    (tp === null ? 0 : 2) +
    (comment === '' ? 0 : 1)
  );
}

/** By time, then by number. */
export function byTime(a: JournalDeal, b: JournalDeal): number {
  return a.atMs - b.atMs || compareTickets(a.deal, b.deal);
}

/**
 * Whether each deal that it is given comes after those before it of its account, by time and by
 * number: each is then told once, and stands where sorting would set it.
 */
export function risingOrder(): (deal: PassedDeal) => boolean {
  interface Last {
    readonly account: string;
    ticket: Ticket;
    atMs: number;
  }
  const lasts = new Map<string, Last>();
  let last: Last | undefined;
  return (deal) => {
    const { account, atMs } = deal;
    const ticket = dealTicket(deal);
    if (last?.account !== account) last = lasts.get(account);
    if (!last) {
      lasts.set(account, (last = { account, ticket, atMs }));
      return true;
    }
    const isNext = last.atMs <= atMs && compareTickets(last.ticket, ticket) < 0;
    last.ticket = ticket;
    last.atMs = atMs;
    return isNext;
  };
}
