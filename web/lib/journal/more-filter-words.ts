/** What else the journal can be kept to, in words: for its controls, and for what was chosen. */
import {
  spanOf,
  moreFilterAsk,
  moreFilterNames,
  type MoreFilterName,
  type MoreAsked,
} from '#core/journal/more-filters.ts';
import { say } from '../words/language.ts';
import { keyText, type GroupNames } from './group-words.ts';

interface FilterWords {
  readonly label: string;
  readonly unit?: string;
  /** Chosen, where `label: Yes` would say it badly. */
  readonly yes?: string;
  readonly no?: string;
}

const words: Readonly<Record<MoreFilterName, FilterWords>> = {
  result: { label: say`Result` },
  r: { label: 'R' },
  held: { label: say`Holding time`, unit: say`min` },
  volume: { label: say`Lots` },
  rating: { label: say`Rating` },
  weekday: { label: say`Weekday` },
  hour: { label: say`Hour of opening` },
  session: { label: say`Session` },
  note: { label: say`Note`, yes: say`With a note`, no: say`Without a note` },
  tagged: { label: say`Tags`, yes: say`With a tag`, no: say`Without a tag` },
  mistaken: { label: say`Mistakes`, yes: say`With a mistake`, no: say`Without a mistake` },
  byPlaybook: { label: say`Playbook`, yes: say`With a playbook`, no: say`Without a playbook` },
  stop: { label: say`Stop`, yes: say`With a stop`, no: say`Without a stop` },
  target: { label: say`Target`, yes: say`With a target`, no: say`Without a target` },
  hand: { label: say`Source`, yes: say`Entered by hand`, no: say`Not entered by hand` },
  edited: { label: say`Changed`, yes: say`Merged or split`, no: say`Not merged or split` },
};

export const moreFilterWords = (name: MoreFilterName): FilterWords => words[name];

const nobody: GroupNames = { playbook: (id) => id, account: (account) => account };

/** What of it can be chosen, in words; none of a span. */
export function moreFilterOptions(
  name: MoreFilterName,
): readonly { readonly value: string; readonly label: string }[] {
  const ask = moreFilterAsk(name);
  if (ask === 'span') return [];
  const values = ask === 'whether' ? ['yes', 'no'] : ask;
  return values.map((value) => ({ value, label: optionText(name, value) }));
}

function optionText(name: MoreFilterName, value: string): string {
  const { yes, no } = words[name];
  if (value === 'yes' && yes) return yes;
  if (value === 'no' && no) return no;
  return name === 'weekday' || name === 'session' ? keyText(name, value, nobody) : value;
}

/** `R from 1 to 2`, `Without a note`. */
export function askedText(name: MoreFilterName, asked: string): string {
  const span = moreFilterAsk(name) === 'span' ? spanOf(asked) : null;
  if (!span) return optionText(name, asked);
  const { label, unit } = words[name];
  const figure = (end: number) => (unit ? `${end} ${unit}` : String(end));
  const { from, until } = span;
  if (from !== null && until !== null) return say`${label} ${figure(from)} to ${figure(until)}`;
  return from === null
    ? say`${label} up to ${figure(until ?? 0)}`
    : say`${label} from ${figure(from)}`;
}

/** All that is asked, in the order of the controls. */
export function askedTexts(asked: MoreAsked): readonly { name: MoreFilterName; text: string }[] {
  return moreFilterNames.flatMap((name) => {
    const value = asked[name];
    return value === undefined ? [] : { name, text: askedText(name, value) };
  });
}
