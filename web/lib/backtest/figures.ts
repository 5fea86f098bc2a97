/** Percentages, ratios and plain numbers with no more digits than they have meaning. */
import { none, numberText, signedText } from '#lib/words/numbers.ts';

/** Two digits, fewer once they say nothing: `+1,234 %`, `−12.34 %`, never torn at the space. */
export function percentText(value: number | null | undefined, signed = false): string {
  if (value === null || value === undefined || Number.isNaN(value)) return none;
  // By the size as it will be shown: −99.999 is −100.0, not −100.00.
  const size = Math.abs(value);
  const digits = size >= 999.95 ? 0 : size >= 99.995 ? 1 : 2;
  return `${signed ? signedText(value, digits) : numberText(value, digits)}\u00a0%`;
}

const MOST_RATIO = 1e4;

/** Two digits, none from 100 on; past ten thousand only that: what is divided by nearly nothing. */
export function ratioText(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  if (Math.abs(value) > MOST_RATIO && Number.isFinite(value)) {
    return `${value < 0 ? '<' : '>'}\u00a0${numberText(Math.sign(value) * MOST_RATIO)}`;
  }
  return numberText(value, Math.abs(value) >= 100 ? 0 : 2);
}

/** Up to `most` decimals, none that are zero. */
export function plainNumber(value: number, most = 4): string {
  return numberText(value, Math.min(most, decimals(value)));
}

function decimals(value: number): number {
  const text = String(Number(value.toFixed(8)));
  return text.includes('e') ? 8 : (text.split('.')[1]?.length ?? 0);
}
