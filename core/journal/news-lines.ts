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

export interface JoinedNews {
  readonly lines: string;
  /** Of the added events those that are in it, each once. */
  readonly kept: number;
  /** Of both those that it has no room for, each once. */
  readonly left: number;
}

/**
 * Both in one, each event once, in order of time. Of one that both tell, the later text counts;
 * where a month has too many, what moves a market least goes first.
 */
export function joinedNews(before: readonly NewsEvent[], added: readonly NewsEvent[]): JoinedNews {
  const events = new Map<string, NewsEvent>();
  const addedKeys = new Set<string>();
  for (const event of before.flatMap(asLines)) events.set(keyOf(event), event);
  for (const event of added.flatMap(asLines)) {
    events.set(keyOf(event), event);
    addedKeys.add(keyOf(event));
  }
  const kept = withRoom([...events.values()].sort(byTime));
  return {
    lines: kept.map(lineOf).join('\n'),
    kept: kept.filter((event) => addedKeys.has(keyOf(event))).length,
    left: events.size - kept.length,
  };
}

/** As it is read back; none where a line cannot hold it. */
const asLines = (event: NewsEvent): readonly NewsEvent[] => readNewsLines(lineOf(event));
const keyOf = ({ atMs, currency, title }: NewsEvent): string => `${atMs} ${currency} ${title}`;

/** As many as a month can hold, those that move a market least left out first, then the last. */
function withRoom(all: readonly NewsEvent[]): readonly NewsEvent[] {
  let kept = all;
  for (const impact of ['low', 'medium'] as const) {
    if (fits(kept)) return kept;
    kept = all.filter((event) => rank(event) < newsImpacts.indexOf(impact));
  }
  let characters = -1;
  return kept.filter((event) => (characters += lineOf(event).length + 1) <= mostMonthCharacters);
}

function fits(events: readonly NewsEvent[]): boolean {
  const characters = events.reduce((sum, event) => sum + lineOf(event).length + 1, -1);
  return characters <= mostMonthCharacters;
}

const rank = ({ impact }: NewsEvent): number => newsImpacts.indexOf(impact);

function byTime(a: NewsEvent, b: NewsEvent): number {
  return a.atMs - b.atMs || order(a.currency, b.currency) || order(a.title, b.title);
}
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
