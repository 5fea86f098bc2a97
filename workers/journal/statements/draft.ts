/** A statement while it is read, its times as the clock of its server showed them. */
import type { Failure } from '#core/errors.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { findZone, wallToUtc } from '#core/market/zone.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { SkipList } from './skipped.ts';
import type { StatementChoice, StatementRead } from './statement.ts';

export interface DraftDeal extends Omit<JournalDeal, 'account' | 'atMs'> {
  readonly wallMs: number;
  readonly line: number;
  /** Of the account after it, where the statement has such a column. */
  readonly balance: number | null;
}

export interface Draft {
  account: string | null;
  currency: string | null;
  statedZone: string | null;
  deals: DraftDeal[];
  startBalance: number | null;
  endBalance: number | null;
  readonly skipped: SkipList;
}

export function emptyDraft(skipped: SkipList): Draft {
  return {
    ...{ account: null, currency: null, statedZone: null, deals: [] },
    ...{ startBalance: null, endBalance: null, skipped },
  };
}

/** Server time of most MetaTrader brokers: its day ends at 17:00 in New York. */
const brokerZone = 'America/New_York+07:00';

/** With the trader's answers. Error: `journal.zone-unknown`. */
export function finished(
  format: string,
  draft: Draft,
  choice: StatementChoice,
): Result<StatementRead, Failure> {
  const asked = choice.zone ?? draft.statedZone ?? brokerZone;
  const zone = findZone(asked === 'broker' ? brokerZone : asked);
  if (!zone.ok) return fail({ code: 'journal.zone-unknown', detail: zone.error.detail });
  const told = choice.account?.trim() ?? '';
  const account = told === '' ? draft.account : told;
  const walls = Float64Array.from(draft.deals, ({ wallMs }) => wallMs);
  const { utcMs } = wallToUtc(walls, zone.value, { equalTimes: true });
  const deals = draft.deals.flatMap(({ wallMs, line, balance: _, ...deal }, at): JournalDeal[] => {
    const atMs = utcMs[at] ?? NaN;
    if (!Number.isNaN(atMs)) return [{ account: account ?? '', ...deal, atMs }];
    const clock = new Date(wallMs).toISOString().slice(0, 16).replace('T', ' ');
    draft.skipped.add(
      line,
      'In this time zone the clocks skipped that hour.',
      `${clock} ${deal.deal}`,
    );
    return [];
  });
  return ok({
    ...{ format, account, deals },
    currency: choice.currency ?? draft.currency,
    statedZone: draft.statedZone,
    ...draft.skipped.told(),
    startBalance: draft.startBalance,
    endBalance: draft.endBalance,
    balanceFault: faultOf(draft, deals),
  });
}

/** Money of a deal that moves the balance; credit stands beside it. */
export function moves({
  kind,
  profit,
  commission,
  fee,
  swap,
}: Omit<JournalDeal, 'account' | 'atMs'>) {
  return kind === 'credit' ? [] : [profit, commission, fee, swap];
}

function faultOf({ startBalance, endBalance }: Draft, deals: readonly JournalDeal[]) {
  if (startBalance === null || endBalance === null) return null;
  const fault = exactSum([endBalance, -startBalance, ...negated(deals)]);
  return fault === 0 ? null : fault;
}

function* negated(deals: readonly JournalDeal[]): Generator<number> {
  for (const deal of deals) for (const money of moves(deal)) yield -money;
}

/** In whole hundred-millionths, so that decimals leave nothing behind. */
export function exactSum(amounts: Iterable<number>): number {
  let whole = 0;
  let parts = 0;
  for (const amount of amounts) {
    const most = Math.trunc(amount);
    whole += most;
    parts += Math.round((amount - most) * 1e8);
  }
  return Math.round((whole + parts / 1e8) * 1e8) / 1e8;
}
