/** What is at risk, in words that do not call an open end nothing. */
import { numberText } from '../words/numbers.ts';
import type { OpenRisk } from './today.ts';
import { say } from '../words/language.ts';

export const riskAbout = say`What is lost from now on if every stop is hit at its price; without a stop nobody can say.`;
export const resultAbout = say`Change of equity since midnight, or since it was first seen today, with money paid in or out.`;

/** `120.00`, `≥ 120.00` beside positions without a stop, `no stop` where there are those alone. */
export function riskText({ atStops, withoutStop }: OpenRisk): string {
  if (withoutStop === 0) return numberText(atStops, 2);
  return atStops > 0 ? `≥ ${numberText(atStops, 2)}` : say`no stop`;
}
