/** A MetaTrader 5 report as a statement: who owns it, its deals with their positions, its balance. */
import { emptyDraft, exactSum, moves, type Draft } from './draft.ts';
import type { TableRow } from './html-rows.ts';
import { withPositions } from './mt5-positions.ts';
import { readMt5Rows, type Mt5Report } from './mt5-rows.ts';
import type { SkipList } from './skipped.ts';

/** Null where the rows hold no deal of MetaTrader 5. */
export function mt5Draft(rows: Iterable<TableRow>, skipped: SkipList): Draft | null {
  const draft = emptyDraft(skipped);
  const report = readMt5Rows(rows, skipped);
  if (report.deals.length === 0) return null;
  const { login, server } = report;
  draft.account = login === null ? null : server === null ? login : `${login}@${server}`;
  draft.currency = report.currency;
  draft.deals = withPositions(report);
  draft.isCut = isCut(report);
  const [first] = draft.deals;
  const last = draft.deals.findLast(({ balance }) => balance !== null);
  if (first?.balance !== null && first && last) {
    draft.startBalance = exactSum([first.balance, ...moves(first).map((money) => -money)]);
    draft.endBalance = last.balance;
  }
  return draft;
}

/**
 * Whatever stands at its end: its positions tell of a closing after the last of its deals, or
 * nothing follows its deals, where a terminal writes their totals and the results.
 */
function isCut({ deals, positions, isOver, hasSections }: Mt5Report): boolean {
  const lastMs = deals.reduce((last, { wallMs }) => Math.max(last, wallMs), -Infinity);
  return positions.some(({ closedMs }) => closedMs > lastMs) || (hasSections && !isOver);
}
