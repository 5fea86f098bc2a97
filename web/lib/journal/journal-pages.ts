/** The pages of the journal, in the order in which its head shows them; a new one is a line here. */
import { say } from '../words/language.ts';

export const journalPages: readonly { readonly href: string; readonly label: string }[] = [
  { href: '/journal/', label: say`Round trips` },
  { href: '/journal/day/', label: say`Day` },
  { href: '/journal/playbooks/', label: say`Playbooks` },
  { href: '/journal/reports/', label: say`Reports` },
];
