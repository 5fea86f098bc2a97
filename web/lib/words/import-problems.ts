/** What was wrong with lines of a file, and what was done about each kind, in words. */
import type { LineProblem } from '#workers/import/api.ts';

export const problemWords: Readonly<
  Record<
    LineProblem['kind'],
    { readonly name: string; readonly one: string; readonly done: string }
  >
> = {
  unreadable: { name: 'Unreadable rows', one: 'Unreadable', done: 'left out' },
  'impossible-prices': {
    name: 'Impossible prices',
    one: 'Impossible prices',
    done: 'left out, never repaired',
  },
  duplicate: {
    name: 'The same time twice',
    one: 'Same time twice',
    done: 'the first row was kept',
  },
  'out-of-order': { name: 'Out of order', one: 'Out of order', done: 'sorted by time' },
  gap: { name: 'Gaps', one: 'Gap', done: 'left open, nothing was filled in' },
  conflict: {
    name: 'Differs from what is stored',
    one: 'Differs from the stored',
    done: 'decided as you chose',
  },
  'skipped-hour': {
    name: 'In the hour that summer time skips',
    one: 'Skipped hour',
    done: 'left out',
  },
  'repeated-hour': {
    name: 'In the hour that winter time repeats',
    one: 'Repeated hour',
    done: 'read as the earlier',
  },
};
