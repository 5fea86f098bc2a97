/** The checklist of a day: the trader's template, and what of it the day keeps. */
import type { ChecklistItem } from '../collections/checklist-item.ts';
import type { DayEntry } from '../collections/journal-day.ts';

export interface ChecklistLine {
  readonly id: string;
  readonly label: string;
  readonly isTicked: boolean;
}

type Ticks = Pick<DayEntry, 'items' | 'ticked'>;

export function inOrder(template: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return template.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

/**
 * The lines of a day in the order of the template, those that it has no more at the end.
 *
 * A day that is over keeps the lines it had when one was ticked. Until then the template counts;
 * what is ticked stays as it was.
 */
export function checklistOf(
  template: readonly ChecklistItem[],
  day: Ticks | undefined,
  { isOver }: { readonly isOver: boolean },
): readonly ChecklistLine[] {
  const kept = new Map(Object.entries(day?.items ?? {}));
  const ticked = new Set(day?.ticked);
  const isSettled = isOver && kept.size > 0;
  const lines: ChecklistLine[] = [];
  for (const { id, label } of inOrder(template)) {
    const own = kept.get(id);
    if (isSettled && own === undefined) continue;
    const isTicked = ticked.has(id);
    lines.push({ id, label: own !== undefined && (isSettled || isTicked) ? own : label, isTicked });
    kept.delete(id);
  }
  for (const [id, label] of kept) {
    const isTicked = ticked.has(id);
    if (isSettled || isTicked) lines.push({ id, label, isTicked });
  }
  return lines;
}

/** True where the day has lines and each of them was ticked. */
export function isChecklistDone({ items, ticked }: Ticks): boolean {
  const ids = Object.keys(items);
  return ids.length > 0 && ids.every((id) => ticked.includes(id));
}

/** The day with a line ticked, or not any more, and the lines that it has now. */
export function withTick(
  lines: readonly ChecklistLine[],
  ticked: readonly string[],
  tick: { readonly id: string; readonly isTicked: boolean },
): Ticks {
  const others = ticked.filter((id) => id !== tick.id);
  return {
    items: Object.fromEntries(lines.map(({ id, label }) => [id, label])),
    ticked: tick.isTicked ? [...others, tick.id] : others,
  };
}
