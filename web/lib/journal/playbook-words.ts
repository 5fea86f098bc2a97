/** Playbooks as lists and selects show them. */
import type { Playbook } from '#core/collections/playbook.ts';
import { compareText } from '#core/compare-text.ts';
import { say } from '../words/language.ts';

export interface Criterion {
  readonly id: string;
  readonly text: string;
}

/** In the order in which they were added. */
export function criteriaOf({ criteria }: Pick<Playbook, 'criteria'>): readonly Criterion[] {
  return Object.keys(criteria)
    .sort()
    .map((id) => ({ id, text: criteria[id]! }));
}

/** What it is called; a round trip may name one that was deleted, or has not come yet. */
export function playbookName(playbooks: readonly Playbook[], id: string): string {
  const found = playbooks.find((each) => each.id === id);
  if (!found) return say`A playbook that is gone`;
  return found.name || say`Playbook without a name`;
}

export const byName = (playbooks: readonly Playbook[]): readonly Playbook[] =>
  playbooks.toSorted((a, b) => compareText(a.name, b.name) || (a.id < b.id ? -1 : 1));

/** By name, `none` first; `chosen` is among them in any case. */
export function playbookOptions(
  playbooks: readonly Playbook[],
  chosen: string | null,
  none: string,
): readonly { readonly value: string; readonly label: string }[] {
  const ids = byName(playbooks).map(({ id }) => id);
  const gone = chosen !== null && !ids.includes(chosen) ? [chosen] : [];
  return [
    { value: '', label: none },
    ...[...ids, ...gone].map((id) => ({ value: id, label: playbookName(playbooks, id) })),
  ];
}
