/** What was wrong with lines of a file, and what was done about each kind, in words. */
import type { LineProblem } from '#workers/import/api.ts';

export const problemWords: Readonly<
  Record<LineProblem['kind'], { readonly name: string; readonly done: string }>
> = {
  unreadable: { name: 'Unreadable rows', done: 'left out' },
  'impossible-prices': { name: 'Impossible prices', done: 'left out, never repaired' },
  duplicate: { name: 'The same time twice', done: 'the first row was kept' },
  'out-of-order': { name: 'Out of order', done: 'sorted by time' },
  gap: { name: 'Gaps', done: 'left open, nothing was filled in' },
  conflict: { name: 'Differs from what is stored', done: 'decided as you chose' },
  'skipped-hour': { name: 'In the hour that summer time skips', done: 'left out' },
  'repeated-hour': { name: 'In the hour that winter time repeats', done: 'read as the earlier' },
};
