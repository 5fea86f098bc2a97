/** What a note is called and shown as where its whole text is not: titles, beginnings, tags. */
import type { Note } from '#core/collections/note.ts';
import { say } from '../words/language.ts';

export const excerptLength = 2_000;
export const mostTitleLength = 200;
const mostTagLength = 40;
const mostTags = 50;

/** Without what a database refuses to keep: NUL and halves of a character. */
export function storable(text: string): string {
  return text.replaceAll(/[\0\p{Cs}]/gu, '');
}

/** The beginning of a note's text, for lists and for searching. */
export function excerptOf(text: string): string {
  return storable(text.slice(0, excerptLength));
}

export function cleanTitle(text: string): string {
  return storable(text.replaceAll(/\s+/g, ' ').trimStart().slice(0, mostTitleLength)).trimEnd();
}

/** Its title, or its first line, as people find it in a list. */
export function titleOf({ title, excerpt }: Pick<Note, 'title' | 'excerpt'>): string {
  return title || firstLine(excerpt).slice(0, 120) || say`Untitled note`;
}

/** What stands under the title in a list; without the line that the title is made of. */
export function beginningOf({ title, excerpt }: Pick<Note, 'title' | 'excerpt'>): string {
  const text = excerpt.trim();
  const rest = title ? text : text.slice(firstLine(excerpt).length);
  return rest.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]!.trim();
}

/**
 * The tags with one more, spelt as it is already used; the same list where nothing is added.
 */
export function withTag(
  tags: readonly string[],
  typed: string,
  used: readonly string[] = [],
): readonly string[] {
  const spaced = typed.replaceAll(/[\s,#\p{Cc}]+/gu, ' ').trimStart();
  const clean = storable(spaced.slice(0, mostTagLength)).trimEnd();
  const same = (other: string) => other.toLowerCase() === clean.toLowerCase();
  if (clean === '' || tags.some(same) || tags.length >= mostTags) return tags;
  return [...tags, used.find(same) ?? clean];
}

/** Whether every word of `sought` stands in the note's title, beginning or tags. */
export function isFound(
  note: Pick<Note, 'title' | 'excerpt' | 'tags'>,
  sought: { readonly text: string; readonly tag: string | null },
): boolean {
  if (sought.tag !== null && !note.tags.includes(sought.tag)) return false;
  const words = sought.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const whole = `${note.title}\n${note.excerpt}\n${note.tags.join('\n')}`.toLowerCase();
  return words.every((word) => whole.includes(word));
}

/** Tags by how often notes have them, the most used first. */
export function usedTags(notes: readonly Pick<Note, 'tags'>[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { tags } of notes) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([tag]) => tag);
}
