/**
 * News of one month as a text, one event a line: minutes since 1970, currency, first letter of the
 * impact, title; apart by a tab. Small enough to travel whole to other devices.
 */
import { newsImpacts, type NewsEvent } from './news.ts';

/** What one row of a device's journal holds. */
export const mostMonthCharacters = 20_000;
const longestTitle = 80;
const minuteMs = 60_000;

/** `202611`: UTC. */
export const monthOfNews = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7);

function lineOf({ atMs, currency, impact, title }: NewsEvent): string {
  const plain = title.replaceAll(/\s+/g, ' ').trim().slice(0, longestTitle);
  return [Math.floor(atMs / minuteMs), currency, impact[0], plain].join('\t');
}

/** Lines that are damaged are left out. */
export function readNewsLines(text: string): readonly NewsEvent[] {
  return text.split('\n').flatMap((line): readonly NewsEvent[] => {
    const [minute = '', currency = '', letter = '', title = ''] = line.split('\t');
    const impact = newsImpacts.find((each) => each.startsWith(letter) && letter !== '');
    const isTold = /^\d{1,9}$/.test(minute) && /^[A-Z]{3}$/.test(currency) && impact !== undefined;
    return isTold ? [{ atMs: Number(minute) * minuteMs, currency, impact, title }] : [];
  });
}

/**
 * Both in one, each event once, in order of time. Of one that both tell, the later text counts;
 * where a month has too many, what moves a market least goes first.
 */
export function joinedNewsLines(before: readonly NewsEvent[], added: readonly NewsEvent[]): string {
  const events = new Map<string, NewsEvent>();
  for (const event of [...before, ...added]) {
    const [line] = readNewsLines(lineOf(event));
    if (line) events.set(`${line.atMs} ${line.currency} ${line.title}`, line);
  }
  const all = [...events.values()].sort(byTime);
  let text = all.map(lineOf).join('\n');
  for (const impact of ['low', 'medium'] as const) {
    if (text.length <= mostMonthCharacters) break;
    const kept = all.filter((event) => rank(event) < newsImpacts.indexOf(impact));
    text = kept.map(lineOf).join('\n');
  }
  return text.length <= mostMonthCharacters
    ? text
    : text.slice(0, text.lastIndexOf('\n', mostMonthCharacters));
}

const rank = ({ impact }: NewsEvent): number => newsImpacts.indexOf(impact);

function byTime(a: NewsEvent, b: NewsEvent): number {
  return a.atMs - b.atMs || order(a.currency, b.currency) || order(a.title, b.title);
}
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
