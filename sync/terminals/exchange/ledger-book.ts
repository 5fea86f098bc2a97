/** An exchange account's ledger as it is kept beside its journal. */
import { ledgerShape, newLedger, type Ledger } from './trade-ledger.ts';

export interface LedgerBook {
  read(): Ledger;
  write(ledger: Ledger): void;
  /** For what keeps it: what changed since it was last asked, and all of it as JSON. */
  takeEvents(): readonly unknown[];
  text(): string;
}

/** `stored` is what was kept, or anything else where nothing was; then it begins at `nowMs`. */
export function openLedgerBook(stored: unknown, nowMs: number): LedgerBook {
  const read = ledgerShape.safeParse(stored);
  let ledger: Ledger = read.success ? read.data : newLedger(nowMs);
  let hasChanged = !read.success;
  return {
    read: () => ledger,
    write(next) {
      if (next === ledger) return;
      ledger = next;
      hasChanged = true;
    },
    takeEvents() {
      const events = hasChanged ? [ledger] : [];
      hasChanged = false;
      return events;
    },
    text: () => JSON.stringify(ledger),
  };
}
