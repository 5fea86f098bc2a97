/** What the journal knows of a round trip that is being entered by hand. */
import type { HandAsk, HandHints, JournalTrip } from './api.ts';
import type { TripBook } from './trip-book.ts';

/** Of another account where its own tells nothing: it is a proposal, which the trader may overwrite. */
export function handHints(book: TripBook, ask: HandAsk): HandHints {
  const trips = book.all();
  const currency = ask.currency ?? lastCurrency(trips, ask.account);
  const others = new Set(trips.map(({ account }) => account));
  for (const account of new Set([ask.account, ...others])) {
    const perLot = book.lotWorth({ ...ask, account, currency });
    if (perLot !== null) return { currency, perLot };
  }
  return { currency, perLot: null };
}

/** Of the account's last round trip, else of the last of all. */
function lastCurrency(trips: readonly JournalTrip[], account: string): string | null {
  const told = trips.filter(({ currency }) => currency !== null);
  const last = told.findLast((trip) => trip.account === account) ?? told.at(-1);
  return last?.currency ?? null;
}
