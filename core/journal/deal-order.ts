/** Each deal once, in the order in which they were made. */
import type { JournalDeal } from './journal-deal.ts';

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

/** By time, then by number: tickets rise, and what is no number sorts as text after them. */
export function byTime(a: JournalDeal, b: JournalDeal): number {
  return a.atMs - b.atMs || compareTickets(a.deal, b.deal);
}

/**
 * Whether each deal that it is given comes after those before it of its account, by time and by
 * number: each is then told once, and stands where sorting would set it.
 */
export function risingOrder(): (deal: JournalDeal) => boolean {
  interface Last {
    readonly account: string;
    deal: string;
    atMs: number;
  }
  const lasts = new Map<string, Last>();
  let last: Last | undefined;
  return ({ account, deal, atMs }) => {
    if (last?.account !== account) last = lasts.get(account);
    if (!last) {
      lasts.set(account, (last = { account, deal, atMs }));
      return true;
    }
    const isNext = last.atMs <= atMs && compareTickets(last.deal, deal) < 0;
    last.deal = deal;
    last.atMs = atMs;
    return isNext;
  };
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

export function compareTickets(a: string, b: string): number {
  const [isNumber, isOther] = [isDigits(a), isDigits(b)];
  if (isNumber && isOther && a.length !== b.length) return a.length - b.length;
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
