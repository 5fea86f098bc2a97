/** A round trip that nothing is written at, which most are: no more than its row. */
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { rMultiple } from '#core/journal/trip-figures.ts';
import { TripRow, type TripBeginning } from '#core/journal/trip-row.ts';
import type { ReportedTrip } from '#core/journal/trip-units.ts';
import type { JournalTrip } from './api.ts';
import { journalTrip } from './journal-trip.ts';
import type { CurrencyTeller } from './trip-currency.ts';
import { unmarked } from './united-marks.ts';

export class BareTrip extends TripRow implements JournalTrip {
  private readonly currencyOf: CurrencyTeller;

  constructor(deal: JournalDeal, beginning: TripBeginning, currencyOf: CurrencyTeller) {
    super(deal, beginning);
    this.currencyOf = currencyOf;
  }

  get tags(): readonly string[] {
    return unmarked.tags;
  }
  get met(): readonly string[] {
    return unmarked.met;
  }
  get mistakes(): readonly string[] {
    return unmarked.mistakes;
  }
  get rating(): null {
    return null;
  }
  get playbook(): null {
    return null;
  }
  get currency(): string | null {
    return this.currencyOf(this);
  }
  get r(): number | null {
    return rMultiple(this, this);
  }
}

/** With fields of its own: to be sent, written out or made more of. */
export function plainTrip<T extends ReportedTrip>(trip: T): T | JournalTrip {
  if (!(trip instanceof BareTrip)) return trip;
  return journalTrip(trip, unmarked, { currency: trip.currency, lentWorth: null });
}
