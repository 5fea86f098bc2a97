/** Signals in words: their reason with figures in it, and what their past says of them. */
import type { PastHits } from '#core/signals/past-hits.ts';
import type { SignalRule } from '#core/signals/signal.ts';
import type { SpokenSignal } from '#core/signals/signals-of.ts';
import { none, numberText, priceText } from '../words/numbers.ts';
import { say } from '../words/language.ts';

/** Fewer cases than these say nothing that could be trusted. */
export const leastCases = 20;

export function reasonText(
  { reasons }: Pick<SignalRule, 'reasons'>,
  { side, values }: Pick<SpokenSignal, 'side' | 'values'>,
  digits: number,
): string {
  return reasons[side].replace(/\{(\w+)(?::(\d))?\}/g, (_, name: string, decimals?: string) => {
    const value = values[name];
    if (value === undefined || !Number.isFinite(value)) return none;
    return decimals === undefined ? priceText(value, digits) : numberText(value, Number(decimals));
  });
}

const percent = (ratio: number | null) => numberText(ratio === null ? null : ratio * 100);

/** `58 %`, or why there is none. */
export function confidenceText({ ratio, cases }: PastHits): string {
  if (ratio === null) return say`no case yet`;
  if (cases < leastCases) return say`too few (${cases})`;
  return `${percent(ratio)} %`;
}

/** `70 of 120, 49–66 %; any bar 52 %`. */
export function confidenceDetail(past: PastHits): string {
  const { cases, hits, lowRatio, highRatio, anyRatio } = past;
  if (cases === 0) return say`never began before`;
  const span = `${percent(lowRatio)}–${percent(highRatio)} %`;
  const any = anyRatio === null ? '' : say`; any bar ${percent(anyRatio)} %`;
  return say`${numberText(hits)} of ${numberText(cases)}, ${span}${any}`;
}
