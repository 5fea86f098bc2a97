/** How old a price is, and whether an order may still go by it. */
import type { Quote } from '#core/broker/instrument.ts';
import { durationText } from '../words/times.ts';
import { say } from '../words/language.ts';

/** The server refuses a market order by a price older than this. */
export const staleMs = 15_000;
/** From here on its age is shown. */
export const agedMs = 5_000;

export function quoteAgeMs({ timeMs }: Pick<Quote, 'timeMs'>, nowMs: number): number {
  return Math.max(0, nowMs - timeMs);
}

/** `12 s old`, or '' for a fresh one. */
export function ageText(ageMs: number): string {
  return ageMs < agedMs ? '' : say`${durationText(Math.floor(ageMs / 1_000) * 1_000)} old`;
}
