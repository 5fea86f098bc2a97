/** What is said of a calendar that is read and kept: why lines were left out, what had no room. */
import type { NewsSkip } from '#workers/journal/api.ts';
import type { Notice } from '../state/notices.ts';
import { say } from '../words/language.ts';
import { countText } from '../words/numbers.ts';
import type { NewsAdded } from './news-store.ts';

export const skipWords: Readonly<Record<NewsSkip, string>> = {
  'no-title': say`no title`,
  'no-currency': say`no currency that is known`,
  'no-impact': say`no impact that is known`,
  'no-time': say`no time of day`,
  'skipped-time': say`a time that the clocks skipped`,
  'not-read': say`after the lines that are read`,
};

const mostMonths = 6;

/** A month that is too full is no failure, and nothing to be missed. */
export function addedNotice({ kept, left, fullMonths }: NewsAdded): Notice {
  const text = say`Kept: ${countText(kept, 'event')}`;
  if (left === 0) return { text, tone: 'ok' };
  const months = fullMonths.slice(0, mostMonths).join(', ');
  const more = fullMonths.length > mostMonths ? '…' : '';
  const detail = say`Without room: ${countText(left, 'event')}. A month holds some 500; what moves markets least was left out, in ${months}${more}.`;
  return { text, detail, tone: 'warning', stay: true };
}
