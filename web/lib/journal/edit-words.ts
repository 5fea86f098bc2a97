/** Merging and splitting in words: why it is not done, and what was done. */
import type { MergePlan } from '#workers/journal/api.ts';
import { say } from '../words/language.ts';

type Fault = Extract<MergePlan, { fault: unknown }>['fault'];

export const mergeFaultWords: Readonly<Record<Fault, string>> = {
  one: say`Choose two round trips or more to merge them.`,
  account: say`They are of different accounts: only round trips of one account can be merged.`,
  symbol: say`They are of different symbols: only round trips of one symbol can be merged.`,
  side: say`Some are bought and some are sold: only round trips of one side can be merged.`,
  currency: say`They are counted in different currencies, whose results do not add up.`,
  missing: say`Some of their deals are not in the journal. Import a statement that reaches further back first.`,
  many: say`At most 200 round trips can be merged at once.`,
  parts: say`Some were merged before: with all their parts they are more than 2,000, the most that can be one.`,
};
