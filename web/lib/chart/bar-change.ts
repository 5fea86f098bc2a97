/** How a bar moved from its open to its close, in words, with the sign said by more than a colour. */
import { numberText, signedText } from '../words/numbers.ts';

export interface BarChange {
  readonly tone: 'up' | 'down' | 'quiet';
  readonly text: string;
}

/** By the prices themselves, as prices may be negative; no percentage of an open at zero. */
export function changeOf(open: number, close: number): BarChange {
  const pct = open === 0 ? null : ((close - open) / Math.abs(open)) * 100;
  if (close === open) return { tone: 'quiet', text: `${numberText(0, 2)} %` };
  const rises = close > open;
  const amount = pct === null ? '' : ` ${signedText(pct, 2)} %`;
  return { tone: rises ? 'up' : 'down', text: `${rises ? '▲' : '▼'}${amount}` };
}
