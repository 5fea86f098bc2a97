/** Large sums of dollars with three or four figures: `$3.10 T`, `$120 B`; small ones with their cents. */
import { none, numberText } from '../words/numbers.ts';

const steps: readonly (readonly [least: number, unit: string])[] = [
  [1e12, ' T'],
  [1e9, ' B'],
  [1e6, ' M'],
];

export function dollarText(value: number | null): string {
  if (value === null) return none;
  const [least, unit] = steps.find(([from]) => value >= from) ?? [1, ''];
  const shown = value / least;
  return `$${numberText(shown, decimals(shown))}${unit}`;
}

/** A price of a coin may be a small part of a cent. */
function decimals(shown: number): number {
  if (shown >= 100) return 0;
  if (shown >= 1 || shown === 0) return 2;
  return Math.min(10, 2 - Math.floor(Math.log10(shown)));
}
