/** Deals of a connected account as the journal keeps them, beside those of its statements. */
import type { BrokerAccount } from '../broker/book.ts';
import type { DealView } from '../broker/views.ts';
import { wallToUtc, type Zone } from '../market/zone.ts';
import type { JournalDeal } from './journal-deal.ts';

/** With the stop and target that its order was sent with; null where nobody knows of any. */
export interface AccountDeal extends DealView {
  readonly sl: number | null;
  readonly tp: number | null;
}

/** After the deal of this time of the broker's server and id. */
export interface DealPlace {
  readonly ms: number;
  readonly id: string;
}

export interface AccountDeals {
  /** Whose they are: a device keeps its own person's alone. */
  readonly userId: string;
  /** The oldest first. */
  readonly deals: readonly AccountDeal[];
  /** From where to go on; null where there are no more. */
  readonly after: DealPlace | null;
}

/** As reports of MetaTrader name it, so that a deal that both tell is one. */
export function journalAccount({
  login,
  brokerServer,
}: Pick<BrokerAccount, 'login' | 'brokerServer'>): string {
  return `${login}@${brokerServer}`;
}

/** `zone` is that of the broker's server; `deals` are by its clock, the oldest first. */
export function dealsOfAccount(
  deals: readonly AccountDeal[],
  { account, zone }: { readonly account: string; readonly zone: Zone },
): readonly JournalDeal[] {
  const walls = Float64Array.from(deals, ({ serverMs }) => serverMs);
  const { utcMs } = wallToUtc(walls, zone, { equalTimes: true });
  return deals.map(({ serverMs, reason, ...deal }, at) => {
    const ms = utcMs[at] ?? NaN;
    // An hour that the clocks skipped: it was dealt all the same.
    const atMs = Number.isNaN(ms) ? serverMs - zone.offsetMsAt(serverMs) : ms;
    return { ...deal, account, fee: 0, atMs };
  });
}
