/** Results in the unit that a report is asked for: money, R, percent of the account, pips. */
import type { PercentBase, TripUnit } from '#core/journal/trip-units.ts';
import { say } from '../words/language.ts';
import { countText, none, numberText, signedText } from '../words/numbers.ts';
import { dots } from '../words/without-money.ts';
import { moneyText, rText } from './trip-words.ts';

export const unitWords: Readonly<Record<TripUnit, string>> = {
  money: say`Money`,
  r: 'R',
  percent: say`% of the account`,
  pips: say`Pips`,
};

/** Closed round trips that cannot be told in it, and why; none are left out in money. */
export function untoldText(unit: TripUnit, untold: number): string {
  const left = countText(untold, 'round trip');
  switch (unit) {
    case 'money':
      return '';
    case 'r':
      return say`Without a stop, and left out here: ${left}.`;
    case 'percent':
      return say`Of accounts whose first deposit is not in the journal, and left out here: ${left}.`;
    case 'pips':
      return say`Of symbols that have no pip, and left out here: ${left}.`;
  }
}

/** What percent are of; with dots for the money where amounts are hidden. */
export function baseText(base: PercentBase, currency: string | null, isVeiled: boolean): string {
  const plain = moneyText(base.money, currency).replace(/^\+/, '');
  const money = isVeiled ? dots : plain;
  return base.accounts === 1
    ? say`Percent of ${money}, paid into the account before its first trade.`
    : say`Percent of ${money}, paid into ${numberText(base.accounts)} accounts before their first trades, added up.`;
}

/** `+12.50 USD`, `+1.25 R`, `+0.42 %`, `+12.3 pips`. */
export function unitText(value: number | null, unit: TripUnit, currency: string | null): string {
  if (value === null) return none;
  switch (unit) {
    case 'money':
      return moneyText(value, currency);
    case 'r':
      return rText(value);
    case 'percent':
      return `${signedText(value, 2)} %`;
    case 'pips':
      return say`${signedText(value, 1)} pips`;
  }
}

/** For a mark of an axis: the currency stands beside the figures. */
export function unitMarkText(value: number, unit: TripUnit, digits: number): string {
  const text = signedText(value, digits);
  switch (unit) {
    case 'money':
    case 'pips':
      return text;
    case 'r':
      return `${text} R`;
    case 'percent':
      return `${text} %`;
  }
}
