/** What a file of a broker's says of an account: its deals, and what was not understood. */
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import type { SaidColumns } from './list-columns.ts';

/** What the trader is asked where the file does not say; missing = as the file suggests. */
export interface StatementChoice {
  readonly account?: string;
  /** IANA, or `broker` for New York shifted by seven hours. */
  readonly zone?: string;
  readonly currency?: string;
  /** How a list of trades is read. */
  readonly columns?: SaidColumns;
}

export interface SkippedLine {
  readonly line: number;
  /** In words for a trader. */
  readonly reason: string;
  readonly text: string;
}

export interface StatementRead {
  /** `mt5-html`, `mt5-xlsx`, `mt5-csv`, `mt4-html`, `generic`. */
  readonly format: string;
  readonly account: string | null;
  readonly currency: string | null;
  /** The zone its times are in, where it says so. */
  readonly statedZone: string | null;
  /** Each of its times states its zone: none is asked for. */
  readonly timesAreUtc: boolean;
  readonly deals: readonly JournalDeal[];
  /** The first hundred; all are counted by reason. */
  readonly skipped: readonly SkippedLine[];
  readonly skippedByReason: Readonly<Record<string, number>>;
  readonly startBalance: number | null;
  readonly endBalance: number | null;
  /** The file stops before its end, so that deals may be missing after those that it has. */
  readonly isCut: boolean;
  /** What the deals miss of the change of the balance, in money; null where it is exact or unknown. */
  readonly balanceFault: number | null;
}
