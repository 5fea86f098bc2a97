/** The filter of the journal in words, for what leaves it. */
import { say } from '../words/language.ts';
import { sideWords } from '../words/orders.ts';
import type { FilterChoice } from './filter-choice.svelte.ts';
import type { GroupNames } from './group-words.ts';
import { askedTexts } from './more-filter-words.ts';

const outcomeWords = { won: say`Won`, lost: say`Lost`, open: say`Open` } as const;

/** `EURUSD, Won, from 2026-10-01`; empty where nothing is left out. */
export function filterText(choice: FilterChoice, names: GroupNames): string {
  const { account, symbol, side, outcome, tag, playbook, mistake, from, until, text } = choice;
  return [
    account && names.account(account),
    symbol,
    side && sideWords[side],
    outcome && outcomeWords[outcome],
    tag,
    playbook && names.playbook(playbook),
    mistake,
    from && say`from ${from}`,
    until && say`until ${until}`,
    ...askedTexts(choice.more).map(({ text: asked }) => asked),
    text.trim() && say`with “${text.trim()}”`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
