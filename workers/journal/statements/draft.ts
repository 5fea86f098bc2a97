/** A statement while it is read, its times as the clock of its server showed them. */
import type { Failure } from '#core/errors.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { findZone } from '#core/market/zone.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { draftTimes } from './draft-times.ts';
import type { SkipList } from './skipped.ts';
import type { StatementChoice, StatementRead } from './statement.ts';

export interface DraftDeal extends Omit<JournalDeal, 'account' | 'atMs'> {
  readonly wallMs: number;
  /** `wallMs` is UTC: the file states the zone of that time. */
  readonly isUtc?: true;
  readonly line: number;
  /** The deal that opened what it closes, where one line tells of both. */
  readonly opening?: DraftDeal;
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
  /** The file stops before its end: what it says last is not what happened last. */
  isCut: boolean;
  readonly skipped: SkipList;
}

export function emptyDraft(skipped: SkipList): Draft {
  return {
    ...{ account: null, currency: null, statedZone: null, deals: [] },
    ...{ startBalance: null, endBalance: null, isCut: false, skipped },
  };
}

/** Server time of most MetaTrader brokers: its day ends at 17:00 in New York. */
const brokerZone = 'America/New_York+07:00';

/** With the trader's answers; the draft stays as it is, for others. Error: `journal.zone-unknown`. */
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
  const { utcMs, faults } = draftTimes(draft.deals, zone.value);
  const skipped = draft.skipped.copy();
  const deals: JournalDeal[] = [];
  const faultLines = new Set<number>();
  draft.deals.forEach((deal, at) => {
    const fault = faults.get(at);
    if (fault === undefined) {
      deals.push(dealOf(deal, account ?? '', utcMs[at]!));
      return;
    }
    // Of a line that tells of two deals once.
    if (faultLines.has(deal.line)) return;
    faultLines.add(deal.line);
    const clock = new Date(deal.wallMs).toISOString().slice(0, 16).replace('T', ' ');
    skipped.add(deal.line, fault, `${clock} ${deal.deal}`);
  });
  return ok({
    ...{ format, account, deals, isCut: draft.isCut },
    currency: choice.currency ?? draft.currency,
    statedZone: draft.statedZone,
    timesAreUtc: deals.length > 0 && draft.deals.every(({ isUtc }) => isUtc === true),
    ...skipped.told(),
    startBalance: draft.startBalance,
    endBalance: draft.endBalance,
    balanceFault: faultOf(draft, deals),
  });
}

/** Field by field: what is left of an object without some of its fields is slow to make and to read. */
function dealOf(deal: DraftDeal, account: string, atMs: number): JournalDeal {
  return {
    account,
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
    atMs,
    sl: deal.sl,
    tp: deal.tp,
  };
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

/** Exact to the hundred-millionth, however large: decimals leave nothing behind. */
export function exactSum(amounts: Iterable<number>): number {
  let large = 0n;
  let small = 0;
  for (const amount of amounts) {
    if (!Number.isFinite(amount)) return NaN;
    if (Math.abs(amount) < mostPlain) small += Math.round(amount * 1e8);
    else large += scaled(amount);
    // Within what a number counts without a gap.
    if (Math.abs(small) < 4e15) continue;
    large += BigInt(small);
    small = 0;
  }
  return unscaled(large + BigInt(small));
}

/** Below it a number differs from its decimals by less than half a hundred-millionth. */
const mostPlain = 1e6;

/** Of the decimals that a number is told with: its binary digits are others. */
function scaled(amount: number): bigint {
  if (Math.abs(amount) >= 1e21) return BigInt(amount) * 100_000_000n;
  const [whole = '0', parts = ''] = String(amount).split('.');
  return BigInt(whole + parts.slice(0, 8).padEnd(8, '0'));
}

function unscaled(sum: bigint): number {
  const digits = String(sum < 0n ? -sum : sum).padStart(9, '0');
  const value = Number(`${digits.slice(0, -8)}.${digits.slice(-8)}`);
  return sum < 0n ? -value : value;
}
