/** How many alerts a trader may have, and symbols an account may be asked for because of them. */
import { isOver, mostAlertSymbols, symbolOf, type AlertTerms } from '#core/alerts/alert.ts';
import type { Failure } from '#core/errors.ts';
import type { AlertRow } from './alert-rows.ts';

export const tooMany = (most: number): Failure => ({
  code: 'account.too-many',
  detail: `There may be ${most}.`,
  figures: { most },
});

export interface Waiting {
  readonly accountId: string;
  readonly condition: AlertTerms['condition'];
}

/** Null where the account's other alerts that wait leave room for the symbol of one that shall. */
export function whyNoRoom(
  others: readonly AlertRow[],
  { accountId, condition }: Waiting,
  nowMs: number,
): Failure | null {
  const symbol = symbolOf(condition);
  if (symbol === null) return null;
  const waiting = others.filter(
    (each) => each.accountId === accountId && each.state === 'on' && !isOver(each, nowMs),
  );
  const named = new Set([symbol, ...waiting.map((each) => symbolOf(each.condition))]);
  named.delete(null);
  return named.size > mostAlertSymbols ? tooMany(mostAlertSymbols) : null;
}
