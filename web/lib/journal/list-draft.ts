/** What the trader says of the columns of a list of trades, in words, and what is wrong with it. */
import type { TradeRole } from '#workers/journal/api.ts';
import { say } from '../words/language.ts';

export const tradeRoleWords: Readonly<Record<TradeRole | '', string>> = {
  '': say`Left out`,
  ticket: say`Number`,
  symbol: say`Symbol`,
  side: say`Buy or sell`,
  volume: say`Volume`,
  opened: say`Time of opening`,
  closed: say`Time of closing`,
  openedClock: say`Time of day of opening`,
  closedClock: say`Time of day of closing`,
  openPrice: say`Opening price`,
  closePrice: say`Closing price`,
  sl: say`Stop`,
  tp: say`Target`,
  commission: say`Commission`,
  fee: say`Fee`,
  swap: say`Swap`,
  profit: say`Result before costs`,
  net: say`Result after costs`,
  comment: say`Comment`,
  account: say`Account`,
  currency: say`Currency`,
};

const needed: readonly TradeRole[] = [
  ...(['symbol', 'side', 'volume', 'opened', 'closed', 'openPrice', 'closePrice'] as const),
];

/** Why the columns make no round trips, in words; null when they do. */
export function listFault(roles: readonly string[]): string | null {
  const twice = roles.find((role, at) => role !== '' && roles.indexOf(role) !== at);
  if (twice !== undefined) {
    return say`Two columns are ${roleText(twice).toLowerCase()}. Leave one out.`;
  }
  const missing = needed.filter((role) => !roles.includes(role)).map(roleText);
  const hasMoney = roles.includes('profit') || roles.includes('net');
  if (!hasMoney) missing.push(tradeRoleWords.profit);
  return missing.length === 0 ? null : say`Missing: ${missing.join(', ')}.`;
}

const isRole = (role: string): role is TradeRole | '' => role in tradeRoleWords;
const roleText = (role: string): string => (isRole(role) ? tradeRoleWords[role] : role);
