/** What a report leaves out in its unit, in words. */
import type { TripReport } from '#core/journal/trip-report.ts';
import { say } from '../words/language.ts';
import { untoldText } from './unit-words.ts';

/** Empty where it leaves nothing out. */
export function leftOutNote({ unit, untold, currencies, currency }: TripReport): string {
  const left = untold > 0 ? untoldText(unit, untold) : '';
  const isOfMoney = unit === 'money' || unit === 'percent';
  const others = isOfMoney ? currencies.filter((each) => each !== currency) : [];
  const other = others.map((each) => each ?? say`not told`).join(', ');
  return [left, other && say`In other currencies, and left out here: ${other}.`]
    .filter((part) => part !== '')
    .join(' ');
}
