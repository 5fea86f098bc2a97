/** The keys of the whole app, as people press them. */
import { pages } from '#lib/navigation.ts';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['Ctrl K'], does: 'Find a page, a series, a run, a note or an action' },
  { keys: ['?'], does: 'Show these keys' },
  ...pages.map((page) => ({ keys: ['G', page.key.toUpperCase()], does: `Go to ${page.label}` })),
  { keys: ['↑ ↓'], does: 'Move among the rows of a table' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['Ctrl C'], does: 'Copy the row, or without one the table, for a spreadsheet' },
  { keys: ['C'], does: 'Write a new note, on the page of notes' },
  { keys: ['/'], does: 'Search the notes, there' },
  { keys: ['F9'], does: 'Go to the order form, on the page of orders' },
  { keys: ['B', 'S'], does: 'Buy or sell, in the order form; Enter sends, Esc empties it' },
  { keys: ['Del'], does: 'Close the chosen position, or cancel the chosen order' },
  {
    keys: ['P', 'R', 'E', 'T', 'O'],
    does: 'Part, reverse, break-even, trailing stop, by opposite',
  },
  { keys: ['Esc'], does: 'Close a dialog, leave full screen' },
];

/** Whether keys go into what has the focus, so that letters there are no shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
