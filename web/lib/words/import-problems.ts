/** What was wrong with lines of a file, and what was done about each kind, in words. */
import type { LineProblem } from '#workers/import/api.ts';
import { say } from './language.ts';

export const problemWords: Readonly<
  Record<
    LineProblem['kind'],
    { readonly name: string; readonly one: string; readonly done: string }
  >
> = {
  unreadable: { name: say`Unreadable rows`, one: say`Unreadable`, done: say`left out` },
  'impossible-prices': {
    name: say`Impossible prices`,
    one: say`Impossible prices`,
    done: say`left out, never repaired`,
  },
  duplicate: {
    name: say`The same time twice`,
    one: say`Same time twice`,
    done: say`the first row was kept`,
  },
  'out-of-order': { name: say`Out of order`, one: say`Out of order`, done: say`sorted by time` },
  gap: { name: say`Gaps`, one: say`Gap`, done: say`left open, nothing was filled in` },
  conflict: {
    name: say`Differs from what is stored`,
    one: say`Differs from the stored`,
    done: say`decided as you chose`,
  },
  'skipped-hour': {
    name: say`In the hour that summer time skips`,
    one: say`Skipped hour`,
    done: say`left out`,
  },
  'repeated-hour': {
    name: say`In the hour that winter time repeats`,
    one: say`Repeated hour`,
    done: say`read as the earlier`,
  },
};
