/** What the accounts of round trips are called. */
import type { JournalChoices } from '#workers/journal/api.ts';

/** A connected one by the name that the trader gave it as well; two may have the same. */
export function accountText(
  account: string,
  choices: Pick<JournalChoices, 'accountNames'> | null | undefined,
): string {
  const name = choices?.accountNames[account];
  return name === undefined ? account : `${name} · ${account}`;
}
